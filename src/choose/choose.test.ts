import { describe, expect, it } from 'vitest';
import { madeUpProfile } from '../../test/support/made-up-profile.js';
import { type AccountProfile, choose, type Profile, rank } from './choose.js';

const known = [10, 1_000].map((length) => ({ keys: 8, elements: 8 * length, work: 1, workers: 2 }));
const warm: AccountProfile = {
  known,
  strategies: [
    {
      strategy: 'for-loop',
      parallel: false,
      basis: 'formula',
      formula: [{ kind: 'element', ns: 2 }],
      deviations: [],
      band: 0.1,
    },
    {
      strategy: 'wasm-simd',
      parallel: false,
      basis: 'formula',
      formula: [
        { kind: 'start', ns: 1_000 },
        { kind: 'element', ns: 1 },
      ],
      deviations: [],
      band: 0.1,
    },
  ],
};
const profile = (account = warm): Profile => madeUpProfile(account);

it('names the strategy with the least expected time', () => {
  expect(choose(profile(), { keys: 8, length: 10 })).toEqual({
    strategy: 'for-loop',
    expectedNs: 160,
    beyond: false,
  });
  expect(choose(profile(), { keys: 8, length: 1_000 })).toEqual({
    strategy: 'wasm-simd',
    expectedNs: 9_000,
    beyond: false,
  });
});

it('says when it is asked about what was never measured', () => {
  expect(choose(profile(), { keys: 8, length: 1_000_000 }).beyond).toBe(true);
  expect(choose(profile(), { keys: 9, length: 100 }).beyond).toBe(true);
});

it('a strategy that no formula fits stays in, by what was measured nearby', () => {
  const [loop, simd] = warm.strategies;
  const rejected = { ...loop, basis: 'interpolation' as const, deviations: [0, Math.log(5)] };
  const account = { ...warm, strategies: [rejected, simd] };
  const [, last] = rank(profile(account), { keys: 8, length: 1_000 });
  expect(last.profile.strategy).toBe('for-loop');
  expect(last.expectedNs).toBeCloseTo(5 * 16_000, -2);
  expect(choose(profile(account), { keys: 8, length: 10 }).strategy).toBe('for-loop');
});

it('a point where a strategy was not measured has nothing to say of it', () => {
  const [loop, simd] = warm.strategies;
  const account = { ...warm, strategies: [{ ...loop, deviations: [Math.log(2), null] }, simd] };
  const told = rank(profile(account), { keys: 8, length: 1_000 }).find(
    (one) => one.profile.strategy === 'for-loop',
  );
  expect(told?.expectedNs).toBeCloseTo(32_000, 6);
});

describe('nonsense is refused with the reason', () => {
  it.each([
    [{ keys: 0, length: 1 }],
    [{ keys: Number.NaN, length: 1 }],
    [{ keys: 1, length: Number.POSITIVE_INFINITY }],
    [{ keys: 1, length: 1, work: -1 }],
    [{ keys: 1, length: 1, workers: 0 }],
  ])('%o', (question) => {
    expect(() => choose(profile(), question)).toThrow(/must be numbers above 0/);
  });

  const [loop] = warm.strategies;
  it.each([
    ['null', null, /this is no profile/],
    ['another file', { format: 'breakeven-results' }, /this is no profile/],
    [
      'another version',
      { ...profile(), version: 99 },
      /version 99 of the model, and this is version 1: make it again/,
    ],
    ['no kernel', { ...profile(), kernel: undefined }, /needs kernel.id, a text/],
    ['no Node', { ...profile(), host: { ...profile().host, node: undefined } }, /needs host.node, a text/],
    ['no form', { ...profile(), from: 'rows' }, /needs from, lists or columns/],
    [
      'no memory',
      { ...profile(), host: { ...profile().host, memoryBytes: '24GB' } },
      /needs host.memoryBytes/,
    ],
    ['an account that is nothing', { ...profile(), accounts: { warm: null } }, /each known point needs/],
    [
      'strategies that are no list',
      { ...profile(), accounts: { warm: { known, strategies: 5 } } },
      /warm account needs strategies/,
    ],
    [
      'a strategy that is nothing',
      { ...profile(), accounts: { warm: { known, strategies: [null] } } },
      /warm account needs strategies, each with its name/,
    ],
    ['no accounts', { ...profile(), accounts: {} }, /has no accounts/],
    ['an account of nobody', profile({ ...warm, strategies: [] }), /warm account needs strategies/],
    [
      'an account that is misspelt',
      { ...profile(), accounts: { wram: warm } },
      /may be one-shot, warm, resident/,
    ],
    ['no points', profile({ ...warm, known: [] }), /it needs known points/],
    [
      'a negative price',
      profile({ ...warm, strategies: [{ ...loop, formula: [{ kind: 'element', ns: -1 }] }] }),
      /for-loop: the formula needs/,
    ],
    [
      'a time of zero',
      profile({ ...warm, strategies: [{ ...loop, formula: [] }] }),
      /for-loop: the formula needs/,
    ],
    [
      'a deviation too many',
      profile({ ...warm, strategies: [{ ...loop, deviations: [0, 0, 0] }] }),
      /one deviation for each known point/,
    ],
    [
      'no band',
      profile({ ...warm, strategies: [{ ...loop, band: Number.NaN }] }),
      /the band must be above 0/,
    ],
    [
      'a point of no size',
      profile({ ...warm, known: [{ ...known[0], keys: 0 }], strategies: [loop] }),
      /each known point needs/,
    ],
    [
      'kernels that are none',
      { ...profile(), kernels: { sum: null } },
      /kernels, sum: each cost needs a form/,
    ],
    [
      'a kernel that takes no time',
      { ...profile(), kernels: { sum: { costs: [{ form: 'list', length: 8, work: 1, ns: 0 }] } } },
      /kernels, sum: each cost needs .* ns above 0/,
    ],
    [
      'a form that there is not',
      { ...profile(), kernels: { sum: { costs: [{ form: 'gpu', length: 8, work: 1, ns: 9 }] } } },
      /kernels, sum: each cost needs a form \(list, typed or wasm\)/,
    ],
    ['kernels in a list', { ...profile(), kernels: [] }, /costs by the kernel's name/],
    [
      'memory that lets nothing through',
      { ...profile(), bandwidth: { bytes: 2 ** 28, oneThreadBytesPerNs: 0, allCoresBytesPerNs: 1 } },
      /bandwidth needs bytes, oneThreadBytesPerNs and allCoresBytesPerNs, above 0/,
    ],
    [
      'cores that take from each other',
      { ...profile(), bandwidth: { bytes: 2 ** 28, oneThreadBytesPerNs: 9, allCoresBytesPerNs: 1 } },
      /all cores together cannot move less than one thread/,
    ],
  ])('%s', (_what, edited, message) => {
    expect(() => choose(edited as Profile, { keys: 8, length: 10 })).toThrow(message);
  });

  it.each<[string, object, string]>([
    ['basis', { basis: 'magic' }, 'basis must be formula or interpolation'],
    ['deviations', { deviations: [700, 0] }, 'deviations must be logarithms'],
    ['a deviation', { deviations: [0, -700] }, 'deviations must be logarithms'],
    ['cpuRatio', { cpuRatio: -3 }, 'cpuRatio must be a number from 0'],
    ['cpuRatio', { cpuRatio: 'two' }, 'cpuRatio must be a number from 0'],
    ['band', { band: 1e9 }, 'the band must be at most 100'],
    ['parallel', { parallel: undefined }, 'parallel must be true or false'],
    ['formula', { formula: [{ kind: 'start', ns: 1e300 }] }, 'no time that could have been measured'],
    ['its name', { strategy: 'red\u001b[31m' }, 'the name of a strategy, a text without control characters'],
    ['its name', { strategy: 'wasm-simd' }, 'the strategy is there twice'],
  ])('%s of a strategy: %o', (_field, change, says) => {
    const edited = profile({ ...warm, strategies: [{ ...loop, ...change }, warm.strategies[1]] });
    expect(() => choose(edited, { keys: 8, length: 10 })).toThrow(says);
    expect(() => choose(edited, { keys: 8, length: 10 })).toThrow(/; calibrate again$/);
  });

  it.each<[object, string]>([
    [{ createdAt: 'banana' }, 'needs createdAt, a date and time'],
    [{ workOption: 5 }, 'needs workOption, a text'],
    [{ leastNsPerNumber: 1e12 }, 'leastNsPerNumber is more than a number takes'],
    [{ kernel: { id: 'burn', title: '\u001b]0;title\u0007' } }, 'needs kernel.title, a text without control'],
    [{ tool: undefined }, 'needs tool, a text'],
  ])('%o', (change, says) => {
    const edited = { ...profile(), ...change } as Profile;
    expect(() => choose(edited, { keys: 8, length: 10 })).toThrow(says);
    expect(() => choose(edited, { keys: 8, length: 10 })).toThrow(/; calibrate again$/);
  });

  it('an account that was not measured', () => {
    expect(() => choose(profile(), { keys: 8, length: 10, account: 'resident' })).toThrow(
      /nothing of the resident account, it has: warm/,
    );
  });
});

it('is what a program gets as breakeven/choose', async () => {
  const imported = await import('breakeven/choose');
  expect(imported.choose(profile(), { keys: 8, length: 10 })).toEqual(
    choose(profile(), { keys: 8, length: 10 }),
  );
});
