import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity, CallTrace, PartsNs, Span, ThreadTrace } from '../../contract/trace.js';
import { criticalPath } from './critical-path.js';
import { noParts, pathParts } from './parts.js';

const thread = (spans: readonly Span[], gc: ThreadTrace['gc'] = []): ThreadTrace => ({ spans, gc });

function call(totalNs: number, caller: ThreadTrace, ...workers: ThreadTrace[]): CallTrace {
  return { kind: 'spans', totalNs, caller, workers, estimated: [] };
}

/** The parts that are not zero. */
function seen(trace: CallTrace): Partial<PartsNs> {
  return Object.fromEntries(Object.entries(criticalPath(trace)).filter(([, ns]) => ns > 0));
}

describe('the critical path of a call', () => {
  it('goes through the worker that the caller waits for, and through its message under way', () => {
    const trace = call(
      100,
      thread([
        ['pack', 0, 10],
        ['serialise', 10, 15, 1],
        ['blocked', 15, 80, 1],
        ['deserialise', 80, 90, 1],
        ['merge', 90, 100],
      ]),
      thread([
        ['deserialise', 20, 30, 1],
        ['compute', 30, 70, 1],
        ['serialise', 70, 76, 1],
      ]),
    );
    expect(seen(trace)).toEqual({
      pack: 10,
      serialise: 5 + 6,
      transfer: 5 + 4,
      deserialise: 10 + 10,
      compute: 40,
      merge: 10,
    });
  });

  it('counts what the caller does while workers compute once, as what the caller does', () => {
    const trace = call(
      100,
      thread([
        ['serialise', 0, 60, 1],
        ['serialise', 60, 100, 2],
      ]),
      thread([['compute', 10, 95, 1]]),
    );
    expect(seen(trace)).toEqual({ serialise: 100 });
  });

  it('waits behind an earlier message of the same worker, whose work is then on the path', () => {
    const trace = call(
      100,
      thread([
        ['serialise', 0, 1, 1],
        ['serialise', 1, 2, 2],
        ['blocked', 2, 100, 2],
      ]),
      thread([
        ['compute', 2, 50, 1],
        ['serialise', 50, 52, 1],
        ['compute', 52, 100, 2],
      ]),
    );
    expect(seen(trace)).toEqual({ serialise: 2 + 2, compute: 48 + 48 });
  });

  it('does not charge the path with a worker that nobody waits for', () => {
    const busy = thread([['compute', 2, 100, 2]]);
    const waitedFor = thread([
      ['deserialise', 12, 20, 1],
      ['compute', 20, 60, 1],
      ['serialise', 60, 61, 1],
    ]);
    const trace = call(
      70,
      thread([
        ['serialise', 0, 2, 1],
        ['blocked', 2, 65, 1],
        ['deserialise', 65, 70, 1],
      ]),
      busy,
      waitedFor,
    );
    expect(seen(trace)).toEqual({ serialise: 3, transfer: 10 + 4, deserialise: 8 + 5, compute: 40 });
  });

  it('takes garbage collection out of what it interrupted, on either side', () => {
    const trace = call(
      100,
      thread(
        [
          ['serialise', 0, 20, 1],
          ['blocked', 20, 100, 1],
        ],
        [[5, 15]],
      ),
      thread([['compute', 20, 100, 1]], [[90, 120]]),
    );
    expect(seen(trace)).toEqual({ serialise: 10, compute: 70, gc: 20 });
  });

  it('is idle while kernels only wait, and explains nothing where nothing was stamped', () => {
    const trace = call(
      100,
      thread([
        ['serialise', 5, 10, 1],
        ['blocked', 10, 90, 1],
      ]),
      thread([
        ['wait', 10, 70, 1],
        ['wait', 12, 90, 2],
        ['serialise', 70, 72, 1],
      ]),
    );
    expect(seen(trace)).toEqual({ serialise: 5 + 2, idle: 78, unexplained: 5 + 10 });
  });

  it('follows whichever thread is busy where memory is shared, and else says that one was waking up', () => {
    const trace = call(
      100,
      thread([
        ['compute', 0, 40],
        ['blocked', 40, 100],
      ]),
      thread([['compute', 50, 70]]),
      thread([['compute', 60, 90]]),
    );
    expect(seen(trace)).toEqual({ compute: 40 + 40, transfer: 20 });
  });

  it('does not let an answer be read before it was sent: until then its worker was at it', () => {
    const trace = call(
      100,
      thread([
        ['serialise', 0, 10, 1],
        ['deserialise', 10, 100, 1],
      ]),
      thread([
        ['compute', 10, 60, 1],
        ['serialise', 60, 70, 1],
      ]),
    );
    expect(seen(trace)).toEqual({ serialise: 20, compute: 50, deserialise: 30 });
  });

  it('adds up to the call, with no negative part, whatever was stamped', () => {
    const activity = fc.constantFrom<Activity>(
      'pack',
      'serialise',
      'transfer',
      'deserialise',
      'compute',
      'wait',
      'merge',
      'blocked',
    );
    const at = fc.integer({ min: 0, max: 120 });
    const span = fc
      .tuple(activity, at, at, fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }))
      .map(([what, a, b, message]): Span => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        return message === undefined ? [what, from, to] : [what, from, to, message];
      });
    const any = fc.record({
      spans: fc.array(span, { maxLength: 12 }),
      gc: fc.array(
        fc.tuple(at, at).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(any, fc.array(any, { maxLength: 3 }), (caller, workers) => {
        const parts = criticalPath(call(100, caller, ...workers));
        expect(Object.keys(parts)).toEqual(Object.keys(noParts()));
        for (const part of pathParts) expect(parts[part]).toBeGreaterThanOrEqual(0);
        expect(pathParts.reduce((sum, part) => sum + parts[part], 0)).toBeCloseTo(100, 9);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a delay in the part that it was put into, to the last nanosecond', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('pack', 'serialise', 'deserialise', 'compute', 'merge'),
        fc.integer({ min: 0, max: 1000 }),
        (late, delay) => {
          const withDelay = criticalPath(oneMessage({ [late]: delay }));
          const without = criticalPath(oneMessage({}));
          for (const part of pathParts)
            expect(withDelay[part] - without[part]).toBe(part === late ? delay : 0);
        },
      ),
    );
  });
});

/** A request, its work and its answer one after another, each activity 10 ns and a delay; 3 ns under way each time. */
function oneMessage(delays: Partial<Record<Activity, number>>): CallTrace {
  let at = 0;
  const spanOf = (activity: Activity, delay = delays[activity] ?? 0): Span => {
    const from = at;
    at += 10 + delay;
    return [activity, from, at, 1];
  };
  const fly = () => {
    at += 3;
  };
  const sending = [spanOf('pack'), spanOf('serialise')];
  const blockedFrom = at;
  fly();
  const working = [spanOf('deserialise'), spanOf('compute'), spanOf('serialise', 0)];
  fly();
  const blocked: Span = ['blocked', blockedFrom, at, 1];
  const receiving = [blocked, spanOf('deserialise', 0), spanOf('merge')];
  return call(at, thread([...sending, ...receiving]), thread(working));
}
