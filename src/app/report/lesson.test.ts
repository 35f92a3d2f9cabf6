import { describe, expect, test } from 'vitest';
import { type MadeUp, madeUpParts, madeUpResults } from '../../../test/support/lesson-runs.js';
import { compareAll } from '../../documents/lesson/compared.js';
import { factsOf } from '../../documents/lesson/facts.js';
import { partsOf } from '../../documents/lesson/part.js';
import { questions } from '../../documents/lesson/questions.js';
import { leftOut } from '../../documents/lesson/section.js';
import { blockMarkdown } from '../../render/markdown.js';
import { lessonPage, lessonPaths } from './lesson.js';
import { makePageFiles } from './page.js';

const withoutCharts = () => {
  throw new Error('no charts here');
};

function lessonOf(made?: MadeUp): string {
  const [lesson] = makePageFiles(lessonPage(madeUpParts(made)), withoutCharts).files;
  return 'text' in lesson ? lesson.text : '';
}

test('the lesson and its charts have the paths that are asked for before it is measured', () => {
  expect(makePageFiles(lessonPage(madeUpParts())).files.map(({ path }) => path)).toEqual(lessonPaths);
});

/** The part of the lesson under a heading. */
function section(text: string, number: number): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${number}. `)) ?? '';
}

function seen(text: string): string[] {
  return [...text.matchAll(/^- (.*)$/gm)].map(([, sentence]) => sentence);
}

const needs = 'Python 3.8 or newer (python3 is not on this machine)';
const whole = lessonOf();

describe('the lesson on a machine with two cores and Python', () => {
  test('has six parts, and three exercises with folded answers', () => {
    expect([...whole.matchAll(/^## (\d)\./gm)].map(([, number]) => number)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
    ]);
    expect(whole.match(/<details><summary>Answer<\/summary>\n\n.+\n\n<\/details>/g)).toHaveLength(3);
  });

  test('says nothing without a number, and nothing undefined', () => {
    const sentences = seen(whole);
    expect(sentences.length).toBeGreaterThan(25);
    expect(sentences.filter((sentence) => !/\d/.test(sentence))).toEqual([]);
    expect(whole).not.toMatch(/undefined|NaN|∞|Not decided|Not measured/);
  });

  test('is the same bytes for the same results', () => {
    expect(lessonOf()).toBe(whole);
  });

  test('(1) waits gain by being under way at once, work does not; a sleep shows nothing of work', () => {
    const text = section(whole, 1);
    expect(text).toMatch(/eight of them on one single thread \(`async-tasks`\) were 7\.9× \[.*\] as fast/);
    expect(text).toContain('on one thread `async-tasks` gained nothing');
    expect(text).toMatch(/the sleeping pool gained 7\.\d× on 2 cores\. .* says nothing about computing/);
    expect(text).toContain('it would have looked the same');
    expect(text).toMatch(/kept 0\.01 of a core busy; while they computed, 1\.0\./);
  });

  test('(2) two threads take turns, two processes do not, and the busy cores show it', () => {
    const text = section(whole, 2);
    expect(text).toContain('Two Python threads were no gain over one');
    expect(text).toMatch(/Two Python processes were 1\.8\d*× \[.*\] as fast as one thread/);
    expect(text).toMatch(/Two Python threads kept 1\.0 cores busy, two processes 1\.6\./);
    expect(text).toContain('threads for waiting and processes for computing');
  });

  test('(3) a trip costs more than the work', () => {
    expect(section(whole, 3)).toMatch(
      /pool of threads that get clones the same answers took 15× \[.*\] as long/,
    );
  });

  test('(4) arrays win in place and lose from lists', () => {
    const text = section(whole, 4);
    expect(text).toMatch(/numpy was 4\d× \[.*\] as fast as the Python loop/);
    expect(text).toMatch(/From lists it turned: `wasm-simd` took 1\.\d+× .* as long/);
  });

  test('(5) each way pays from its own amount of work on', () => {
    const text = section(whole, 5);
    expect(text).toMatch(
      /`worker-threads` .* did not pay at 160 ns of work per number, 32 square roots; it did at 6\d\d ns/,
    );
    expect(text).toMatch(/`worker-threads-shared` .* paid from the least that was tried on: 40 ns/);
    expect(text).toContain('here from 128 square roots per number down to 8');
    expect(text).toMatch(/Starting and stopping `worker-threads` .* has paid for itself after 4 calls/);
  });
});

describe('a claim that the run does not support is replaced by what was found', () => {
  test.each<[string, MadeUp, number, RegExp]>([
    [
      'threads that do compute side by side',
      { slower: { 'lock python-threads': 0.5 } },
      2,
      /Two Python threads were 1\.99?× .* this interpreter let them compute side by side.*is not what this run shows in full/s,
    ],
    [
      'processes that lose',
      { slower: { 'lock python-process-pool[chunksize=1]': 4 } },
      2,
      /Two Python processes took 2\.\d× .* as long/,
    ],
    [
      'tasks that gain on work',
      { slower: { 'working async-tasks': 0.5 } },
      1,
      /`async-tasks` was 2× .* look for what else differs/,
    ],
    [
      'tasks that wait no better',
      { slower: { 'waiting async-tasks': 8 } },
      1,
      /`async-tasks`\) gained nothing here: 0\.9\d×/,
    ],
    [
      'a machine with many cores',
      { cores: 16 },
      1,
      /no more than 16 cores could give: on this machine that number alone does not tell/,
    ],
    [
      'sending that is free',
      { slower: { 'sending worker-threads': 0.03 } },
      3,
      /Here a pool of threads that get clones was 2\.\d× .* as fast as the loop/,
    ],
    [
      'arrays that lose in place',
      { slower: { 'vectors wasm-simd': 20, 'vectors python-numpy': 60 } },
      4,
      /`wasm-simd`\) took .* as long as the loop, in place.*Packed arrays were not shown to win/s,
    ],
    [
      'pools that never pay',
      {
        slower: {
          'paying worker-threads': 10,
          'paying worker-threads-transfer': 10,
          'paying worker-threads-shared': 10,
        },
      },
      5,
      /did not pay at any amount that was tried, up to 2\.6 µs of work per number, 512 square roots.*None of these ways/s,
    ],
    [
      'a pool that is worth its start at once',
      { slower: { 'paying for-loop': 5 } },
      6,
      /Yes: the first session took .* Even with its start/,
    ],
    [
      'fractions that are as cheap as whole numbers',
      { slower: { 'working python-process-pool[chunksize=1]': 0.2 } },
      6,
      /Four times as many were at least four times as fast/,
    ],
  ])('%s', (_, made, part, says) => {
    expect(section(lessonOf(made), part)).toMatch(says);
  });
});

describe('what is not decided', () => {
  const few = lessonOf({ rounds: 2, quick: true });

  test('below four rounds nothing is, and nothing is called no gain', () => {
    for (const number of [1, 2, 3, 4])
      for (const sentence of seen(section(few, number))) expect(sentence).toMatch(/Not decided here/);
    expect(few).not.toMatch(/no gain|gained nothing|the same within/);
    expect(few).toContain('Measured quickly, in 2 rounds: the numbers are indicative.');
  });

  test('noise alone decides nothing: a tie under noise is no "no gain"', () => {
    expect(section(lessonOf({ noise: 0.3 }), 2)).toContain(
      'Not decided here: whether two Python threads compute faster than one',
    );
  });

  test('winners are corrected over all that is asked of their part', () => {
    const parts = madeUpParts({
      slower: { 'lock worker-threads': 1.3 },
      rounds: 8,
      noise: 0.1,
      only: ['lock'],
    });
    const { it: alone } = compareAll(parts, { it: questions.twoNodeThreads });
    const { twoNodeThreads: among } = compareAll(parts, questions);
    expect([alone.kind, among.kind]).toEqual(['faster', 'undecided']);
    expect(among).toHaveProperty('ratio', alone.kind === 'missing' ? undefined : alone.ratio);
  });
});

describe('without Python', () => {
  const text = lessonOf({ needs });

  test('says at the top what was left out and why, and in each part that has any', () => {
    expect(text).toContain(`Left out, because something is not installed (${needs})`);
    for (const number of [1, 2, 3, 4]) expect(section(text, number)).toContain('> Left out here: `python-');
    expect(section(text, 5)).not.toContain('Left out here');
  });

  test('keeps every other sentence, and none about Python', () => {
    expect(section(text, 1)).toContain('`async-tasks` gained nothing');
    expect(section(text, 2)).toContain('Two threads in Node were');
    for (const sentence of seen(text)) expect(sentence).not.toMatch(/Python|numpy/);
    expect(text).toContain('| Still faster is numpy | not measured |');
  });
});

test('what is missing is counted: one thing is, two are', () => {
  const [one, two] = ['Python 3.8 or newer', 'numpy'];
  const sayMissing = (needs: readonly string[]) => {
    const [[part, { analysis, ...rest }]] = madeUpParts();
    const cells = needs.map((each, i) => ({
      ...analysis.header.cells[i],
      strategy: `python-${i}`,
      needs: each,
    }));
    const header = { ...analysis.header, cells };
    const facts = factsOf(new Map([[part, { ...rest, analysis: { ...analysis, header } }]]));
    return leftOut(facts, [part])
      .map((block) => blockMarkdown(block))
      .join('');
  };
  expect(sayMissing([one])).toContain(`What is missing on this machine: ${one}.`);
  expect(sayMissing([one, two])).toContain(`2 things are missing on this machine: ${one} and ${two}.`);
});

test('a machine that is too busy to judge is said at the top', () => {
  expect(lessonOf({ othersShare: 0.9 })).toMatch(
    /^> Do not trust these numbers\. In the part waiting: While the cells ran, other programs took 90 %/m,
  );
});

describe('what is missing is tagged data, with the strategies and cells that it concerns', () => {
  const missingOf = (made: Parameters<typeof madeUpParts>[0]) => {
    const facts = factsOf(madeUpParts(made));
    return { facts, missing: facts.missing };
  };

  test('nothing, where all was measured', () => {
    expect(missingOf({}).missing).toEqual([]);
  });

  test('a program that is not installed, strategy by strategy', () => {
    const { facts, missing } = missingOf({ needs, only: ['lock'] });
    const cellsOf = (label: string) =>
      facts.host.header.cells.filter(({ strategy }) => strategy === label).map(({ id }) => id);
    expect(missing.filter(({ kind }) => kind === 'not installed')).toEqual(
      ['python-for-loop', 'python-threads', 'python-process-pool[chunksize=1]'].map((label) => ({
        kind: 'not installed',
        part: 'lock',
        strategies: [label],
        cells: cellsOf(label),
        needs,
      })),
    );
    expect(facts.compared.twoThreads).toEqual({
      kind: 'missing',
      part: 'lock',
      account: 'warm',
      strategies: ['python-threads'],
      cells: cellsOf('python-threads'),
      because: { kind: 'not installed', needs, reason: `skipped: needs ${needs}` },
    });
  });

  test('a part that was not begun: the strategies that the lesson asks about', () => {
    const { facts, missing } = missingOf({ only: ['waiting'] });
    expect(missing.find(({ part }) => part === 'messages')).toEqual({
      kind: 'not begun',
      part: 'messages',
      strategies: ['worker-threads'],
      cells: [],
    });
    expect(missing.map(({ kind }) => kind)).toEqual(Array(6).fill('not begun'));
    expect(facts.compared.twoThreads).toMatchObject({
      part: 'lock',
      strategies: ['python-threads'],
      cells: [],
      because: { kind: 'not reached' },
    });
  });

  test('a part that was interrupted: what never ran in it', () => {
    const whole = madeUpResults({ only: ['lock'] });
    const [[, results]] = whole;
    const begun = results.header.cells.slice(0, 2).map(({ id }) => id);
    const records = results.records.filter(({ cell }) => begun.includes(cell));
    const parts = partsOf(new Map([['lock', { ...results, records, end: undefined }]]), 300);
    const left = results.header.cells.slice(2);
    expect(factsOf(parts).missing.find(({ part }) => part === 'lock')).toEqual({
      kind: 'interrupted',
      part: 'lock',
      strategies: left.map(({ strategy }) => strategy),
      cells: left.map(({ id }) => id),
    });
  });

  test('a comparison without a time says which cell failed, and how', () => {
    const [[part, results]] = madeUpResults({ only: ['lock'] });
    const failing = results.header.cells.find(({ strategy }) => strategy === 'worker-threads')?.id ?? '';
    const records = results.records.map((record) =>
      record.cell === failing
        ? { ...record, outcome: { status: 'crashed', message: 'died' } as const }
        : record,
    );
    const { compared } = factsOf(partsOf(new Map([[part, { ...results, records }]]), 300));
    expect(compared.twoNodeThreads).toMatchObject({
      kind: 'missing',
      strategies: ['worker-threads'],
      cells: [failing],
      because: { kind: 'failed' },
    });
  });
});

describe('a lesson that was interrupted', () => {
  const text = lessonOf({ only: ['waiting', 'working'] });

  test('names the parts that it lacks', () => {
    expect(text).toContain('Not measured: lock, sending, messages, vectors and paying.');
    expect(section(text, 4)).toContain('Nothing: none of it was measured in this run.');
    expect(section(text, 6)).toContain('Left out: what it asks about was not measured in this run.');
  });
});
