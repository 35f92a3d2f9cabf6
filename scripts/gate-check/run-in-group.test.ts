import { describe, expect, it } from 'vitest';
import { livingIn } from '../../src/process/group.js';
import { runInGroup } from './run-in-group.js';

const plain = { cwd: '.', env: process.env, stdout: 'ignore' } as const;

describe('a program in a group of its own', () => {
  it('ends with its code', async () => {
    const { signal } = new AbortController();
    const groups: number[] = [];
    const code = await runInGroup('sh', ['-c', 'exit 3'], {
      ...plain,
      signal,
      onStart: (group) => groups.push(group),
    });
    expect(code).toBe(3);
    expect(groups).toHaveLength(1);
  });

  it('is interrupted with all that it started', async () => {
    const stop = new AbortController();
    let group = 0;
    const run = runInGroup('sh', ['-c', 'sleep 300; sleep 300'], {
      ...plain,
      signal: stop.signal,
      onStart: (pid) => {
        group = pid;
      },
    });
    // A shell that is still starting may lose the signal: shell and child are both there first.
    const told = expect(run).rejects.toThrow('Ctrl-C');
    while (livingIn(group).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort(new Error('Ctrl-C'));
    await told;
    expect(livingIn(group)).toEqual([]);
  });

  it('is not started after an interruption, and a program that is not there is an error', async () => {
    const request = { ...plain, onStart: () => {} };
    const aborted = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(runInGroup('sh', ['-c', 'exit 3'], { ...request, signal: aborted })).rejects.toThrow(
      'Ctrl-C',
    );
    const { signal } = new AbortController();
    await expect(runInGroup('no-such-program', [], { ...request, signal })).rejects.toThrow('ENOENT');
  });
});
