import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { childVariable, reaperVariable, runVariable } from './run-processes.js';

/*
 * Nothing that this tool starts outlives it, however it ends: SIGKILL, out of memory, Ctrl-\. A driver (the process of
 * a command) has one reaper, a process of its own that waits for the end of its input, which comes with the driver's
 * end. Then it ends every process that carries the run's random id in its environment, or descends from one that does:
 * there is no moment between a start and a message in which one could be missed. Groups and folders are named to it
 * besides, for systems that do not show environments. A child that was just forked holds the reaper's input open until
 * it has become what it was forked for: the reaper never looks too early.
 */

/** What the reaper does at the driver's end, should it not be done by then. */
export type ReaperTask =
  /** Ends a process group. */
  | { readonly kind: 'group'; readonly group: number }
  /** Removes a folder that a marker proves to be ours. */
  | { readonly kind: 'folder'; readonly folder: string }
  /** Calls an exported function of a module with plain data, after all processes have been ended. */
  | {
      readonly kind: 'call';
      /** href. */
      readonly module: string;
      readonly name: string;
      readonly arguments: readonly unknown[];
    };

/** What the reaper is told, one JSON object per line. */
export type ReaperMessage =
  | { readonly type: 'task'; readonly number: number; readonly task: ReaperTask }
  | { readonly type: 'done'; readonly number: number };

/** A reaper that dies at once, again and again, is not to be had on this machine. */
const mostStarts = 5;

/** It only waits: no compiler threads, and one for files. */
const fewThreads = ['--v8-pool-size=0', '--single-threaded'];

/** Node is up in a twentieth of a second, on a busy machine in a second. */
const slowestStartMs = 1_000;

const tasks = new Map<number, ReaperTask>();
let nextNumber = 1;
let runId: string | undefined;
let reaper: ChildProcess | undefined;
let starts = 0;

/**
 * Says that this process was started by a driver: its own children and folders are that driver's to end. In the
 * environment, since a plug-in of another checkout brings a copy of this module.
 */
export function leaveReapingToDriver(): void {
  process.env[childVariable] = String(process.pid);
}

function isChild(): boolean {
  return process.env[childVariable] === String(process.pid);
}

/**
 * Makes sure that this process has a reaper: whatever it starts from here on ends with it. Takes the 2 ms of a spawn
 * once; the reaper gets up beside the work and then waits.
 */
export function startReaper(): void {
  if (reaper !== undefined || starts >= mostStarts || isChild()) return;
  starts++;
  runId ??= nameRun();
  const child = spawn(
    process.execPath,
    [...fewThreads, fileURLToPath(new URL('./main.js', import.meta.url)), runId],
    {
      detached: true,
      cwd: '/',
      env: environmentOfReaper(),
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  reaper = child;
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    (stream as { unref?: () => void } | null)?.unref?.();
    stream?.on('error', () => {});
  }
  endWhereItNeverGotUp(child);
  const another = () => {
    if (reaper !== child) return;
    // Killed by somebody: without one, a second kill would leave everything behind.
    reaper = undefined;
    startReaper();
  };
  child.on('error', another);
  child.on('exit', another);
  for (const [number, task] of tasks) say({ type: 'task', number, task });
}

/** Of this process's own reaper; undefined where it has none. */
export function readReaperPid(): number | undefined {
  return reaper?.pid;
}

/** Has the reaper do something should this process end before the returned call says that it is done. */
export function leaveToReaper(task: ReaperTask): () => void {
  if (isChild()) return () => {};
  startReaper();
  const number = nextNumber++;
  tasks.set(number, task);
  say({ type: 'task', number, task });
  return () => {
    if (tasks.delete(number)) say({ type: 'done', number });
  };
}

/**
 * Where a thread is refused Node may hang before its first line, and a reaper that hangs would itself be left behind:
 * then it is ended with its driver.
 */
function endWhereItNeverGotUp(child: ChildProcess): void {
  const beganMs = performance.now();
  const end = () => {
    if (performance.now() - beganMs > slowestStartMs) child.kill('SIGKILL');
  };
  process.once('exit', end);
  child.stdout?.once('data', () => process.off('exit', end));
  child.once('exit', () => process.off('exit', end));
}

function say(message: ReaperMessage): void {
  reaper?.stdin?.write(`${JSON.stringify(message)}\n`);
}

/** Every child from here on carries the id; a run inside another one's build carries that one's, too. */
function nameRun(): string {
  const id = randomBytes(12).toString('hex');
  const outer = process.env[runVariable];
  process.env[runVariable] = outer === undefined ? id : `${outer}+${id}`;
  return id;
}

/** What git needs to remove a worktree, and nothing of the user's that could change Node or mark it as one of the run. */
function environmentOfReaper(): NodeJS.ProcessEnv {
  const kept = /^(PATH|HOME|USER|LANG|LC_\w+|TMPDIR|TEMP|TMP|SystemRoot|XDG_CONFIG_HOME|GIT_CONFIG\w*)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
  return { ...env, [reaperVariable]: '1', UV_THREADPOOL_SIZE: '1' };
}
