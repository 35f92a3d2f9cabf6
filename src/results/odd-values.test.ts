import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleStrategies } from '../../test/support/synthetic/example.js';
import { syntheticResults } from '../../test/support/synthetic.js';
import { UserError } from '../contract/errors.js';
import type { CellRecord, JournalLine, RunHeader } from './format.js';
import { createJournal } from './journal.js';
import { readResults } from './reader.js';

const { header, records } = syntheticResults({ strategies: exampleStrategies, sweeps: [{}], rounds: 1 });

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-odd-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What no schema of ours knows: what JSON drops, changes or cannot write is among it. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, '', '__proto__', [], {}, [null], Number.NaN, -0),
  fc.constantFrom<unknown>(1e308, -1, Number.POSITIVE_INFINITY, 9e15, 0.5, 1e-300, new Date(0), Symbol('s')),
  fc.anything(),
);

type Path = readonly (string | number)[];

/** Paths to everything in a value; of long lists to the first entry alone. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return [at, ...inner.flatMap(([name, each]) => pathsIn(each, [...at, name]))];
}

function withChange(value: unknown, [name, ...rest]: Path, change: unknown): unknown {
  if (name === undefined) return change;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Object.defineProperty(copy, name, {
    value: withChange(Reflect.get(copy, name), rest, change),
    enumerable: true,
  });
  return copy;
}

function changesOf<T>(value: T): fc.Arbitrary<T> {
  const paths = pathsIn(value).filter(({ length }) => length > 0);
  const change = fc.tuple(fc.constantFrom(...paths), odd);
  return fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes) => changes.reduce<unknown>((at, [path, to]) => withChange(at, path, to), value) as T);
}

describe('whatever a journal takes, the reader reads:', () => {
  let count = 0;
  const written = (first: RunHeader, lines: readonly JournalLine[]): number => {
    const folder = join(root, `${count++}`);
    const journal = createJournal(folder, first);
    try {
      for (const line of lines) journal.append(line);
    } finally {
      journal.close();
    }
    return readResults(journal.path).records.length;
  };

  test('headers', () => {
    let taken = 0;
    fc.assert(
      fc.property(changesOf(header), (changed) => {
        try {
          taken += written(changed, [records[0]]);
        } catch (cause) {
          if (!(cause instanceof UserError)) throw cause;
          expect(cause.name).not.toBe('ResultsError');
        }
      }),
      { numRuns: 200, seed: 14 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  test('records', () => {
    let taken = 0;
    fc.assert(
      fc.property(changesOf<CellRecord>(records[3]), (changed) => {
        try {
          taken += written(header, [changed]);
        } catch (cause) {
          if (!(cause instanceof UserError)) throw cause;
          expect(cause.name).not.toBe('ResultsError');
        }
      }),
      { numRuns: 200, seed: 14 },
    );
    expect(taken).toBeGreaterThan(5);
  });
});

describe('a header that nobody could read is refused before anything is measured, with its field:', () => {
  const { scenario } = header;
  const claim = { says: 'x', account: 'warm', faster: 'for-loop', than: 'wasm-simd', where: {} };
  test.each([
    ['a kernel option true', { kernel: { ...scenario.kernel, options: { fast: true } } }, /options\.fast/],
    ['a kernel option null', { kernel: { ...scenario.kernel, options: { fast: null } } }, /options\.fast/],
    ['a kernel option list', { kernel: { ...scenario.kernel, options: { fast: [1] } } }, /options\.fast/],
    ['a claim without account', { claims: [{ ...claim, account: undefined }] }, /claims\.0\.account/],
    ['a claim null', { claims: [null] }, /claims\.0/],
  ])('%s', (name, change, message) => {
    const bad = { ...header, scenario: { ...scenario, ...change } } as unknown as RunHeader;
    const folder = join(root, name);
    expect(() => createJournal(folder, bad)).toThrow(message);
    expect(() => createJournal(folder, bad)).toThrow(/Nothing was measured/);
  });
});

test('a round that no run can have reached is refused: tables are made by its number', () => {
  const path = join(root, 'far.ndjson');
  writeFileSync(
    path,
    [header, { ...records[0], round: 9e5 }].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  expect(() => readResults(path)).toThrow(/line 2: round: 900000 after 1 records/);
});
