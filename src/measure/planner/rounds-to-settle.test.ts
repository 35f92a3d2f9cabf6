import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../results/random.js';
import { type Known, roundsToSettle } from './rounds-to-settle.js';
import { beyond, narrow, parted, stintOf } from './rules.js';

const margin = 0.05;
const known = (more: Partial<Known> = {}): Known => ({
  rounds: 8,
  mean: 0.03,
  own: 0.06,
  spread: 0.06,
  freedom: 28,
  ...more,
});

describe('the rounds that a question needs', () => {
  it('are the same each time they are told', () => {
    expect(roundsToSettle(known(), parted({ margin }, 2))).toBe(
      roundsToSettle(known(), parted({ margin }, 2)),
    );
  });

  it('are the more the noisier the rounds, and the fewer the wider the gap', () => {
    const told = (more: Partial<Known>) => roundsToSettle(known(more), parted({ margin }, 2));
    expect(told({ own: 0.12, spread: 0.12 })).toBeGreaterThan(told({}));
    expect(told({ mean: 0.045 })).toBeLessThan(told({ mean: 0.025 }));
  });

  it('are more where more points are open: each is tested more strictly', () => {
    const gap = known({ mean: 0.1, own: 0.15, spread: 0.15 });
    expect(roundsToSettle(gap, parted({ margin }, 20))).toBeGreaterThan(
      roundsToSettle(gap, parted({ margin }, 1)),
    );
  });

  it('cannot be named where hardly any future ends in time', () => {
    expect(roundsToSettle(known({ own: 3, spread: 3, mean: 0 }), narrow)).toBe(Number.POSITIVE_INFINITY);
  });

  it('lie near what the width of an interval takes, which no gap can shorten', () => {
    // Half the width is about 2 · 0.2 / √n: within 9.5 % from 18 rounds on.
    const told = roundsToSettle(known({ mean: 0, own: 0.2, spread: 0.2 }), narrow);
    expect(told).toBeGreaterThan(12);
    expect(told).toBeLessThan(24);
  });

  it('are mostly right within a factor of 2, where it is looked at after stints of what is told', () => {
    const rule = parted({ margin }, 1);
    let [right, asked] = [0, 0];
    for (let seed = 1; asked < 100; seed++) {
      const random = seededRandom(seed);
      const logs: number[] = [];
      const more = (count: number) => {
        for (let i = 0; i < count; i++) logs.push(0.04 + 0.08 * random.normal());
        return { ...summary(logs), rounds: logs.length };
      };
      const settled = ({ mean, own, rounds }: ReturnType<typeof more>) =>
        rule(mean, own / Math.sqrt(rounds), rounds);
      const tell = (seen: ReturnType<typeof more>) =>
        roundsToSettle({ ...seen, spread: 0.08, freedom: 50 }, rule);
      const before = more(8);
      if (settled(before)) continue;
      asked++;
      const told = tell(before) - 8;
      let [seen, needs] = [before, 8 + told];
      while (!settled(seen) && Number.isFinite(needs)) {
        seen = more(stintOf({ rounds: seen.rounds, needs }));
        needs = tell(seen);
      }
      const taken = seen.rounds - 8;
      if (settled(seen) && told <= 2 * taken && taken <= 2 * told) right++;
    }
    expect(right / asked).toBeGreaterThan(0.8);
  });
});

describe('the rules that end a question', () => {
  it('of a label: apart, or the same', () => {
    const rule = parted({ margin }, 1);
    expect([rule(0.1, 0.01, 8), rule(-0.1, 0.01, 8), rule(0, 0.01, 8), rule(0.04, 0.02, 8)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('of a region: on one side of the margin', () => {
    const rule = beyond(margin);
    expect([rule(0.1, 0.01, 8), rule(0.01, 0.01, 8), rule(0.04, 0.01, 8), rule(-0.04, 0.01, 8)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

function summary(logs: readonly number[]): { mean: number; own: number } {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  return { mean, own: Math.sqrt(squares / (logs.length - 1)) };
}
