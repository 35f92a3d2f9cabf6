import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandName, commandOf, runsSince } from './commands.js';
import { type Allowed, describeChanges, digestTree, type TreeDigest } from './digest.js';
import { drawFault, seededDraw } from './draw.js';
import type { Fault } from './fault.js';
import { judgeEnd } from './judge.js';
import { closeOff } from './mounts.js';
import type { InsideRequest, Outcome } from './outcome.js';
import { checkJournals } from './resumed.js';
import { describeProcess, type Ended, livingProcesses, runCommand } from './run-command.js';
import { makeSandbox, type Sandbox } from './sandbox.js';

/*
 * Entry inside a namespace of its own: one fault, in one sandbox, and what is wrong afterwards. The outcome is the one
 * line of stdout.
 */
const request = JSON.parse(process.argv[2]) as InsideRequest;

/** A plug-in that is run by the driver itself reaches this process by its parent's id. */
let signalled = false;
process.on('SIGTERM', () => {
  signalled = true;
});

closeOff(request.place);
process.stdout.write(`${JSON.stringify(await carryOut(request))}\n`);

async function carryOut({ place, fixtures, expectedMs, task }: InsideRequest): Promise<Outcome> {
  const drawn = task.kind === 'fault' ? drawFault(task.seed) : undefined;
  const fault: Fault = drawn?.fault ?? { title: 'nothing', command: task.command as CommandName, codes: [] };
  const box = makeSandbox(place, fixtures);
  fault.prepare?.(box);
  const before = digestTree(box.top);
  const beforeTemporary = new Set(temporaryEntries(box, fault));
  const began = performance.now();
  const command = commandOf(fault.command);
  const ended = await runCommand(box, {
    ...fault,
    args: joinArgs(fault.args ?? command.args, fault.moreArgs ?? []),
    expectedMs: command.spanMs ?? expectedMs[fault.command] ?? 6_000,
  });
  const violations = [...(await endProcesses()), ...checkSignalled()];
  fault.heal?.(box);
  const killed = ended.code === null;
  violations.push(...judgeEnd(fault, ended, { whole: isWhole(box, fault, ended) }));
  violations.push(...(fault.verify?.(box, ended) ?? []));
  // What was measured is kept among temporary files where its own folder is gone, and its name is the last word.
  const isSaid = (entry: string) => /results-\d+\.ndjson$/.test(entry) && ended.stderr.includes(entry);
  const left = () =>
    temporaryEntries(box, fault).filter((entry) => !beforeTemporary.has(entry) && !isSaid(entry));
  // What a killed driver left is removed at the next start; and what it left has to be proved to be ours.
  if (left().length > 0 && killed) await runCommand(box, { args: ['doctor'], expectedMs: 6_000 });
  violations.push(...left().map((entry) => `left behind${killed ? ' after the next start' : ''}: ${entry}`));
  violations.push(...(await checkJournals(box, fault, ended, drawn?.draw ?? seededDraw(0))));
  violations.push(...(await endProcesses()));
  violations.push(...describeChanges(before, digestTree(box.top), allowedChanges(fault, killed, before)));
  return {
    seed: task.kind === 'fault' ? task.seed : undefined,
    kind: drawn?.kind.name ?? 'undisturbed',
    title: fault.title,
    command: fault.command,
    ending: ended.code ?? ended.signal ?? 'nothing',
    ms: performance.now() - began,
    commandMs: ended.ms,
    violations: [...new Set(violations)],
    said: violations.length > 0 ? `${ended.stderr.slice(-1_500)}` : '',
    artifacts: task.kind === 'fault' ? {} : artifactsOf(box, ended),
  };
}

/** An option that may be given once takes the new value. */
function joinArgs(args: readonly string[], [option, ...values]: readonly string[]): string[] {
  if (option === undefined) return [...args];
  const at = args.indexOf(option);
  return at < 0 ? [...args, option, ...values] : args.toSpliced(at, 1 + values.length, option, ...values);
}

function isWhole(box: Sandbox, fault: Fault, ended: Ended): boolean {
  // What cannot be seen cannot be judged by what was said.
  const unseen = ['stdout full', 'stdout closed', 'both full', 'both closed'].includes(fault.output ?? '');
  try {
    const command = commandOf(fault.command);
    if (unseen && command.makes.length === 0) return true;
    return command.isWhole(box, ended, ended.since);
  } catch {
    return false;
  }
}

/** Waits two seconds for all that a command started; then ends it. */
async function endProcesses(): Promise<string[]> {
  const until = performance.now() + 2_000;
  while (livingProcesses().length > 0 && performance.now() < until) await sleep(50);
  const living = livingProcesses();
  const described = living.slice(0, 3).map(describeProcess);
  for (const pid of living) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in this moment.
    }
  }
  if (living.length === 0) return [];
  return [`${living.length} processes live 2 s after the end: ${described.join(' | ')}`];
}

function checkSignalled(): string[] {
  return signalled ? ['a plug-in ran in the driver: it signalled the parent of the command'] : [];
}

/** New entries of the temporary folder and of /dev/shm, as absolute paths. */
function temporaryEntries(box: Sandbox, { env }: Fault): string[] {
  return [env?.TMPDIR ?? box.tmp, '/dev/shm'].flatMap((folder) => {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  });
}

function allowedChanges(fault: Fault, killed: boolean, before: TreeDigest): Allowed {
  const command = commandOf(fault.command);
  const spoilt = fault.spoils ?? [];
  const below = (path: string, folders: readonly string[]) =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
  // Caches, the report of this harness, and what is told of as left behind.
  const always = ['home/.cache', 'home/.npm', 'looked-at', 'project/.git/worktrees', ...spoilt];
  const drafts = killed ? command.makes.map((path) => `${path}.`) : [];
  return {
    made: (path: string) =>
      below(path, [...always, ...command.makes]) ||
      // Told of as left behind already, but for what was put into a foreign folder.
      (path.startsWith('tmp/') && !before.has(path.split('/', 2).join('/'))) ||
      drafts.some((draft) => path.startsWith(draft)),
    changed: (path: string) =>
      below(path, ['home/.cache', 'looked-at', ...spoilt, ...(command.changes ?? [])]) ||
      // git writes down anew what it knows of the files' times.
      path === 'project/.git/index',
  };
}

/** What undisturbed commands make for the others to read. */
function artifactsOf(box: Sandbox, ended: Ended): Record<string, string> {
  const files: Record<string, string> = {};
  const keep = (name: string, path: string | undefined) => {
    if (path !== undefined && existsSync(path)) files[name] = readFileSync(path, 'utf8');
  };
  keep('results.ndjson', runsSince(box, ended.since)[0]);
  keep('profile.json', box.at('project/own-profile.json'));
  const cache = box.at('home/.cache/breakeven');
  for (const entry of existsSync(cache) ? readdirSync(cache, { withFileTypes: true }) : [])
    if (entry.isFile()) keep(`cache/${entry.name}`, join(cache, entry.name));
  return files;
}
