import { describe, expect, it } from 'vitest';
import {
  exampleStrategies,
  type StrategyModel,
  type SyntheticRun,
  syntheticResults,
} from '../../test/support/synthetic.js';
import { analyse } from './analyse.js';
import type { SituationDecision } from './decision.js';

const model = (
  label: string,
  family: StrategyModel['family'],
  compute: StrategyModel['compute'],
): StrategyModel => ({ label, family, importNs: 0, compute });

const loop = model('for-loop', 'serial', ({ elements }) => 10 * elements);
const sweeps = [{ keys: [8], length: [1_000, 2_000, 4_000, 8_000, 16_000] }];

function server(run: Omit<SyntheticRun, 'sweeps'>): SituationDecision {
  const found = analyse(syntheticResults({ sweeps, ...run }), { draws: 200 }).decision.situations.find(
    ({ situation }) => situation === 'server',
  );
  if (found === undefined) throw new Error('nothing was decided for a server');
  return found;
}

describe('the decision', () => {
  it('names group, member, times and gain at every point', () => {
    const pool = model('worker-threads', 'threads', ({ elements }) => 5 * elements);
    const { group, use, points, borders } = server({ strategies: [loop, pool] });
    expect(group).toBe('pool');
    expect(use).toBe('worker-threads');
    expect(borders).toEqual([]);
    for (const one of points) {
      expect(one).toMatchObject({ group: 'pool', use: 'worker-threads', sure: { kind: 'sure' } });
      expect(one.pool?.gain?.value).toBeCloseTo(2, 1);
      expect(one.takes).toBe(one.pool?.time);
      expect(one.oneThread?.strategy).toBe('for-loop');
    }
  });

  it('takes the plain loop where another single thread is the same loop', () => {
    const tasks = model('async-tasks', 'concurrent', ({ elements }) => 10 * elements);
    const pool = model('worker-threads', 'threads', ({ elements }) => 100 * elements);
    const { points } = server({ strategies: [loop, tasks, pool], noise: { cell: 0.02 } });
    for (const { use, group } of points) expect([group, use]).toEqual(['one thread', 'for-loop']);
  });

  it('has the border, with the decided points on both sides of it', () => {
    const pool = model('worker-threads', 'threads', ({ elements }) => 160_000 + 5 * elements);
    const { group, borders } = server({ strategies: [loop, pool], noise: { cell: 0.005 } });
    expect(group).toBe('depends');
    expect(borders).toHaveLength(1);
    const [border] = borders;
    // 10 n = 160,000 + 5 n at n = 32,000 numbers in 8 lists.
    expect(border.crossover.interval.low).toBeLessThan(4_100);
    expect(border.crossover.interval.high).toBeGreaterThan(3_900);
    expect(border).toMatchObject({
      axis: 'length',
      below: 'one thread',
      upTo: { length: 2_000 },
      from: { length: 8_000 },
    });
    // 1.28 ms against 0.16 + 0.64 ms.
    expect(border.gain?.value).toBeCloseTo(1.6, 1);
  });

  it('tells too few rounds, noise and a tie from one another', () => {
    const near = (factor: number) =>
      model('worker-threads', 'threads', ({ elements }) => 10 * factor * elements);
    const why = (run: Omit<SyntheticRun, 'sweeps'>) =>
      server(run).points.flatMap(({ sure }) => (sure.kind === 'open' ? sure.why : []));
    expect(why({ strategies: [loop, near(1.5)], rounds: 3 })).toContain('few rounds');
    expect(why({ strategies: [loop, near(1)], rounds: 3 })).toContain('few rounds');
    expect(why({ strategies: [loop, near(1.4)], rounds: 8, noise: { cell: 0.8 } })).toContain('noise');
    expect(why({ strategies: [loop, near(1)], rounds: 8, noise: { cell: 0.3 } })).toContain('tie');
  });

  it('is close enough where no group can be named and little can be lost', () => {
    const close = model('worker-threads', 'threads', ({ elements }) => 9.7 * elements);
    const { points } = server({ strategies: [loop, close], rounds: 12, noise: { cell: 0.04 } });
    const near = points.filter(({ sure }) => sure.kind === 'close enough');
    expect(near.length).toBeGreaterThan(0);
    for (const { sure, group, use } of near) {
      expect(sure.kind === 'close enough' && sure.loss).toBeLessThanOrEqual(0.05);
      expect(group).toBe(use === 'for-loop' ? 'one thread' : 'pool');
    }
  });

  it('is unopposed where one group alone was measured, and absent where nothing was', () => {
    expect(server({ strategies: [loop] }).points[0].sure).toEqual({ kind: 'unopposed' });
    const none = analyse(
      syntheticResults({ sweeps, strategies: [loop], outcome: () => ({ status: 'crashed', message: 'no' }) }),
      { draws: 50 },
    );
    expect(none.decision.situations).toEqual([]);
  });

  it('never names one thread and a pool of the same point both, nor a strategy that has no time', () => {
    const { decision, accounts } = analyse(
      syntheticResults({ sweeps, strategies: exampleStrategies, noise: { cell: 0.1 } }),
      { draws: 100 },
    );
    expect(decision.situations.map(({ situation }) => situation)).toEqual(['script', 'server', 'same data']);
    for (const { account, points } of decision.situations)
      for (const { point, use } of points) {
        const cells = accounts
          .find((one) => one.account === account)
          ?.points.find((one) => one.point === point)?.cells;
        expect(cells?.find(({ strategy }) => strategy === use)?.state.kind).toBe('measured');
      }
  });
});
