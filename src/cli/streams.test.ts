import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { storeRun } from '../../test/support/cli/stored-run.js';
import { readResults } from '../results/reader.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));
const { folder: cwd, remove } = writeFixtures();
const env = { ...process.env, BREAKEVEN_CACHE: join(cwd, 'cache'), CI: '', TERM: 'xterm' };
const briefFor = (rounds: string) => [
  '--scenario',
  'tiny.mjs',
  '--only',
  'for-loop',
  '--rounds',
  rounds,
  '--keys',
  '2',
];
const brief = briefFor('2');

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-streams-'));
});
afterAll(() => {
  remove();
  rmSync(root, { recursive: true, force: true });
});

function ends(args: readonly string[], stdio: ['ignore', number | 'pipe', number | 'pipe']) {
  const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio });
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  return new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

function onFullDisk<T>(use: (file: number) => Promise<T>): Promise<T> {
  const file = openSync('/dev/full', 'w');
  return use(file).finally(() => closeSync(file));
}

/** The one run below a folder: whole, with its report. */
function checkWhole(out: string, status: string): void {
  const [run] = readdirSync(join(out, 'tiny'));
  expect(readResults(join(out, 'tiny', run, 'results.ndjson')).end?.status).toBe(status);
  expect(readFileSync(join(out, 'tiny', run, 'verdict.md'), 'utf8')).toContain('## How to reproduce it');
}

describe.runIf(existsSync('/dev/full'))('a full disk behind', { timeout: 120_000 }, () => {
  test('stderr costs progress and nothing else', async () => {
    const out = join(root, 'err');
    const { code } = await onFullDisk((file) => ends([...brief, '--out', out], ['ignore', 'pipe', file]));
    expect(code).toBe(0);
    checkWhole(out, 'finished');
  });

  test('stdout costs no run: it is measured and reported, and the code says that it could not be told', async () => {
    const out = join(root, 'out');
    const { code, stderr } = await onFullDisk((file) =>
      ends([...brief, '--out', out], ['ignore', file, 'pipe']),
    );
    expect(stderr).toMatch(/the result could not be written to stdout: ENOSPC/);
    expect(code).toBe(5);
    checkWhole(out, 'finished');
  });

  test('both ends every command with its code', async () => {
    storeRun(join(root, 'results.ndjson'));
    const { code } = await onFullDisk((file) =>
      ends(['report', join(root, 'results.ndjson')], ['ignore', file, file]),
    );
    expect(code).toBe(5);
    expect(existsSync(join(root, 'verdict.md'))).toBe(true);
    const bad = await onFullDisk((file) => ends(['report', 'nowhere'], ['ignore', file, file]));
    expect(bad.code).toBe(2);
  });
});

test('a reader that has seen enough costs nothing', async () => {
  const child = spawn(process.execPath, [main, 'list'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
});

/* A terminal is made by Python, which has them built in: of no size, and closed in the middle of a run. */
const inTerminal = `import os, pty, sys, time, fcntl, termios, struct, select
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 0, 0, 0, 0))
seen, began = b'', time.time()
while time.time() - began < 60:
    if not select.select([master], [], [], 0.2)[0]:
        continue
    try:
        part = os.read(master, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part
    if sys.argv[1] == 'close' and b'round' in seen:
        os.close(master)
        break
status = os.waitpid(pid, 0)[1]
sys.stdout.write(seen.decode('utf8', 'replace'))
sys.stderr.write('signal %d code %d' % (status & 127, status >> 8))
`;
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

describe.runIf(hasPython)('a terminal', { timeout: 120_000 }, () => {
  const run = (what: 'watch' | 'close', args: readonly string[]) => {
    const { CI: _, ...quiet } = env;
    return spawnSync('python3', ['-c', inTerminal, what, process.execPath, main, ...args], {
      cwd,
      env: quiet,
      encoding: 'utf8',
    });
  };

  test('of no size shows progress', () => {
    const { stdout, stderr } = run('watch', [...brief, '--out', join(root, 'small')]);
    expect(stderr).toBe('signal 0 code 0');
    expect(stdout).toMatch(/round 2\/2 +for-loop/);
  });

  test('that is closed in the middle interrupts the run: all is kept, and the process ends in order', () => {
    const out = join(root, 'closed');
    const { stderr } = run('close', [...briefFor('400'), '--out', out]);
    expect(stderr).toBe('signal 0 code 130');
    checkWhole(out, 'interrupted');
  });
});
