import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironment } from '../../src/checkout/install.js';
import type { Comparison } from '../../src/compare/types.js';
import { InputError } from '../../src/contract/errors.js';
import { manifestName } from '../../src/files/outputs.js';
import { makeOwnedFolder } from '../../src/files/owned-folder.js';
import { leaveToReaper } from '../../src/process/reaper/reaper.js';
import { say } from '../lab/lab.js';
import { checkReport } from '../lab/report.js';
import { redStrategies } from './red-strategies.js';
import { type GroupRequest, runInGroup } from './run-in-group.js';

/** What is kept of the report: text and pictures, without the results of both sides. */
const kept = ['comparison.md', 'comparison.json', 'action-benchmark.json', 'charts', manifestName];
const sample = join('reports', 'sample', 'comparison');

/**
 * A clone of this repository, a slow-down committed in it, and the very step of the workflow: is it red, and does it name
 * the strategy and no other? Prints what a reviewer reads. `keep`: as the sample that is committed. What it starts ends
 * with it: by a Ctrl-C that is passed on, and by the reaper should this process be killed outright. Returns the exit code.
 */
export async function cloneGate(name: string | undefined, keep: boolean): Promise<number> {
  const slowDown = name === undefined ? slowDowns[0] : slowDowns.find(({ strategy }) => strategy === name);
  if (slowDown === undefined) {
    const names = slowDowns.map(({ strategy }) => strategy).join(', ');
    throw new InputError(`no slow-down "${name}"; there are ${names}`);
  }
  const owned = makeOwnedFolder('clone');
  const isRemoved = leaveToReaper({ kind: 'folder', folder: owned.path });
  const stop = new AbortController();
  // A second one ends this process at once, and leaves the rest to the reaper.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const { signal } = stop;
  try {
    const onStart = (group: number) => void leaveToReaper({ kind: 'group', group });
    return await tryOn(join(owned.path, 'clone'), slowDown, keep, { signal, onStart });
  } catch (cause) {
    if (!signal.aborted) throw cause;
    say('Interrupted');
    return 130;
  } finally {
    owned.remove();
    isRemoved();
  }
}

type Guard = Pick<GroupRequest, 'signal' | 'onStart'>;

async function tryOn(
  clone: string,
  { strategy, message, file, edits }: SlowDown,
  keep: boolean,
  guard: Guard,
): Promise<number> {
  await must('git', ['clone', '--quiet', '.', clone], '.', guard);
  await must('git', ['tag', 'before'], clone, guard);
  const path = join(clone, file);
  writeFileSync(
    path,
    edits.reduce((text, [from, to]) => replaceOnce(text, from, to, file), readFileSync(path, 'utf8')),
  );
  const author = ['-c', 'user.name=gate', '-c', 'user.email=gate@example.org'];
  await must('git', [...author, 'commit', '--quiet', '--all', '--message', message], clone, guard);
  await must('npm', ['ci', '--no-audit', '--no-fund'], clone, guard);
  const status = await runInGroup('scripts/gate.sh', ['before'], {
    cwd: clone,
    env: ownEnvironment(),
    stdout: 'inherit',
    ...guard,
  });
  const reports = join(clone, 'reports/compare');
  const [run] = readdirSync(reports);
  const report = join(reports, run);
  process.stdout.write(`\n${readFileSync(join(report, 'comparison.md'), 'utf8').split('<details>')[0]}`);
  const comparison = JSON.parse(readFileSync(join(report, 'comparison.json'), 'utf8')) as Comparison;
  const named = redStrategies(comparison.rows);
  const caught = status === 1 && named.join() === strategy;
  say(
    `${caught ? 'ok    ' : 'MISSED'}  ${message}: exit code ${status}, red: ${named.join(', ') || 'nothing'}`,
  );
  if (keep) keepSample(report);
  return caught ? 0 : 1;
}

function keepSample(report: string): void {
  for (const name of kept) if (!name.includes('charts')) checkReport(join(report, name));
  rmSync(sample, { recursive: true, force: true });
  for (const name of kept) cpSync(join(report, name), join(sample, name), { recursive: true });
}

function replaceOnce(text: string, from: string, to: string, file: string): string {
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
  return text.replace(from, () => to);
}

async function must(command: string, args: readonly string[], cwd: string, guard: Guard): Promise<void> {
  const status = await runInGroup(command, args, { cwd, env: ownEnvironment(), stdout: 'ignore', ...guard });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/** A mistake that somebody might make in one strategy of this repository, as edits of its source. */
interface SlowDown {
  readonly strategy: string;
  readonly message: string;
  readonly file: string;
  /** Each stands in the file exactly once. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const slowDowns: readonly SlowDown[] = [
  {
    strategy: 'typed-array',
    message: 'typed-array: one more pass over each list',
    file: 'strategies/typed-array.ts',
    edits: [
      [
        '    compute: loopOver(kernel, cuttable, columns, outputs),\n    collect: () => unpackAnswers(',
        '    compute: () => {\n      loopOver(kernel, cuttable, columns, outputs)();\n      loopOver(kernel, cuttable, columns, outputs)();\n    },\n    collect: () => unpackAnswers(',
      ],
      [
        '        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n',
        '        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n',
      ],
    ],
  },
  {
    strategy: 'worker-threads',
    message: 'worker-threads: a message per list, each copied before it is sent',
    file: 'strategies/worker-threads.ts',
    edits: [
      [
        '  open: async (request) => pooledSession(await threadPool(request), request),\n',
        `  open: async (asked) => {
    const request = { ...asked, chunk: 'key' } as const;
    const session = pooledSession(await threadPool(request), request);
    return { ...session, run: (input) => session.run?.(structuredClone(input)) ?? input };
  },
`,
      ],
    ],
  },
];
