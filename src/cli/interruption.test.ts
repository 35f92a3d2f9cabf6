import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { environmentFor, lastLine, startBreakeven } from '../../test/support/cli/program.js';
import { readResults } from '../results/reader.js';

const program = fileURLToPath(new URL('./main.js', import.meta.url));
const { folder: cwd, remove } = writeFixtures();
afterAll(remove);

/** A pool of two processes that wait so long that the signal finds them at it. */
const longRun = [
  '--scenario',
  'tiny.mjs',
  '--kernel',
  'wait',
  '--ms',
  '3000',
  '--only',
  'child-process',
  '--workers',
  '2',
];

// Processes are told apart by a mark in their environment, which children inherit: Linux shows it.
describe.runIf(existsSync('/proc/self/environ'))('a run that is interrupted', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s ends its children and keeps what it has', async (signal) => {
    const mark = `breakeven-test-${randomUUID()}`;
    const { child, ended } = startBreakeven(longRun, { cwd, env: { MARK: mark } });
    await poolAtWork(mark);
    child.kill(signal);
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain('Interrupted. What was measured is kept; writing a partial report');
    expect(markedProcesses(mark)).toEqual([]);
    const run = join(cwd, dirname(lastLine(end)));
    expect(readResults(join(run, 'results.ndjson'))).toMatchObject({
      end: { status: 'interrupted' },
      notes: [],
    });
    expect(readFileSync(join(run, 'verdict.md'), 'utf8')).toContain('The run was interrupted');
  });

  it('by SIGKILL leaves no cell behind', async () => {
    const mark = `breakeven-test-${randomUUID()}`;
    const { child, ended } = startBreakeven(longRun, { cwd, env: { MARK: mark } });
    await poolAtWork(mark);
    child.kill('SIGKILL');
    await ended;
    // Nobody can clean up after SIGKILL: the cell itself notices that its driver is gone.
    while (markedProcesses(mark).length > 0) await sleep(20);
  });
});

// `script` gives the program a terminal; when it is killed the terminal is gone.
describe.runIf(spawnSync('script', ['--version']).status === 0)('a terminal that is closed', () => {
  it('ends the run as Ctrl-C does, and what it has is kept', { timeout: 60_000 }, async () => {
    const out = join(cwd, 'closed');
    const code = join(cwd, 'closed-code');
    const mark = `breakeven-test-${randomUUID()}`;
    const run = [process.execPath, program, ...longRun.slice(0, 6), '--only', 'for-loop', '--out', out].join(
      ' ',
    );
    // The outer shell leads the session, and dies with the terminal: then the others are told.
    const shell = `sh -c 'trap : HUP; ${run}; echo $? > ${code}'; true`;
    const child = spawn('script', ['-qfc', shell, '/dev/null'], {
      cwd,
      env: { ...environmentFor(cwd), SHELL: '/bin/sh', MARK: mark },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.resume();
    while (!markedProcesses(mark).some((pid) => commandOf(pid).includes('/cell/main.js'))) await sleep(20);
    child.kill('SIGKILL');
    while (!existsSync(code) || readFileSync(code, 'utf8') === '') await sleep(20);
    expect(readFileSync(code, 'utf8')).toBe('130\n');
    const written = join(out, 'tiny', readdirSync(join(out, 'tiny'))[0]);
    expect(readFileSync(join(written, 'verdict.md'), 'utf8')).toContain('The run was interrupted');
  });
});

/** Until the driver, its cell and the cell's two workers are there. */
async function poolAtWork(mark: string): Promise<void> {
  while (markedProcesses(mark).length < 4) await sleep(20);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function markedProcesses(mark: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark);
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
