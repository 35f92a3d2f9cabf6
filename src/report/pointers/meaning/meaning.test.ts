import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../analysis/analyse.js';
import { modelsOf } from '../../../model/profile.js';
import { scalingOf } from '../../../model/scaling/scaling.js';
import { readResults } from '../../../results/reader.js';
import { pointerProblems } from '../check.js';
import type { Pointer } from '../pointers.js';
import { fieldOf } from '../sources.js';
import { resolve, type Tree } from '../tree.js';
import { meaningOn } from './judge.js';

/** A committed sample, as a reader has it. */
function sampleOf(name: string) {
  const file = (own: string) => new URL(`../../../../../reports/sample/${name}/${own}`, import.meta.url);
  const results = readResults(file('results.ndjson').pathname);
  const text = readFileSync(file('verdict.md'), 'utf8');
  const pointers: Pointer[] = JSON.parse(readFileSync(file('verdict.pointers.json'), 'utf8'));
  return { results, text, pointers };
}

type Sample = ReturnType<typeof sampleOf>;

/** The figures of a line, in front of which these words stand. */
function figuresBehind({ text, pointers }: Sample, words: RegExp): Pointer[] {
  const lines = text.split('\n');
  return pointers.filter(({ line, column }) => words.test(lines[line - 1].slice(0, column - 1)));
}

/** What the checker says where some figures lead elsewhere. */
function problemsWith(
  sample: Sample,
  faults: readonly { at: RegExp; text: string; from: string }[],
): string[] {
  const edited = faults.flatMap(({ at, text, from }) => {
    const found = figuresBehind(sample, at).filter((one) => one.text === text);
    expect(found, `${at} ${text}`).not.toEqual([]);
    return found.map((one) => ({ one, from: [from] }));
  });
  const pointers = sample.pointers.map((pointer) => {
    const fault = edited.find(({ one }) => one === pointer);
    return fault === undefined
      ? pointer
      : { ...pointer, rule: 'value' as const, from: fault.from, records: ['c1'] };
  });
  return pointerProblems(sample.results, sample.text, pointers);
}

describe('an equal number of another meaning is no source', () => {
  const itemCost = sampleOf('item-cost');

  it('not of what pays for itself, of workers, of planned rounds or of a seed', () => {
    const ratio = 'analysis:/accounts/0/points/0/cells/0/ratioToForLoop';
    const rounds = 'analysis:/breakEven/2/costNs/rounds';
    // The values that were once taken for theirs are equal to what is printed.
    const problems = problemsWith(itemCost, [
      { at: /^Here .*paid for itself after $/, text: '1 run [1, 1]', from: ratio },
      { at: /^\| worker-threads \| $/, text: '2', from: rounds },
      { at: /^\| worker-threads \| 2 \| at most $/, text: '2', from: rounds },
      { at: /^\| worker-threads \| 80 B \| $/, text: '2', from: rounds },
      { at: /^- Seed $/, text: '1', from: 'analysis:/claims/1/claim/where/cost/0' },
      { at: /^- Seed \d+, $/, text: '6', from: 'analysis:/accounts/0/points/0/cells/0/state/time/rounds' },
    ]);
    expect(problems).toHaveLength(6);
    for (const problem of problems) expect(problem).toContain('is of another meaning than this place');
  });

  it('not the cores of a claim or the keys of a sweep for rounds', () => {
    const largeLists = sampleOf('large-lists');
    const cores = largeLists.results.header.scenario.claims.findIndex((claim) => claim.cores === 8);
    expect(
      problemsWith(largeLists, [
        { at: /^- Seed \d+, $/, text: '8', from: `header:/scenario/claims/${cores}/cores` },
      ]),
    ).toEqual([expect.stringMatching(/claims\/\d\/cores is of another meaning/)]);
    const grid = sampleOf('grid');
    const keys = 'header:/scenario/sweeps/0/keys/0';
    expect(problemsWith(grid, [{ at: /^Only $/, text: '4', from: keys }])).toEqual([
      expect.stringContaining(`${keys} is of another meaning`),
    ]);
  });

  it('not the same kind of figure of another account, strategy or point', () => {
    const [warm] = figuresBehind(itemCost, /^\| 1 ms \| $/).filter(({ from }) => /accounts\/1/.test(from[0]));
    expect(warm.from).toEqual(['analysis:/accounts/1/points/7/cells/0/state/time']);
    const { judge } = judged(itemCost);
    const elsewhere = (from: string) => judge({ ...warm, from: [from] });
    expect(elsewhere(warm.from[0])).toBeUndefined();
    expect(elsewhere('analysis:/accounts/2/points/7/cells/0/state/time')).toContain(
      'of the account resident',
    );
    expect(elsewhere('analysis:/accounts/1/points/7/cells/1/state/time')).toContain('is of async-tasks');
    expect(elsewhere('analysis:/accounts/1/points/8/cells/0/state/time')).toMatch(/is of .*2 ms of work/);
  });

  it('whatever figure is led to whatever equal number: only those of the same meaning pass', () => {
    // A value of an axis means the same in each cell that has it, as do the rounds of all cells that have most.
    const same = [
      /^header:\/cells\/N\/point\/(\w+) ← header:\/cells\/N\/point\/\1$/,
      /^header:\/cells\/N\/point\/keys ← analysis:\/accounts\/N\/points\/N\/cells\/N\/keys$/,
      /^analysis:\/accounts\/N\/points\/N\/cells\/N\/state\/time\/rounds ← .*\/rounds$/,
      /^header:\/cells\/N\/estimatedBytes ← header:\/cells\/N\/estimatedBytes$/,
      /^header:\/host\/cores ← header:\/host\/usableCores$/,
    ];
    const { roots, judge } = judged(itemCost);
    const equals = numbersOf(roots);
    const figures = itemCost.pointers.filter(({ rule }) =>
      ['value', 'axis value', 'two digits'].includes(rule),
    );
    let tried = 0;
    const passed = new Set<string>();
    for (const pointer of figures)
      for (const other of equals.get(keyOf(resolve(pointer.from[0], roots)) ?? '') ?? []) {
        if (other === pointer.from[0]) continue;
        tried++;
        if (judge({ ...pointer, from: [other] }) === undefined)
          passed.add(`${pointer.from[0]} ← ${other}`.replace(/\/\d+/g, '/N'));
      }
    expect(tried).toBeGreaterThan(10_000);
    expect([...passed].filter((pair) => !same.some((one) => one.test(pair)))).toEqual([]);
  });
});

it('a figure in a sentence that no rule knows is a problem', () => {
  const sample = sampleOf('waiting-items');
  const { judge } = judged({ ...sample, text: `${sample.text}\nSeen 4 times.\n` });
  const line = sample.text.split('\n').length + 1;
  const from = ['header:/rounds'];
  expect(judge({ line, column: 6, text: '4', rule: 'value', from })).toContain(
    'no rule says what stands here',
  );
});

function judged({ results, text }: Sample) {
  const formulas = modelsOf(results);
  const roots: Tree = {
    'header:': results.header,
    'analysis:': analyse(results, { draws: 100 }),
    'formulas:': formulas,
    'scaling:': scalingOf(results, formulas, { draws: 100 }),
  };
  const labels = results.header.strategies.map(({ label }) => label);
  return { roots, judge: meaningOn(text, roots, labels) };
}

/** Pointers to each number and each estimate of a tree, by what they are. */
function numbersOf(roots: Tree): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (pointer: string, value: unknown): void => {
    const key = keyOf(value);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), pointer]);
    if (typeof value !== 'object' || value === null) return;
    // The header is a root of its own.
    for (const [name, each] of Object.entries(value))
      if (pointer !== 'analysis:' || name !== 'header') walk(fieldOf(pointer, name), each);
  };
  for (const [root, value] of Object.entries(roots)) walk(root, value);
  return found;
}

function keyOf(value: unknown): string | undefined {
  if (typeof value === 'number') return `${Math.abs(value)}`;
  if (typeof value !== 'object' || value === null || !('rounds' in value)) return undefined;
  return JSON.stringify([value]);
}
