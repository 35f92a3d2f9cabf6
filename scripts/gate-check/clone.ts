import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownEnvironment } from '../../src/checkout/install.js';
import type { Comparison } from '../../src/compare/types.js';
import { manifestName } from '../../src/files/outputs.js';
import { makeOwnedFolder } from '../../src/files/owned-folder.js';
import { leaveToReaper } from '../../src/process/reaper/reaper.js';
import { redStrategies } from './red-strategies.js';
import { type GroupRequest, runInGroup } from './run-in-group.js';
import { type SlowDown, slowDowns } from './slow-downs.js';

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
    process.stderr.write(`no slow-down "${name}"; there are ${names}\n`);
    return 2;
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
    process.stdout.write('Interrupted\n');
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
  process.stdout.write(
    `${caught ? 'ok    ' : 'MISSED'}  ${message}: exit code ${status}, red: ${named.join(', ') || 'nothing'}\n`,
  );
  if (keep) keepSample(report);
  return caught ? 0 : 1;
}

/** Throws where a path of this machine got into a text: a report never holds one. */
function keepSample(report: string): void {
  for (const name of kept.filter((each) => !each.includes('charts'))) {
    const text = readFileSync(join(report, name), 'utf8');
    if ([tmpdir(), homedir(), process.cwd()].some((path) => text.includes(`${path}/`)))
      throw new Error(`${name} holds a path of this machine`);
  }
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
