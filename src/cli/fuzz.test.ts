import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mutated } from '../../test/support/cli/fuzz/mutations.js';
import { openReaders, put, type Reader } from '../../test/support/cli/fuzz/readers.js';
import { tryInput } from '../../test/support/cli/fuzz/try-input.js';

const { readers, remove } = openReaders();
afterAll(remove);

/** `npm run fuzz` does the same a hundred thousand times, and looks at memory, too. */
const inputsEach = 200;

describe('what comes from outside ends with a value or with a sentence for the user', {
  timeout: 120_000,
}, () => {
  it.each(readers)('$name', async (reader) => {
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 - 1 }), async (number) => {
      const tried = await tryInput(reader, number);
      expect(tried, `input ${number}`).not.toMatchObject({ kind: 'violation' });
    });
    await fc.assert(property, { seed: 1, numRuns: Math.ceil(inputsEach * reader.share), endOnFailure: true });
  });

  it.each(readers)(
    '$name accepts what it was made from: mutations of it get behind the first check',
    async (reader) => {
      put(reader, reader.seeds[0]);
      await expect(Promise.resolve().then(() => reader.read())).resolves.not.toThrow();
    },
  );
});

describe('an input', () => {
  it('is the same for the same number, and another for another', () => {
    const seeds = [Buffer.from('{"a":[1,2,3],"b":{"c":"d"}}')];
    expect(mutated(seeds, 7)).toEqual(mutated(seeds, 7));
    const all = new Set(
      Array.from({ length: 100 }, (_, number) => mutated(seeds, number).toString('latin1').slice(0, 200)),
    );
    expect(all.size).toBeGreaterThan(60);
  });
});

describe('a reader that breaks its promise is found', () => {
  const [any] = readers;
  const found = async (read: Reader['read']) => (await tryInput({ ...any, read }, 1)).kind;

  it.each([
    ['throws what is no sentence', () => JSON.parse('{').x],
    [
      'overflows the stack',
      function overflow(): unknown {
        return [overflow()];
      },
    ],
    [
      'takes longer than a second',
      () => {
        for (const end = process.cpuUsage().user + 1.2e6; process.cpuUsage().user < end; );
      },
    ],
  ])('%s', async (_, read) => {
    expect(await found(read)).toBe('violation');
  });

  it('and one that keeps it is not', async () => {
    expect(await found(() => 1)).toBe('accepted');
  });
});
