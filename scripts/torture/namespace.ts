import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../src/contract/errors.js';
import type { InsideRequest, Outcome } from './outcome.js';

const inside = fileURLToPath(new URL('./inside.js', import.meta.url));

/** Mounts, processes, network and shared memory of its own; all of it ends with this process. */
const unshared = ['--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child', '--mount-proc'];
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const enter = ['--pdeathsig', 'KILL', 'unshare', ...asRoot, ...unshared];

/** Throws an InputError where no namespace can be made: a fault must never reach anything outside of one. */
export function checkNamespaces(): void {
  const { status, stderr, error } = spawnSync('setpriv', [...enter, 'true'], { encoding: 'utf8' });
  if (status === 0) return;
  throw new InputError(
    `Faults are tried in namespaces of their own only, and none can be made here: ${error?.message ?? stderr.trim()}. ` +
      'Run this on Linux as root, or where users may make namespaces (util-linux with setpriv and unshare).',
  );
}

/** What all of one fault's processes may take together: above it, the kernel ends one of them. */
const groupLimits = [
  { controller: 'memory', file: 'memory.limit_in_bytes', value: `${3 * 2 ** 30}` },
  { controller: 'pids', file: 'pids.max', value: '600' },
];

/** Carries out one task in a namespace, within a deadline. What goes wrong with the harness itself is a violation, too. */
export async function runInside(request: InsideRequest, name: string, signal: AbortSignal): Promise<Outcome> {
  const groups = makeGroups(name);
  // A shell as the first process: it asks for the exit code of every orphan.
  const entered = groups.map((group) => `echo $$ > '${group}/cgroup.procs'; `).join('');
  const script = `${entered}"$0" "$@"; exit $?`;
  const child = spawn(
    'setpriv',
    [...enter, 'sh', '-c', script, process.execPath, inside, JSON.stringify(request)],
    { stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal));
    });
    const [line] = stdout.trimEnd().split('\n').slice(-1);
    if (code === 0 && line !== '') return JSON.parse(line) as Outcome;
    throw new Error(`the harness ended with ${code}: ${stderr.slice(-800)}`);
  } finally {
    clearTimeout(deadline);
    removeGroups(groups);
  }
}

/** Longer than every wait inside. */
const deadlineMs = 150_000;

/** Control groups of version 1, where they may be made: folders, to be left empty. */
function makeGroups(name: string): string[] {
  return groupLimits.flatMap(({ controller, file, value }) => {
    try {
      const group = join('/sys/fs/cgroup', controller, ownGroup(controller), name);
      mkdirSync(group);
      writeFileSync(join(group, file), value);
      return [group];
    } catch {
      return [];
    }
  });
}

function ownGroup(controller: string): string {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const own = lines.find((line) => line.split(':')[1]?.split(',').includes(controller));
  if (own === undefined) throw new Error(`no control group of ${controller}`);
  return own.split(':').slice(2).join(':');
}

function removeGroups(groups: readonly string[]): void {
  // A fault of limits makes one below ours.
  for (const group of groups.flatMap((each) => [join(each, 'inner'), each])) {
    try {
      rmdirSync(group);
    } catch {
      // There is none, or its last process is still ending: an empty group costs nothing.
    }
  }
}
