import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Injection, OutputFault } from './fault.js';
import type { Sandbox } from './sandbox.js';

/** A command that runs, as an injection sees it. */
export interface Running {
  readonly box: Sandbox;
  readonly pid: number;
  /** When it began, as Date.now() tells. */
  readonly since: number;
  isRunning(): boolean;
  /** Nothing happens where it has ended already. */
  signal(name: NodeJS.Signals): void;
  /** Everything in this namespace but the driver and what watches it. */
  descendants(): number[];
  closeOutput(): void;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Their first million characters. */
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** When it began, as Date.now() tells. */
  readonly since: number;
  /** The fault came after its last word, the path of what it had written: nobody could have told of it any more. */
  readonly tooLate: boolean;
  /** What was wrong while it ran: it did not end, did not answer Ctrl-C. */
  readonly trouble: readonly string[];
}

export interface RunRequest {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly within?: readonly string[];
  readonly output?: OutputFault;
  readonly injections?: readonly Injection[];
  /** What the undisturbed command takes. */
  readonly expectedMs: number;
  readonly interruptAfterMs?: number;
}

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** No rights but those of a user: a folder without write permission is then shut for root, too. No core files. */
const asUser = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', 'prlimit', '--core=0', '--'];

const answersWithinMs = 15_000;
const textLimit = 1_000_000;

/** Runs the built program in a sandbox, injects what is asked for, and waits for its end: never for ever. */
export async function runCommand(box: Sandbox, request: RunRequest): Promise<Ended> {
  const since = Date.now();
  const child = start(box, request);
  const [stdout, stderr] = [keepText(child.stdout), keepText(child.stderr)];
  let ended = false;
  const end = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      ended = true;
      resolve([code, signal]);
    });
  });
  const { pid = 0 } = child;
  const running: Running = {
    box,
    pid,
    since,
    isRunning: () => !ended,
    signal: (name) => void (ended || child.kill(name)),
    descendants: () => livingProcesses().filter((each) => each !== pid),
    closeOutput: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
  const injected = Promise.all(
    (request.injections ?? []).map((each) => inject(each, running, request.expectedMs, stdout)),
  );
  const trouble = await waitForEnd(running, request);
  const [code, signal] = await end;
  const ms = Date.now() - since;
  const late = await injected;
  // What it started may hold its pipes open.
  await Promise.race([new Promise((resolve) => child.once('close', resolve)), sleep(150)]);
  running.closeOutput();
  const tooLate = late.length > 0 && late.every((each) => each);
  return { code, signal, stdout: stdout(), stderr: stderr(), ms, since, tooLate, trouble };
}

function start(box: Sandbox, { args, env, within = [], output }: RunRequest): ChildProcess {
  const [full, stdout, stderr] = outputs(output);
  const [program, ...words] = [...asUser, ...within, process.execPath, main, ...args];
  const child = spawn(program, words, {
    cwd: box.project,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: box.home,
      TMPDIR: box.tmp,
      GIT_CONFIG_NOSYSTEM: '1',
      npm_config_update_notifier: 'false',
      ...env,
    },
    stdio: ['ignore', stdout, stderr],
  });
  if (full !== undefined) closeSync(full);
  if (output === 'stdout closed' || output === 'both closed') child.stdout?.destroy();
  if (output === 'both closed') child.stderr?.destroy();
  return child;
}

function outputs(output: OutputFault | undefined): [number | undefined, number | 'pipe', number | 'pipe'] {
  if (output === undefined || output === 'stdout closed' || output === 'both closed')
    return [undefined, 'pipe', 'pipe'];
  const full = openSync('/dev/full', 'w');
  return [full, output === 'stderr full' ? 'pipe' : full, output === 'stdout full' ? 'pipe' : full];
}

const lastWord = /(verdict|comparison)\.md\n$/;

/** True where it came too late to be noticed. */
async function inject(
  { at, act }: Injection,
  running: Running,
  expectedMs: number,
  stdout: () => string,
): Promise<boolean> {
  await sleep(at * expectedMs);
  const isLate = !running.isRunning() || lastWord.test(stdout());
  if (running.isRunning()) await act(running);
  return isLate;
}

async function waitForEnd(running: Running, request: RunRequest): Promise<string[]> {
  const { expectedMs, interruptAfterMs } = request;
  const patienceMs = interruptAfterMs ?? expectedMs * 2 + 20_000;
  if (await endsWithin(running, patienceMs)) return [];
  const trouble =
    interruptAfterMs === undefined ? [`still running after ${Math.round(patienceMs / 1000)} s`] : [];
  running.signal('SIGINT');
  if (await endsWithin(running, answersWithinMs)) return trouble;
  running.signal('SIGKILL');
  await endsWithin(running, answersWithinMs);
  return [...trouble, `deaf to Ctrl-C: still running ${answersWithinMs / 1000} s after it`];
}

async function endsWithin(running: Running, ms: number): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await sleep(20))
    if (!running.isRunning()) return true;
  return !running.isRunning();
}

function keepText(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    if (text.length < textLimit) text += chunk.toString();
  });
  stream?.on('error', () => {});
  return () => text;
}

/**
 * Processes of this namespace that have not ended, without its first one and this one: whatever a command started is
 * among them, detached or with another environment.
 */
export function livingProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== 1 && pid !== process.pid && isLiving(pid));
}

function isLiving(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

export function describeProcess(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim().slice(-120);
  } catch {
    return 'ended meanwhile';
  }
}
