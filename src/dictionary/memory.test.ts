import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { dictionaryBytes } from './memory.js';

const run = promisify(execFile);

/** Heap and typed arrays that a fresh process holds after it made the dictionary and collected its garbage. */
async function measuredBytes(keys: number, length: number, form: string, values: string): Promise<number> {
  const script = `
    const { generate } = await import(${JSON.stringify(new URL('./generate.js', import.meta.url).href)});
    const held = () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    const make = (keys, length) => generate({ keys, length, skew: 'equal', values: '${values}', seed: 1 }, '${form}');
    make(4, 4);
    const before = held();
    const dictionary = make(${keys}, ${length});
    console.log(held() - before, dictionary === undefined);`;
  const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
  return Number.parseInt(stdout, 10);
}

test.each([
  [250_000, 10, 'lists', 'ints'],
  [250_000, 10, 'columns', 'doubles'],
  [16, 250_000, 'lists', 'doubles'],
  [16, 250_000, 'columns', 'ints'],
] as const)(
  '%d lists of %d as %s of %s take within 10 %% of the estimate',
  async (keys, length, form, values) => {
    const estimate = dictionaryBytes({ keys, elements: keys * length }, form);
    const measured = await measuredBytes(keys, length, form, values);
    expect(estimate / measured).toBeGreaterThan(0.9);
    expect(estimate / measured).toBeLessThan(1.1);
  },
  30_000,
);

test('a Map just past a power of two is estimated with its empty half', () => {
  const perKey = (keys: number) => dictionaryBytes({ keys, elements: 0 }, 'lists') / keys;
  expect(perKey(2 ** 20 + 1) - perKey(2 ** 20)).toBeCloseTo(28, 0);
});
