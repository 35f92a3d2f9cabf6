import { describe, expect, it } from 'vitest';
import { madeUpProfile } from '../../test/support/made-up-profile.js';
import type { StrategyProfile } from '../choose/choose.js';
import { advise } from './advice.js';

const known = [1, 1_000].flatMap((work) =>
  [4, 256].map((keys) => ({ keys, elements: keys * 10, work, workers: 2 })),
);

const strategy = (name: string, formula: StrategyProfile['formula'], parallel = false): StrategyProfile => {
  return { strategy: name, parallel, basis: 'formula', formula, deviations: [], band: 0.2 };
};

/** µs of work per list on one thread, or on two that cost 100 µs to begin with. */
const profile = madeUpProfile(
  {
    known,
    strategies: [
      strategy('for-loop', [{ kind: 'list work', ns: 1_000 }]),
      strategy(
        'worker-threads',
        [
          { kind: 'start', ns: 100_000 },
          { kind: 'list work', ns: 500 },
        ],
        true,
      ),
    ],
  },
  { workOption: 'cost' },
);

it('names the choice with its band, its gain over the loop, and the runner-up', () => {
  const { chosen, gain, runnerUp, close, caveats } = advise(profile, { keys: 100, length: 10, work: 100 });
  expect(chosen.strategy).toBe('worker-threads');
  expect(chosen.ns).toBeCloseTo(5.1e6);
  expect(chosen.lowNs).toBeCloseTo(5.1e6 / 1.2);
  expect(gain?.value).toBeCloseTo(10 / 5.1);
  // Both may be 20 % off, and not both the same way.
  expect(gain?.low).toBeCloseTo(10 / 5.1 / Math.exp(Math.hypot(Math.log(1.2), Math.log(1.2))));
  expect(runnerUp?.strategy).toBe('for-loop');
  expect(close).toEqual([]);
  expect(caveats).toEqual([]);
});

it('says what would change it, within what was measured', () => {
  const { chosen, changes } = advise(profile, { keys: 100, length: 10, work: 1 });
  expect(chosen.strategy).toBe('for-loop');
  // 1,000 ns × 100 keys × work = 100,000 + 500 × 100 × work.
  const above = changes.find(({ axis, direction }) => axis === 'work' && direction === 'above');
  expect(above?.strategy).toBe('worker-threads');
  expect(above?.value).toBeGreaterThan(1.8);
  expect(above?.value).toBeLessThan(2.2);
});

it('strategies within the band of the chosen are named as good', () => {
  const { close } = advise(profile, { keys: 100, length: 10, work: 2.3 });
  expect(close.map(({ strategy: name }) => name)).toEqual(['for-loop']);
});

it('what nobody can tell apart is named as good on either side of a crossing', () => {
  // 210 µs, and 205 µs on two threads.
  const { chosen, runnerUp, close } = advise(profile, { keys: 100, length: 10, work: 2.1 });
  expect([chosen, runnerUp].map((one) => one?.strategy)).toEqual(['worker-threads', 'for-loop']);
  expect(close.map(({ strategy: name }) => name)).toEqual(['for-loop']);
});

it('just beyond a change that it named, it chooses as it said', () => {
  for (const work of [1, 1.9, 10, 500]) {
    for (const { axis, direction, value, strategy: name } of advise(profile, { keys: 100, length: 10, work })
      .changes) {
      const beyond = value * (direction === 'above' ? 1.001 : 0.999);
      expect(advise(profile, { keys: 100, length: 10, work, [axis]: beyond }).chosen.strategy).toBe(name);
    }
  }
});

it('strategies that take turns within what both may be wrong by are no change', () => {
  const nearly = strategy('async-tasks', [{ kind: 'list work', ns: 990 }]);
  const [loop, pool] = profile.accounts.warm?.strategies ?? [];
  const three = { ...profile, accounts: { warm: { known, strategies: [nearly, loop, pool] } } };
  const { chosen, changes } = advise(three, { keys: 100, length: 10, work: 1 });
  expect(chosen.strategy).toBe('async-tasks');
  expect([...new Set(changes.map((one) => one.strategy))]).toEqual(['worker-threads']);
});

it('a pool on a single core is never named as good', () => {
  const loose = profile.accounts.warm?.strategies.map((one) => ({ ...one, band: 5 })) ?? [];
  const uncertain = { ...profile, accounts: { warm: { known, strategies: loose } } };
  const question = { keys: 100, length: 10, work: 100 };
  expect(advise(uncertain, question, 1).close).toEqual([]);
  expect(advise(uncertain, question, 2).close.length).toBe(1);
});

it('with fewer lists than workers no pool is told, since none was measured so', () => {
  const { chosen, close, caveats } = advise(profile, { keys: 1, length: 10, work: 1_000 });
  expect([chosen, ...close].map(({ strategy: name }) => name)).toEqual(['for-loop']);
  expect(caveats).toContainEqual({ kind: 'no pools' });
});

it('on cores that were not measured both bounds are told, on fewer of them none', () => {
  const ask = (cores: number) => advise(profile, { keys: 100, length: 10, work: 100 }, cores);
  const shared = profile.accounts.warm?.strategies.map((one) => ({ ...one, cpuRatio: 1.9 })) ?? [];
  const known8 = { ...profile, accounts: { warm: { known, strategies: shared } } };
  const { atBest } = advise(known8, { keys: 100, length: 10, work: 100 }, 8);
  // 5.1 ms, of which 90 % are spent beside the main thread and go to four times as many workers.
  expect(atBest?.strategy).toBe('worker-threads');
  expect(atBest?.lowNs).toBeCloseTo(5.1e6 * (0.1 + 0.9 / 4), -3);
  expect(atBest?.highNs).toBeCloseTo(5.1e6);
  expect(ask(1).atBest).toBeUndefined();
});

it('at a point that was measured, that is what is told, where no formula is', () => {
  const rough: StrategyProfile = {
    ...strategy('typed-array', [{ kind: 'element', ns: 1 }]),
    basis: 'interpolation',
    deviations: known.map(() => 0.5),
    band: 1,
  };
  const ask = (keys: number) =>
    advise({ ...profile, accounts: { warm: { known, strategies: [rough] } } }, { keys, length: 10, work: 1 })
      .chosen;
  expect(ask(256).basis).toBe('measured');
  expect(ask(256).highNs / ask(256).ns).toBeCloseTo(1.25);
  expect(ask(100).basis).toBe('interpolation');
  expect(ask(100).highNs / ask(100).ns).toBeCloseTo(2);
});

describe('nothing impossible is promised', () => {
  it('no time below that of going over the numbers', () => {
    const quick = {
      ...profile,
      accounts: { warm: { known, strategies: [strategy('magic', [{ kind: 'start', ns: 200 }])] } },
    };
    const { chosen } = advise(quick, { keys: 2_560, length: 10, work: 1 });
    expect(chosen.ns).toBe(2_560 * 10 * 0.2);
    expect(chosen.lowNs).toBe(2_560 * 10 * 0.2);
  });

  it('a pool is not named for more cores than were measured on their mere number', () => {
    const question = { keys: 100, length: 10, work: 1 };
    const { chosen, caveats } = advise(profile, question, 64);
    expect(chosen.strategy).toBe('for-loop');
    expect(caveats).toEqual([{ kind: 'other cores', asked: 64, measured: 2 }]);
  });

  it('where counts of workers were swept, cores are told by the workers that have one each', () => {
    const swept = [1, 2, 4].flatMap((workers) => known.map((shape) => ({ ...shape, workers })));
    const shared = strategy('worker-threads', [{ kind: 'shared list work', ns: 1_000 }], true);
    const more = { ...profile, accounts: { warm: { known: swept, strategies: [shared] } } };
    const question = { keys: 100, length: 10, work: 100 };
    const nsOn = (cores?: number) => advise(more, question, cores).chosen.ns;
    expect(nsOn(1)).toBeCloseTo(1e7);
    // The machine has two cores: four workers took turns on them, if they were measured at all.
    for (const cores of [undefined, 2, 4]) expect(nsOn(cores)).toBeCloseTo(5e6);
    expect(advise(more, question, 1).caveats).toEqual([]);
  });

  it('a pool loses what cores are missing', () => {
    const { chosen } = advise(profile, { keys: 100, length: 10, work: 100 }, 1);
    expect(chosen.strategy).toBe('for-loop');
  });

  it('a little outside of what was measured is said to be, with a wider band', () => {
    const inside = advise(profile, { keys: 256, length: 10, work: 100 });
    const outside = advise(profile, { keys: 1_000, length: 10, work: 100 });
    expect(outside.caveats[0]).toMatchObject({
      kind: 'outside',
      axis: 'keys',
      asked: 1_000,
      low: 4,
      high: 256,
    });
    const widthOf = ({ chosen }: typeof inside) => chosen.highNs / chosen.lowNs;
    expect(widthOf(outside)).toBeCloseTo(widthOf(inside) * (1_000 / 256) ** 0.6);
  });

  it('outside, the wider band of all makes none of them as good as another', () => {
    const question = { keys: 256, length: 10, work: 5_000 };
    const { chosen, close } = advise(profile, question);
    expect(chosen.strategy).toBe('worker-threads');
    expect(close).toEqual([]);
  });

  it('along an axis of which one value was measured nothing is told but that value', () => {
    const ask = () => advise(profile, { keys: 100, length: 100, work: 100 });
    expect(ask).toThrow(
      /^length 100: this profile was measured at length 10 alone, .* Measure several lengths/,
    );
  });

  it('hundreds of times as many keys are told, as a guess that says so', () => {
    const { chosen, caveats } = advise(profile, { keys: 100_000, length: 10, work: 100 });
    const inside = advise(profile, { keys: 256, length: 10, work: 100 }).chosen;
    expect(chosen.ns / inside.ns).toBeCloseTo(100_000 / 256, -2);
    expect(chosen.highNs / chosen.ns).toBeGreaterThan(3);
    expect(caveats).toContainEqual(
      expect.objectContaining({ kind: 'outside', axis: 'keys', asked: 100_000, low: 4, high: 256 }),
    );
  });

  it('far outside is refused, with what was measured and what to do', () => {
    expect(() => advise(profile, { keys: 2e6, length: 10, work: 100 })).toThrow(
      /keys 2,000,000 lies 7,810 times outside of what this profile was measured at \(keys 4 to 256\)\. .* calibrate from that run/,
    );
  });
});
