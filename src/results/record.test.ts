import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleResults } from '../../test/support/synthetic.js';
import type { Measured } from './record.js';
import { withClockDigits } from './record.js';

const measured = exampleResults().records.flatMap(({ outcome }) =>
  outcome.status === 'measured' ? [outcome] : [],
);
const [outcome] = measured;

function withSamples(samplesNs: readonly number[]): Measured {
  const { warm, resident } = outcome;
  if (warm === undefined || resident.status !== 'measured') throw new Error('the example has both');
  return { ...outcome, warm: { ...warm, samplesNs }, resident: { ...resident, samplesNs } };
}

test('samples keep their order, their zeros and what is equal, and are off by less than any clock', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e15, noNaN: true }), { maxLength: 40 }), (all) => {
      const kept = withClockDigits(withSamples(all));
      const samples = kept.status === 'measured' ? (kept.warm?.samplesNs ?? []) : [];
      expect(samples).toHaveLength(all.length);
      for (const [index, ns] of samples.entries()) {
        expect(Math.abs(ns - all[index])).toBeLessThanOrEqual(5e-7 * all[index]);
        for (const [other, than] of samples.entries())
          if (all[other] <= all[index]) expect(than).toBeLessThanOrEqual(ns);
      }
    }),
  );
});

test('a record of a short cell takes less than half of its space, and nothing but samples changes', () => {
  const many = withSamples(Array.from({ length: 3_000 }, (_, i) => 1_000 + Math.sqrt(i)));
  const kept = withClockDigits(many);
  expect(JSON.stringify(kept).length).toBeLessThan(0.5 * JSON.stringify(many).length);
  expect(isDeepStrictEqual(withClockDigits(kept), kept)).toBe(true);
  const { samplesNs: _, ...before } = many.warm ?? { samplesNs: [] };
  const { samplesNs: __, ...after } = (kept.status === 'measured' && kept.warm) || { samplesNs: [] };
  const { stages: ___, ...rest } = before as NonNullable<Measured['warm']>;
  expect(after).toMatchObject(rest);
});
