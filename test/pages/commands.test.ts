import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchUsage } from '../../src/cli/bench.js';
import { readCommand } from '../../src/cli/commands.js';
import { writeFixtures } from '../support/cli/fixtures.js';
import { oneProcess } from '../support/cli/one-process.js';
import { storeRun } from '../support/cli/stored-run.js';
import { commandsOf, manifest, type PrintedCommand } from './commands.js';
import { pageFiles, parsePage, readPage, root } from './pages.js';

/* A command on a page is a promise: whoever copies it is not told that there is no such thing. */

const commands = pageFiles.flatMap((file) => commandsOf(readPage(file)));

/** What is wrong with a command, undefined where nothing is. */
async function problemOf({ asks }: PrintedCommand): Promise<string | undefined> {
  if (asks.kind === 'program')
    return existsSync(join(root, asks.path)) ? undefined : `there is no ${asks.path}`;
  if (asks.kind === 'script')
    return Object.keys(manifest.scripts).includes(asks.name) ? undefined : `there is no script ${asks.name}`;
  try {
    await readCommand(asks.args);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
  return namesNothing(asks.args);
}

const axes = new Set([
  'keys',
  'length',
  'values',
  'skew',
  'workers',
  'chunk',
  'cost',
  'steps',
  'ms',
  'factor',
]);
const named = {
  scenario: namesIn('scenarios'),
  strategy: namesIn('strategies'),
  only: namesIn('strategies'),
} as const;

function namesIn(folder: string): ReadonlySet<string> {
  return new Set(readdirSync(join(root, folder)).flatMap((name) => /^([\w-]+)\.ts$/.exec(name)?.[1] ?? []));
}

/** Of `bench`: the parser takes any option for an axis, and any word for a name, until the plug-ins are looked at. */
function namesNothing(args: readonly string[]): string | undefined {
  const isBench = args[0] === 'bench' || args[0].startsWith('--');
  for (const [i, word] of args.entries()) {
    if (!word.startsWith('--')) continue;
    const option = word.slice(2);
    if (isBench && !(option in benchUsage.options) && !axes.has(option)) return `there is no axis ${option}`;
    const names =
      option === 'scenario' || option === 'strategy' || option === 'only' ? named[option] : undefined;
    const name = args[i + 1];
    if (names === undefined || name.includes('/') || /^(python|native)-/.test(name)) continue;
    if (!names.has(name)) return `there is no ${option} ${name}`;
  }
  return undefined;
}

function inOneLine(value: Readonly<Record<string, string>>): string {
  return `{ ${Object.entries(value).map(([name, text]) => `"${name}": "${text}"`)} }`;
}

describe('commands on the pages', () => {
  it('are many', () => {
    expect(commands.filter(({ asks }) => asks.kind === 'breakeven').length).toBeGreaterThan(50);
    expect(commands.filter(({ asks }) => asks.kind === 'script').length).toBeGreaterThan(20);
  });

  it.each(pageFiles)('are known to the command line: %s', async (file) => {
    const problems = await Promise.all(
      commands
        .filter((each) => each.file === file)
        .map(async (each) => {
          const problem = await problemOf(each);
          return problem === undefined ? [] : [`${file}: ${each.line}: ${problem}`];
        }),
    );
    expect(problems.flat()).toEqual([]);
  });

  it('say the version of the tarball that this clone makes', () => {
    const tarballs = readPage('README.md').blocks.flatMap(
      ({ text }) => text.match(/breakeven-[\d.]+\.tgz/g) ?? [],
    );
    expect(new Set(tarballs)).toEqual(new Set([`breakeven-${manifest.version}.tgz`]));
  });

  it('say the override that charts need', () => {
    const spans = readPage('docs/running.md').spans.filter((span) => span.includes('overrides'));
    expect(spans).toEqual([`"overrides": ${inOneLine(manifest.overrides)}`]);
  });

  it.each([
    ['npx breakeven bench --scenario grids', 'there is no scenario grids'],
    ['npx breakeven bench --buget 5m', 'there is no axis buget'],
    ['npx breakeven bench --rounds', '--rounds stands without a value'],
    ['npx breakeven --budget 5', 'the unit is missing'],
    ['npx breakeven report --too a', '--to'],
    ['npx breakeven mesure', 'there is no command "mesure"'],
    ['npx breakeven advise --keys 3', '--length'],
    ['npm run bench -- --only for-lop', 'there is no only for-lop'],
    ['npm ci && npm run benches', 'there is no script benches'],
    ['node dist/nothing.js', 'there is no dist/nothing.js'],
  ])('a wrong one is found: %s', async (line, problem) => {
    const found = commandsOf(parsePage('a.md', `\`\`\`sh\n${line}\n\`\`\`\n`));
    expect(found).toHaveLength(1);
    expect(await problemOf(found[0])).toContain(problem);
  });
});

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

/** Those that only read, write and plan are carried out as they stand, those that would measure with `--dry-run`. */
const quick = /^(list|doctor|check mine|report |calibrate (reports|--out large)|advise --keys|project )/;
const planned = /^(--kernel|--save|--scenario \.\/)/;

describe('the quick ones', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const code = (file: string, starts: string) => {
      const found = readPage(file).blocks.find(
        ({ text }) => text.startsWith(starts) || text.includes(starts),
      );
      if (found === undefined) throw new Error(`${file} has no code with "${starts}"`);
      return found.text;
    };
    // What the pages show is what is run: the function, the strategy, the scenario.
    writeFileSync(join(cwd, 'smooth.mjs'), code('README.md', '// smooth.mjs'));
    writeFileSync(join(cwd, 'scaling.mjs'), code('docs/plug-ins.md', 'defineScenario'));
    writeFileSync(join(cwd, 'times.mjs'), code('docs/plug-ins.md', 'defineKernel'));
    const choosing = code('docs/deciding.md', 'breakeven/choose').replace(
      'breakeven/choose',
      new URL('../../src/choose/choose.js', import.meta.url).href,
    );
    writeFileSync(join(cwd, 'choosing.mjs'), choosing);
    const strategy = code('docs/plug-ins.md', 'defineStrategy').replace(/: \[string, number\[\]\]/g, '');
    writeFileSync(join(cwd, 'mine.mjs'), strategy);
    const list = (length: number) => Array.from({ length }, (_, i) => i / 4);
    writeFileSync(join(cwd, 'sensors.json'), JSON.stringify({ a: list(40), b: list(80), c: list(60) }));
    writeFileSync(join(cwd, 'rows.csv'), 'city,price\nA,1\nB,2.5\nA,3\nB,\nC,9\n');
    for (const name of ['grid/20261125-141010', 'large-lists/20261125-141010']) {
      const path = join(cwd, 'reports', name, 'results.ndjson');
      mkdirSync(dirname(path), { recursive: true });
      storeRun(path, {}, { length: [10, 1_000, 100_000, 1_000_000], keys: [8, 32, 256] });
      const end = { type: 'end', status: 'finished', elapsedMs: 1, because: [] };
      writeFileSync(path, `${readFileSync(path, 'utf8')}${JSON.stringify(end)}\n`);
    }
    const made = await together.run(['calibrate', 'reports/grid/20261125-141010']);
    expect(made).toMatchObject({ code: 0 });
  }, 120_000);

  const lines = new Map(
    commands.flatMap(({ asks }) =>
      // `bench` is meant where no command is named.
      asks.kind === 'breakeven' ? [[asks.args.join(' ').replace(/^bench /, ''), asks.args]] : [],
    ),
  );
  const carriedOut = [...lines].flatMap(([line, args]) =>
    quick.test(line) && !/[A-Z]{3,}/.test(line)
      ? [[line, args] as const]
      : planned.test(line)
        ? [[`${line} --dry-run`, [...args, '--dry-run']] as const]
        : [],
  );

  it('are more than ten', () => expect(carriedOut.length).toBeGreaterThan(10));

  it.each(carriedOut)('breakeven %s', async (line, args) => {
    const { code, stdout, stderr } = await together.run(args);
    // 3: the machine is too busy, which doctor says and which is no matter here.
    expect(line === 'doctor' && code === 3 ? 0 : code, `${stdout}${stderr}`).toBe(0);
  });

  it('the program that asks a profile gets an answer', () => {
    const said = execFileSync(process.execPath, ['choosing.mjs'], { cwd, encoding: 'utf8' });
    expect(said).toMatch(/^[\w-]+, about \d+\.\d\d ms\n$/);
  });
});
