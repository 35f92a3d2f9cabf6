import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import { exampleStrategies, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import type { Finding, FindingId } from '../../analysis/findings/finding.js';
import type { Block } from '../../document/document.js';
import { plainText } from '../../document/words.js';
import { answerSection, answerText } from './answer.js';
import { doubtsSection, findingSentences, findingText } from './doubts.js';

const keys = [{ keys: [4, 8] }];
const estimate = { value: 2.5, rounds: 8 };
const interval = { low: 100, high: 1000 };

/** A finding of every kind, about the second cell where it is about any. */
const examples: { readonly [Id in FindingId]: Extract<Finding, { id: Id }>['facts'] } = {
  'nothing-measured': {},
  interrupted: { records: 54 },
  'cells-wrong': {},
  'cells-crashed': {},
  'busy-machine': { kind: 'share', share: 0.6 },
  'stolen-time': { share: 0.05 },
  'throttled-clock': { longer: 0.1 },
  'work-off-axis': { option: 'cost', factor: 1.9 },
  'older-series': { version: 2 },
  'cache-warm': {},
  'data-in-cache': { because: 'memory' },
  'quick-run': {},
  'few-rounds': { rounds: 3 },
  'first-round-slower': { slower: 0.2 },
  'drift-over-rounds': { change: -0.2 },
  'two-modes': { apart: 0.15 },
  'typical-call-differs': {
    places: [{ account: 'warm', point: { keys: 4 }, byMean: 'for-loop', byMedian: 'x' }],
  },
  'series-falling': { series: 2 },
  'series-rising': { series: 2 },
  'series-jumping': { series: 2 },
  'timer-too-coarse': { series: 2, steps: 25 },
  'program-clocks-apart': { apartShare: 0.05, apartNs: 2e5, worst: 0.3 },
  'garbage-collection': { series: 2, above: 0.2, worst: 0.5 },
  'new-memory': { strategy: 'x', point: { keys: 4 }, touchShare: 0.4, gcShare: 0.1 },
  'memory-above-estimate': { above: 1.2 },
  'memory-near-limit': { above: 0.8 },
  'quota-below-cores': { uneven: true },
  'more-workers-than-cores': { workers: 8 },
  'wide-intervals': { wide: 1, times: 9, above: 0.25 },
  'speed-up-above-workers': {
    places: [{ strategy: 'x', account: 'warm', point: { keys: 4 }, speedUp: estimate, workers: 2 }],
  },
  'bracket-too-wide': {
    crossovers: [
      { axis: 'length', question: 'parallel against best single-thread', account: 'warm', interval },
    ],
  },
};

const analysis = analysed({ sweeps: keys });
const [, second] = analysis.header.cells;
const findings = Object.entries(examples).map(
  ([id, facts]) =>
    ({ id, severity: 'warning', strategies: [second.strategy], cells: [second.id], facts }) as Finding,
);

/** The sentences of answer and doubts, as a reader sees them. */
function sentencesOf(one: typeof analysis): string[] {
  const texts = (block: Block) =>
    block.kind === 'paragraph' || block.kind === 'caution'
      ? [block.text]
      : block.kind === 'list'
        ? block.items
        : [];
  const sections = [answerSection(one, []), doubtsSection(one)];
  return sections
    .flatMap(({ blocks }) => blocks.flatMap(texts))
    .flatMap((words) => plainText(words).split(/(?<=[.!?])\s+(?=[A-Z])/))
    .map((sentence) => sentence.replace(/^(Doubt|Note|Do not rely on this run): /, ''));
}

function repeated(sentences: readonly string[]): string[] {
  return sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i);
}

describe('doubts in words', () => {
  it.each(findings)('$id: sentences that end, without what nobody knows', (finding) => {
    const said = findingSentences(finding, analysis.header).map(plainText);
    expect(said.length).toBeGreaterThanOrEqual(2);
    for (const sentence of said) expect(sentence).toMatch(/^[A-Z1-9q].*\.$/);
    expect(said.join(' ')).not.toMatch(/undefined|NaN|unknown/);
  });

  it('name whom they are about, and how many more', () => {
    const strategies = exampleStrategies.map(({ label }) => label);
    const many: Finding = {
      id: 'memory-above-estimate',
      severity: 'note',
      strategies,
      cells: analysis.header.cells.map(({ id }) => id),
      facts: { above: 1.2 },
    };
    const more = strategies.length - 3;
    expect(plainText(findingText(many, analysis.header))).toContain(
      `${analysis.header.cells.length} cells of ${strategies.slice(0, 3).join(', ')} and ${more} more used more than 120 %`,
    );
  });
});

describe('nothing is said twice', () => {
  const quick = { quick: true, rounds: 3, scenario: { quickNote: 'two lengths of four' } };

  it.each<[string, typeof analysis]>([
    ['every doubt at once', { ...analysis, findings }],
    [
      'blockers',
      { ...analysis, findings: findings.map((one) => ({ ...one, severity: 'blocker' as const })) },
    ],
    ['a quick run', analysed({ ...quick, sweeps: keys })],
    ['few rounds', analysed({ rounds: 3, sweeps: keys })],
    [
      'an interrupted run',
      analyse(syntheticResults({ strategies: exampleStrategies, sweeps: keys, stopAfter: 20 }), {
        draws: 50,
      }),
    ],
  ])('%s', (_, one) => {
    const sentences = sentencesOf(one);
    expect(one.findings.length).toBeGreaterThan(0);
    expect(repeated(sentences)).toEqual([]);
    // And nothing is lost: each doubt stands in one of the two places.
    for (const finding of one.findings) {
      const [first] = findingSentences(finding, one.header).map(plainText);
      const there = sentences.filter((sentence) => sentence.endsWith(first) || first.startsWith(sentence));
      if (finding.id !== 'nothing-measured') expect(there).toHaveLength(1);
    }
  });

  it('the search finds what is', () => expect(repeated(['a.', 'b.', 'a.'])).toEqual(['a.']));
});

it('the answer of an analysis is composed once', () => {
  expect(answerText(analysis)).toBe(answerText(analysis));
});
