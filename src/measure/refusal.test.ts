import { describe, expect, test } from 'vitest';
import type { Outcome } from '../results/format.js';
import { type Circumstances, recogniseRefusal } from './refusal.js';

const quiet: Circumstances = {
  heapMegabytes: 512,
  hasStarted: true,
  killsForMemory: false,
  refusedProcesses: false,
};

const crash = (message: string, more: object = {}): Outcome => ({ status: 'crashed', message, ...more });

describe('what the machine refuses is a limit with advice, not a crash:', () => {
  test.each([
    ['memory', 'RangeError: Array buffer allocation failed at open (file:///s.js:1:1)'],
    ['memory', 'RangeError: WebAssembly.Memory(): could not allocate memory at open (file:///s.js:1:1)'],
    [
      'memory',
      'native-serial, asked to "load": it ended with exit code 1: no memory for numbers: Cannot allocate memory',
    ],
    [
      'memory',
      'python-numpy: it ended with exit code 1: numpy.core._exceptions.MemoryError: Unable to allocate 8 GiB',
    ],
    ['memory', "it ended by signal SIGABRT: terminate called after throwing an instance of 'std::bad_alloc'"],
    ['memory', 'Error: spawn ENOMEM'],
    [
      'processes',
      'Error: EAGAIN at new Worker (node:internal/worker:253:5) at startThread (file:///x.js:1:1)',
    ],
    ['processes', 'Error [ERR_WORKER_INIT_FAILED]: Worker initialization failure: EAGAIN'],
    ['processes', 'Error: worker 3 of 4: spawn /usr/bin/node EAGAIN'],
    ['processes', "it ended with exit code 1: RuntimeError: can't start new thread"],
    ['processes', 'it ended with exit code 1: BlockingIOError: [Errno 11] Resource temporarily unavailable'],
    ['files', "Error: EMFILE: too many open files, open '/x'"],
    ['files', 'OSError: [Errno 24] Too many open files'],
    ['room', 'Error: ENOSPC: no space left on device, write'],
    ['room', 'native-serial, asked to "write": cannot write /dev/shm/x/answer: No space left on device'],
    ['room', 'it ended with exit code 1: OSError: [Errno 28] No space left on device'],
  ])('%s: %s', (limit, message) => {
    const outcome = recogniseRefusal(crash(message), quiet);
    expect(outcome).toMatchObject({ status: 'limit', limit, by: 'machine' });
    expect('message' in outcome && outcome.message).toMatch(/: .+\. (Raise|Make|Give) .+\.$/);
    expect('message' in outcome && outcome.message).toContain(message);
  });

  test('a SIGKILL that nobody sent, while the system killed for want of memory', () => {
    for (const message of [
      'its process was ended by SIGKILL',
      'Error: worker 1 of 2: worker process ended with signal SIGKILL',
    ]) {
      expect(recogniseRefusal(crash(message), { ...quiet, killsForMemory: true })).toMatchObject({
        limit: 'memory',
        by: 'machine',
      });
      expect(recogniseRefusal(crash(message), quiet)).toEqual(crash(message));
    }
  });

  test('a process that Node ends without a word, where it was refused a thread', () => {
    const silent = crash('its process was ended by SIGABRT', { signal: 'SIGABRT', stderrTail: '' });
    expect(recogniseRefusal(silent, { ...quiet, hasStarted: false })).toMatchObject({ limit: 'processes' });
    expect(recogniseRefusal(silent, { ...quiet, refusedProcesses: true })).toMatchObject({
      limit: 'processes',
    });
    expect(recogniseRefusal(silent, quiet)).toEqual(silent);
  });

  test('a cell that never began, where processes were refused', () => {
    const late: Outcome = {
      status: 'limit',
      limit: 'time',
      message: 'making its data alone took longer than 60 s',
    };
    const outcome = recogniseRefusal(late, { ...quiet, hasStarted: false, refusedProcesses: true });
    expect(outcome).toMatchObject({ status: 'limit', limit: 'processes', by: 'machine' });
    expect(recogniseRefusal(late, { ...quiet, hasStarted: false })).toEqual(late);
  });
});

describe('what is the strategy’s stays so:', () => {
  test.each([
    'TypeError: input.map is not a function',
    'Error: the database is down',
    'its process was ended by SIGSEGV',
    'its process ended with exit code 3 before it had an answer',
    "Error: ENOENT: no such file or directory, open 'x'",
    'Error: read EAGAIN',
  ])('%s', (message) => {
    expect(recogniseRefusal(crash(message), quiet)).toEqual(crash(message));
  });

  test('the heap that the run itself has limited is no refusal of the machine', () => {
    const said = {
      stderrTail: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    };
    expect(recogniseRefusal(crash('its process was ended by SIGABRT', said), quiet)).toEqual({
      status: 'limit',
      limit: 'memory',
      message: expect.stringMatching(
        /^ran out of memory \(heap limit 512 MB\)\. Measure less data, .*more memory/,
      ),
    });
  });

  test('a stack of many lines is told by its first', () => {
    const outcome = recogniseRefusal(crash('Error: spawn node EAGAIN\n    at x\n    at y'), quiet);
    expect('message' in outcome && outcome.message).not.toContain('\n');
  });
});
