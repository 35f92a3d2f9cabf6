import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document/document.js';
import { paragraph, text } from '../src/document/document.js';
import { figure } from '../src/document/figure.js';
import type { Results } from '../src/results/format.js';
import { readResults } from '../src/results/reader.js';
import { documentOf } from './support/documents.js';
import { root } from './support/goldens.js';
import { madeUpRuns } from './support/made-up-runs.js';
import { provenanceProblems } from './support/provenance.js';

function namesOf({ header }: Results): string[] {
  return [
    ...header.strategies.map(({ label }) => label),
    ...(header.host.caches ?? []).map(({ name }) => name),
  ];
}

describe('each figure of a verdict leads to its number in the same file, and no number is from nowhere', () => {
  it.each(['large-lists', 'item-cost', 'waiting-items', 'overheads', 'grid'])('sample %s', (name) => {
    const results = readResults(`${root}reports/sample/${name}/results.ndjson`);
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });

  it.each(madeUpRuns)('made up: %s', (_, results) => {
    expect(provenanceProblems(documentOf(results), namesOf(results))).toEqual([]);
  });
});

describe('what is wrong is found', () => {
  const cost = { ns: 5 };
  const documentWith = (data: object, ...words: Parameters<typeof paragraph>[0][]): Document => ({
    title: ['x'],
    data,
    sections: [{ id: 'x', title: ['x'], blocks: words.map((each) => paragraph(each)) }],
  });

  it('a figure that is no part of the data, and a number in words', () => {
    expect(provenanceProblems(documentWith({}, text`${figure(cost, 'ns', 'ns')}`), [])).toEqual([
      '"5 ns" (ns) has no place in the data',
    ]);
    expect(provenanceProblems(documentWith({}, `costs ${cost.ns} ns`), [])).toEqual([
      'a number from nowhere in "costs 5 ns"',
    ]);
  });

  it('a figure of data that JSON does not hold', () => {
    const data = { prices: new Map([['a', cost]]), cost: { toJSON: () => ({ ns: 6 }), ns: 5 } };
    expect(provenanceProblems(documentWith(data, text`${figure(data.cost, 'ns', 'ns')}`), [])).toEqual([
      '"5 ns": "/cost/ns" is 6',
    ]);
  });
});
