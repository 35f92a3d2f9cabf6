import { expect, test } from 'vitest';
import { checksum } from './compare.js';
import { type DictionarySpec, generate } from './generate.js';
import { generateInParallel } from './generate-in-parallel.js';
import { blockSize, NumberStream } from './number-stream.js';

const spec: DictionarySpec = { keys: 3, length: 10, skew: 'equal', values: 'ints', seed: 7 };

test.each(['ints', 'doubles'] as const)(
  'threads make the same %s as one, to the byte, with blocks that end within lists',
  async (values) => {
    const large = { ...spec, values, length: blockSize - 12_345 };
    const alone = checksum(generate(large, 'columns'));
    expect(checksum(await generateInParallel(large, 3))).toBe(alone);
  },
);

test('a block begins anew, in lists and in columns alike, and differs from its neighbours', () => {
  const across = new Float64Array(6);
  const stream = new NumberStream(spec);
  stream.fill(new Float64Array(blockSize - 3), 0, blockSize - 3);
  stream.fill(across, 0, 6);
  const second = new Float64Array(6);
  new NumberStream(spec, 1).fill(second, 0, 6);
  expect([...across.subarray(3)]).toEqual([...second.subarray(0, 3)]);
  expect([...second]).not.toEqual([...generate(spec, 'columns').values.subarray(0, 6)]);
});

test('small dictionaries need no thread, and a bad spec is refused as by one', async () => {
  expect(checksum(await generateInParallel(spec, 4))).toBe(checksum(generate(spec, 'columns')));
  await expect(generateInParallel({ ...spec, keys: 0 }, 4)).rejects.toThrow(
    'keys 0: it must be a whole number',
  );
});
