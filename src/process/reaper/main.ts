import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeOwnedFolder } from '../../files/owned-folder.js';
import type { ReaperMessage, ReaperTask } from './reaper.js';
import { processesOfRun } from './run-processes.js';

/* Entry of the reaper: reads to the end of its input, which is the driver's end, and then does what was left to it. */
const tasks = new Map<number, ReaperTask>();
// By the command line: should the driver be killed before it says a word, its children are known all the same.
const run: string | undefined = process.argv[2];
let partial = '';

process.stdin.setEncoding('utf8').on('data', (more: string) => {
  const lines = (partial + more).split('\n');
  partial = lines.pop() ?? '';
  for (const line of lines) hear(JSON.parse(line) as ReaperMessage);
});
sayUp();
process.stdin.on('close', () => void cleanUp());
// A signal to the whole session is meant for the one who is cleaned up after.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});

/** The driver may be gone already. */
function sayUp(): void {
  try {
    writeSync(1, 'up\n');
  } catch {
    // Nobody waits for it any more.
  }
}

function hear(message: ReaperMessage): void {
  if (message.type === 'task') tasks.set(message.number, message.task);
  else tasks.delete(message.number);
}

async function cleanUp(): Promise<void> {
  await endProcesses();
  for (const task of tasks.values()) if (task.kind === 'call') await call(task);
  for (const task of tasks.values()) if (task.kind === 'folder') removeOwnedFolder(task.folder);
  process.exit();
}

/** What takes longer to die hangs in the system and cannot be ended by anybody. */
const patientMs = 10_000;

async function endProcesses(): Promise<void> {
  const groups = [...tasks.values()].flatMap((task) => (task.kind === 'group' ? [task.group] : []));
  const untilMs = performance.now() + patientMs;
  // Again until nobody is there: who was just being forked is found the next time. All are looked for before any is
  // ended: a child whose parent is gone no longer shows whose it was.
  for (;;) {
    const living = run === undefined ? [] : processesOfRun(run, groups);
    for (const pid of living) kill(pid);
    for (const group of groups) kill(-group);
    if (living.length === 0 || performance.now() > untilMs) return;
    await sleep(5);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it has ended by itself.
  }
}

/** One that fails must not keep the others from being done. */
async function call(task: ReaperTask & { readonly kind: 'call' }): Promise<void> {
  try {
    const module = (await import(task.module)) as Readonly<Record<string, (...words: unknown[]) => unknown>>;
    await module[task.name](...task.arguments);
  } catch {
    // Nobody is left who could be told. What stays behind is found at the next start.
  }
}
