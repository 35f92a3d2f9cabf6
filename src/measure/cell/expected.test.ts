import { describe, expect, test } from 'vitest';
import type { Lists } from '../../contract/dictionary.js';
import { checksum } from '../../dictionary/checksum.js';
import { findKernel } from '../../plugins/kernel.js';
import { quickSampling } from '../order.js';
import { Expected } from './expected.js';
import { Freshener } from './input.js';

const { module } = await findKernel('square-minus-13');

function expectedOf(kernel: string, digests?: { data: string; flipped: string }) {
  const input: Lists = new Map([['a', [3, 4]]]);
  const order = {
    cell: 'c1',
    label: 'for-loop',
    strategy: { module: '', options: {} },
    kernel: { module: kernel, options: {} },
    from: 'lists',
    data: { kind: 'file', path: '' },
    workers: 1,
    chunk: 'key',
    sampling: quickSampling,
    limitMs: 1_000,
    heapMegabytes: 64,
    verify: true,
    ...(digests ? { expected: digests } : {}),
  } as const;
  return new Expected(order, input, new Freshener(input));
}

const right = { digest: checksum(new Map([['a', [-4, 3]]])) };
const rightFlipped = { digest: checksum(new Map([['a', [3, 3]]])) };
const wrong = { digest: checksum(new Map([['a', [-4, 4]]])) };

describe('the right answers, by digest', () => {
  test('are computed here where nobody has, and handed on, those to the changed data too', async () => {
    const expected = expectedOf(module);
    expect(await expected.differenceOf(right, false)).toBeUndefined();
    expect(await expected.differenceOf(rightFlipped, true)).toBeUndefined();
    expect(await expected.differenceOf(right, false)).toBeUndefined();
    expect(await expected.differenceOf(wrong, false)).toContain('differs');
    expect(await expected.digests()).toEqual({ data: right.digest, flipped: rightFlipped.digest });
  });

  test('of an earlier cell serve without the kernel', async () => {
    const known = { data: right.digest, flipped: rightFlipped.digest };
    const expected = expectedOf('file:///there/is/no/kernel.js', known);
    expect(await expected.differenceOf(right, false)).toBeUndefined();
    expect(await expected.differenceOf(rightFlipped, true)).toBeUndefined();
    expect(expected.isKnown(new Map([['a', [-4, 3]]]), false)).toBe(true);
    expect(expected.isKnown(new Map([['a', [-4, 4]]]), false)).toBe(false);
    expect(await expected.digests()).toBeUndefined();
  });

  test('of an earlier cell cannot make a right answer wrong, nor a wrong one right', async () => {
    const bad = { data: wrong.digest, flipped: wrong.digest };
    expect(await expectedOf(module, bad).differenceOf(right, false)).toBeUndefined();
    const good = { data: right.digest, flipped: rightFlipped.digest };
    expect(await expectedOf(module, good).differenceOf(wrong, false)).toContain('differs');
  });
});
