import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { type Ended, startBreakeven } from '../../test/support/cli/program.js';
import { storeRun } from '../../test/support/cli/stored-run.js';
import { goOnWith } from '../app/lesson/place.js';
import { reportInstead } from '../app/report/verdict.js';
import { shellWord } from '../files/shell.js';

/*
 * Advice that is printed works. Every command line that a message of ours names is found in the sources, and stands in
 * the table below with words that fill its places: each is run.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A command as it stands in a message: `breakeven` and the words behind it, with `…` for what the message fills in. */
interface Printed {
  readonly file: string;
  readonly command: string;
  /** What is filled in, as it stands in the source. */
  readonly filled: readonly string[];
}

const commands = [
  'bench',
  'report',
  'list',
  'check',
  'compare',
  'calibrate',
  'advise',
  'project',
  'lesson',
  'explain',
  'doctor',
];
const line = new RegExp(
  String.raw`\bbreakeven (?:${commands.join('|')})(?![\w-])(?: (?:--[a-z][\w-]*|[A-Z]{3,}\b|\d+|…|bandwidth\b|\$\{(?:[^{}\`]|\`[^\`]*\`)*\}))*(?:\$\{outOption\([^}]*\})?`,
  'g',
);

function printedIn(file: string, source: string): Printed[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(line)].map(([text]) => ({
    file,
    command: text.replace(/\$\{outOption\([^}]*\}/g, ' --out …').replace(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '…'),
    filled: [...text.matchAll(/\$\{((?:[^{}`]|`[^`]*`)*)\}/g)].map(([, inner]) => inner),
  }));
}

function allPrinted(): Printed[] {
  return (readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }) as string[])
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|testing\/|fixtures\.ts$/.test(name))
    .flatMap((name) => printedIn(`src/${name}`, readFileSync(join(root, 'src', name), 'utf8')));
}

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

const run = 'a run';
const notThere = 'a folder';

type Tried =
  | { readonly as: string; readonly code: number | readonly number[]; readonly says: RegExp }
  /** It takes most of a minute: it is interrupted once it has begun to measure. */
  | { readonly as: string; readonly begins: RegExp };

/** What each command is run as, and what must come of it. Places hold names with blanks: a shell must get one word. */
const runs: Readonly<Record<string, Tried>> = {
  'breakeven advise': { as: 'advise --profile own.json --keys 8 --length 100', code: 0, says: /for-loop/ },
  'breakeven advise --profile … --keys … --length …': {
    as: `advise --profile ${shellWord('own profile.json')} --keys 8 --length 100`,
    code: 0,
    says: /for-loop/,
  },
  'breakeven project': {
    as: 'project --profile own.json --keys 100000 --length 10000',
    code: 0,
    says: /./,
  },
  'breakeven calibrate': { as: 'calibrate --out fourth.json', begins: /Measures for less than a minute/ },
  'breakeven calibrate RUN': {
    as: `calibrate ${shellWord(run)} --out other.json`,
    code: 0,
    says: /Written: other\.json/,
  },
  'breakeven calibrate …': {
    as: `calibrate ${shellWord(run)} --out third.json`,
    code: 0,
    says: /Written: third\.json/,
  },
  'breakeven report': { as: `report ${shellWord(run)}`, code: 0, says: /verdict\.md/ },
  'breakeven report …': { as: `report ${shellWord(run)}`, code: 0, says: /verdict\.md/ },
  'breakeven report … --to FOLDER': {
    as: `report ${shellWord(run)} --to elsewhere`,
    code: 0,
    says: /elsewhere\/verdict\.md/,
  },
  'breakeven report --bandwidth': {
    as: `report ${shellWord(run)} --bandwidth ${shellWord(run)}`,
    code: 2,
    says: /nothing in it is larger than the caches/,
  },
  'breakeven bench': { as: 'bench --scenario tiny.mjs --dry-run', code: 0, says: /cells/ },
  'breakeven bench --scenario bandwidth': {
    as: 'bench --scenario bandwidth --dry-run',
    code: 0,
    says: /cells/,
  },
  'breakeven bench --save …': {
    as: 'bench --save main --scenario tiny.mjs --dry-run',
    code: 0,
    says: /cells/,
  },
  'breakeven bench --kernel … --keys … --length … --rounds 4': {
    as: 'bench --kernel half.mjs --keys 4 --length 20 --rounds 4 --dry-run',
    code: 0,
    says: /cells/,
  },
  'breakeven bench --resume …': {
    as: `bench --resume ${shellWord(run)}`,
    code: 0,
    says: /finished already/,
  },
  'breakeven check …': { as: 'check half.mjs', code: 0, says: /0 failed/ },
  'breakeven check FILE': { as: 'check half.mjs', code: 0, says: /0 failed/ },
  // Of a repository: compare's own tests follow what is printed there.
  'breakeven compare': {
    as: `compare ${shellWord(run)} ${shellWord('a run too')}`,
    code: 0,
    says: /comparison\.md/,
  },
  'breakeven compare --base REF': { as: 'compare --base HEAD', code: 2, says: /git|repository/ },
  'breakeven compare --base REF --history …': {
    as: `compare --base HEAD --history ${shellWord('new history.ndjson')}`,
    code: 2,
    says: /git|repository/,
  },
  'breakeven compare --history': {
    as: `compare --history ${shellWord(notThere)}`,
    code: 2,
    says: /name a regular file/,
  },
  'breakeven compare --resume …': {
    as: `compare --resume ${shellWord(notThere)}`,
    code: 2,
    says: /a folder/,
  },
  'breakeven lesson': { as: 'lesson --quick', begins: /Part 1 of \d/ },
  'breakeven lesson --resume --out …': {
    as: `lesson --resume --out ${shellWord(notThere)}`,
    code: 2,
    says: /a folder holds no lesson to go on with/,
  },
  'breakeven lesson --from': {
    as: `lesson --from ${shellWord(notThere)}`,
    code: 2,
    says: /holds no results of a lesson/,
  },
  'breakeven lesson --from FOLDER': {
    as: `lesson --from ${shellWord(notThere)}`,
    code: 2,
    says: /holds no results of a lesson/,
  },
  'breakeven lesson --out FOLDER': {
    as: `lesson --quick --out ${shellWord('my lesson')}`,
    begins: /Part 1 of \d/,
  },
  // 3: the machine is too busy, which is no matter here.
  'breakeven doctor': { as: 'doctor', code: [0, 3], says: /Node/ },
};

describe('each command that a message names', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    mkdirSync(join(cwd, notThere));
    for (const name of [run, 'a run too']) {
      mkdirSync(join(cwd, name));
      storeRun(join(cwd, name, 'results.ndjson'));
      const text = readFileSync(join(cwd, name, 'results.ndjson'), 'utf8');
      const end = { type: 'end', status: 'finished', elapsedMs: 1, because: [] };
      writeFileSync(join(cwd, name, 'results.ndjson'), `${text}${JSON.stringify(end)}\n`);
    }
    expect(await runAsShell(`calibrate ${shellWord(run)} --out own.json`)).toMatchObject({ code: 0 });
    cpSync(join(cwd, 'own.json'), join(cwd, 'own profile.json'));
  }, 120_000);

  it('is in the table, and none is there that no message names', () => {
    const printed = [...new Set(allPrinted().map(({ command }) => command))].sort();
    expect(printed).toEqual(Object.keys(runs).sort());
  });

  it('gets paths and names as words for a shell', () => {
    const bare = allPrinted().flatMap(({ file, command, filled }) =>
      filled
        .filter((inner) => !/^(?:shellWord|outOption)\(|^Math\.round\(/.test(inner))
        .map((inner) => `${file}: ${command}: ${inner}`),
    );
    expect(bare).toEqual([]);
    expect(allPrinted().length).toBeGreaterThan(30);
  });

  it.each(Object.entries(runs))('%s', async (_, tried) => {
    if ('begins' in tried) {
      const { code, said } = await runUntil(tried.as, tried.begins);
      expect(said).toMatch(tried.begins);
      // null: ended by the signal itself, before it listened. Nothing was there to be kept.
      expect([130, null]).toContain(code);
      return;
    }
    const { as, code, says } = tried;
    const ended = await runAsShell(as);
    expect(`${ended.stdout}${ended.stderr}`).toMatch(says);
    expect([code].flat()).toContain(ended.code);
  });

  it('goes on with what was interrupted: the printed line itself, as a shell takes it', async () => {
    const { said } = await runUntil(
      `lesson --quick --out ${shellWord('another lesson')}`,
      /\d cells? done|1\/\d|%/,
    );
    const [, goOn] = /Go on: breakeven (.*?)\. Writing/.exec(said) ?? [];
    expect(goOn).toBe(`lesson --resume --out 'another lesson'`);
    expect((await runUntil(goOn, /Part \d of \d/)).code).toBe(130);
  });
});

it.each([
  'plain/path-1.json',
  'two words',
  `it's`,
  '$(touch hurt)',
  '`x`',
  'a"b',
  '*',
  '',
  '~',
  'a\nb',
  '-x',
])('a shell takes %j as one word', (word) => {
  const said = execFileSync('sh', ['-c', `printf '<%s>' ${shellWord(word)}`], { cwd, encoding: 'utf8' });
  expect(said).toBe(`<${word}>`);
});

it('commands that functions make hold names with blanks', () => {
  expect(reportInstead('my runs/one')).toContain(`breakeven report 'my runs/one' --to FOLDER`);
  expect(goOnWith({ kind: 'own', folder: 'my lesson' })).toBe(`breakeven lesson --resume --out 'my lesson'`);
});

/** Interrupted as by Ctrl-C once it has said so. */
async function runUntil(command: string, seen: RegExp) {
  const { child, ended } = startBreakeven(wordsOf(command), { cwd });
  let said = '';
  let isInterrupted = false;
  child.stderr.on('data', (text: string) => {
    said += text;
    if (isInterrupted || !seen.test(said)) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  const { code } = await ended;
  return { code, said };
}

/** The command line as a shell splits it, carried out. */
async function runAsShell(command: string): Promise<Ended> {
  return together.run(wordsOf(command));
}

function wordsOf(command: string): string[] {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { cwd, encoding: 'utf8' });
  return words.split('\0').slice(0, -1);
}
