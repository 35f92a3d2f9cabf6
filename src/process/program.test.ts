import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ProgramRequest, runProgram } from './program.js';

/** Starts a grandchild that would outlive everybody, and says its process id. */
const withGrandchild = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  child.on('spawn', () => process.send({ pid: child.pid }));`;

describe('a program', { timeout: 60_000 }, () => {
  test('gets its order, talks back, and ends with its exit code and the end of what it wrote', async () => {
    const { end, messages } = await run(
      `process.once('message', ({ values }) => {
        process.send({ sum: values[0] + values[1], nan: values[2] }, () => {
          console.log('said'); console.error('x'.repeat(5000) + ' last words'); process.exitCode = 4; process.disconnect();
        });
      })`,
      { message: { values: Float64Array.of(1, 2, Number.NaN) } },
    );
    expect(messages).toEqual([{ sum: 3, nan: Number.NaN }]);
    expect(end).toMatchObject({ kind: 'exited', exitCode: 4, stdoutTail: 'said' });
    expect(end.kind === 'exited' && end.stderrTail).toMatch(/^x{3000,} last words$/);
  });

  test('that passes its deadline is ended with its grandchildren', async () => {
    const { end, messages } = await run(`${withGrandchild} setInterval(() => {}, 1000);`, {
      deadlineMs: 2_500,
    });
    expect(end).toEqual({ kind: 'deadline' });
    await expectGone(messages);
  });

  test('that exits leaves no grandchild behind, even one that holds its output open', async () => {
    const code = `${withGrandchild} child.on('spawn', () => setTimeout(() => process.exit(0), 50));`;
    const { end, messages } = await run(code);
    expect(end).toMatchObject({ kind: 'exited', exitCode: 0 });
    await expectGone(messages);
  });

  test('that blocks its event loop is ended at its deadline', async () => {
    const { end } = await run('for (;;);', { deadlineMs: 500 });
    expect(end).toEqual({ kind: 'deadline' });
  });

  test('is ended when the signal aborts, also where it has aborted before', async () => {
    const controller = new AbortController();
    const code = `process.send({ ready: true }); setInterval(() => {}, 1000);`;
    const { end } = await run(code, { signal: controller.signal, onMessage: () => controller.abort() });
    expect(end).toEqual({ kind: 'aborted' });
    expect((await run(code, { signal: AbortSignal.abort() })).end).toEqual({ kind: 'aborted' });
  });

  test('that is killed from outside says by which signal', async () => {
    const { end } = await run(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
    expect(end).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
  });

  test('that does not exist is no rejection', async () => {
    const request = { deadlineMs: 30_000, onMessage: () => {} };
    const end = await runProgram({ ...request, command: ['/no/such/program'] });
    expect(end).toMatchObject({ kind: 'not started', message: expect.stringContaining('ENOENT') });
  });
});

async function run(code: string, given: Partial<ProgramRequest> = {}) {
  const messages: unknown[] = [];
  const end = await runProgram({
    command: [process.execPath, '-e', code],
    deadlineMs: 50_000,
    ...given,
    onMessage: (message) => {
      messages.push(message);
      given.onMessage?.(message);
    },
  });
  return { end, messages };
}

/** The grandchild that said its process id ends, sooner or later. */
async function expectGone(messages: readonly unknown[]): Promise<void> {
  const { pid } = messages[0] as { pid: number };
  expect(pid).toBeGreaterThan(0);
  for (let tries = 0; isAlive(pid) && tries < 500; tries++) await sleep(10);
  expect(isAlive(pid)).toBe(false);
}

/** A zombie has ended: in a container nobody may ever ask for its exit code. */
function isAlive(pid: number): boolean {
  try {
    if (existsSync('/proc/self/stat')) return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
