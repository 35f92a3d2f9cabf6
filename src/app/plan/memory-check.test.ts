import { expect, test } from 'vitest';
import { madeUpRequest, madeUpStrategy } from '../../../test/support/made-up-plan.js';
import { makePlan } from '../../measure/plan.js';
import { checkMemory } from './checks.js';

const { scenario } = madeUpRequest();
const planFor = (keys: number, length: number) =>
  makePlan(
    madeUpRequest({
      scenario: { ...scenario, sweeps: [{ keys: [keys], length: [10, length] }] },
      strategies: [madeUpStrategy('small'), madeUpStrategy('large', { footprint: { lists: 4 } })],
    }),
  );

test('a run that fits is let through', async () => {
  const plan = await planFor(8, 1_000);
  expect(() => checkMemory(plan, 2 ** 30)).not.toThrow();
});

test.each([
  [
    8,
    100_000_000,
    /^large at 8 keys and 800000000 numbers needs about 4\d GiB, and .* of the free 4 GiB may be used\. --length \d+ would fit\.$/,
  ],
  [1_000_000, 100, /^large at 1000000 keys .* --keys \d+ would fit\.$/],
])(
  '%d keys × %d numbers are refused with the figure needed, the figure free and what would fit',
  async (keys, length, words) => {
    const plan = await planFor(keys, length);
    expect(() => checkMemory(plan, 4 * 2 ** 30)).toThrow(words);
  },
);

test('what it says would fit is let through', async () => {
  const free = 4 * 2 ** 30;
  const large = await planFor(8, 100_000_000);
  const [, fits] = /--length (\d+) would fit/.exec(messageOf(() => checkMemory(large, free))) ?? [];
  expect(Number(fits)).toBeGreaterThan(1_000);
  const fitting = await planFor(8, Number(fits));
  expect(() => checkMemory(fitting, free)).not.toThrow();
});

test('where nothing would fit it says so', async () => {
  const plan = await planFor(1, 10);
  expect(messageOf(() => checkMemory(plan, 2 ** 10))).toContain('take fewer strategies');
});

function messageOf(call: () => void): string {
  try {
    call();
  } catch (cause) {
    return (cause as Error).message;
  }
  throw new Error('it did not throw');
}
