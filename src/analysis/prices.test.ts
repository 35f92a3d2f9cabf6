import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../test/support/synthetic.js';
import type { Price } from '../contract/scenario.js';
import { pricesOf } from './prices.js';
import { tableOf } from './table.js';
import type { PriceFigure } from './types.js';

/** 20 µs and 3 ns per int or 9 ns per double to place; 5 µs to compute, whatever the size. */
const sender: StrategyModel = {
  label: 'sender',
  family: 'threads',
  openNs: 30e6,
  place: ({ elements, point }) => 20_000 + (point.values === 'doubles' ? 9 : 3) * elements,
  compute: () => 5_000,
  collect: ({ elements }) => elements,
};
const row = (of: Price['of'], per: Price['per']): Price => ({ what: of, strategy: 'sender', of, per });
const sweeps = [{ keys: [1], length: [1_000, 10_000, 100_000], values: ['ints', 'doubles'] }];

function listOf(rows: readonly Price[], run: Partial<SyntheticRun> = {}) {
  const results = syntheticResults({ sweeps, strategies: [sender], noise: { cell: 0.01 }, ...run });
  const { scenario, ...header } = results.header;
  const prices = { rows, alone: true } as const;
  return pricesOf(tableOf({ ...results, header: { ...header, scenario: { ...scenario, prices } } }, 2));
}

function priced(figure: PriceFigure | undefined) {
  if (figure?.kind !== 'priced') throw new Error(`no price: ${JSON.stringify(figure)}`);
  return figure;
}

function bySize(figure: PriceFigure | undefined) {
  if (figure?.kind !== 'by size') throw new Error(`no price: ${JSON.stringify(figure)}`);
  return figure;
}

describe('a price list', () => {
  it('is there only where the scenario asks for one', () => {
    expect(pricesOf(tableOf(syntheticResults({ sweeps, strategies: [sender] }), 2))).toBeUndefined();
  });

  it('takes a phase apart into a price per event and one per number, for each kind of numbers', () => {
    const list = listOf([row('place', 'number')]);
    expect(list?.groups).toEqual([{ values: 'ints' }, { values: 'doubles' }]);
    const [ints, doubles] = (list?.rows[0].figures ?? []).map(bySize);
    for (const [figure, perNumber] of [
      [ints, 3],
      [doubles, 9],
    ] as const) {
      const { line, sizes } = figure;
      expect(line?.perNumberNs.value).toBeCloseTo(perNumber, 0);
      expect(line?.perNumberNs.interval?.low).toBeLessThan(perNumber);
      expect(line?.perNumberNs.interval?.high).toBeGreaterThan(perNumber);
      expect(line?.perEventNs.value).toBeGreaterThan(19_000);
      expect(line?.perEventNs.value).toBeLessThan(21_000);
      expect(line?.offBy).toBeLessThan(0.05);
      expect(sizes.map(({ elements }) => elements)).toEqual([1_000, 10_000, 100_000]);
      for (const { elements, perNumberNs } of sizes) {
        const truth = 20_000 / elements + perNumber;
        expect(Math.abs(perNumberNs.value / truth - 1)).toBeLessThan(0.05);
      }
    }
  });

  it('covers the truth in about 95 of 100 runs', () => {
    const covered = Array.from({ length: 200 }, (_, seed) => {
      const list = listOf([row('place', 'number')], { seed: seed + 1, rounds: 5, noise: { cell: 0.05 } });
      const { interval } = bySize(list?.rows[0].figures[0]).line?.perNumberNs ?? {};
      return interval !== undefined && interval.low <= 3 && interval.high >= 3;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThan(180);
  });

  it('tells an event from all points together, of the resident account and of the first session', () => {
    const list = listOf([row('resident', 'event'), row('open', 'event')]);
    const [resident, open] = (list?.rows ?? []).map(({ event }) => priced(event));
    expect(resident.perEventNs.value).toBeCloseTo(5_000, -2);
    expect(open.perEventNs.value).toBeCloseTo(30e6, -6);
    expect(open.perEventNs.interval?.low).toBeLessThan(open.perEventNs.interval?.high ?? 0);
  });

  it('has no intervals below 4 rounds, and no line through a single size', () => {
    const few = bySize(listOf([row('place', 'number')], { rounds: 3 })?.rows[0].figures[0]);
    expect(few.sizes[0].perNumberNs.interval).toBeUndefined();
    expect(few.line?.perNumberNs.interval).toBeUndefined();
    const single = [{ keys: [1], length: [1_000_000] }];
    const one = bySize(listOf([row('collect', 'number')], { sweeps: single })?.rows[0].figures[0]);
    expect(one.line).toBeUndefined();
    expect(one.sizes[0].perNumberNs.value).toBeCloseTo(1, 1);
  });

  it('misses by much where the price depends on the size, and says so', () => {
    const cliff: StrategyModel = {
      ...sender,
      place: ({ elements }) => (elements > 50_000 ? 4 : 1) * elements,
    };
    const figure = bySize(listOf([row('place', 'number')], { strategies: [cliff] })?.rows[0].figures[0]);
    expect(figure.line?.offBy).toBeGreaterThan(0.2);
    expect(figure.sizes.map(({ perNumberNs }) => Math.round(perNumberNs.value))).toEqual([1, 1, 4]);
  });

  it('says why there is no figure', () => {
    const absent: StrategyModel = { ...sender, notApplicable: () => 'skipped: needs a fez' };
    const [first] = listOf([row('place', 'number')], { strategies: [absent] })?.rows ?? [];
    expect(first.figures[0]).toEqual({
      kind: 'none',
      why: { kind: 'no time', reason: 'skipped: needs a fez' },
    });
  });

  it('says so of an event, too, whose strategy has no such stage', () => {
    const whole: StrategyModel = { label: 'sender', family: 'serial', compute: () => 5_000 };
    const [first] = listOf([row('place', 'event')], { strategies: [whole] })?.rows ?? [];
    expect(first.event).toEqual({ kind: 'none', why: { kind: 'too short' } });
  });

  it('leaves out the rows of strategies that take no part in the run, and is none without any', () => {
    const absent = { ...row('place', 'number'), strategy: 'nobody' };
    expect(listOf([absent])).toBeUndefined();
    expect(listOf([absent, row('place', 'number')])?.rows.map(({ price }) => price.strategy)).toEqual([
      'sender',
    ]);
  });
});
