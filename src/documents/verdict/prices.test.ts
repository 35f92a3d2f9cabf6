import { describe, expect, test } from 'vitest';
import { type StrategyModel, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import type { Analysis } from '../../analysis/types.js';
import { verdict } from '../../app/report/verdict.js';
import type { PriceList } from '../../contract/scenario.js';
import type { Table } from '../../document/document.js';
import { textMarkdown } from '../../render/markdown.js';
import { composeCharts } from '../charts/charts.js';
import { answerText } from './answer.js';
import { summaryDocument } from './verdict.js';

const answer = (analysis: Analysis) => textMarkdown(answerText(analysis));

/** The short form as plain words. */
function shown(analysis: Analysis) {
  const table = summaryDocument(analysis).sections[0].blocks.find((block) => block.kind === 'table') as Table;
  return {
    head: table.columns.map(({ head }) => textMarkdown(head)),
    rows: table.rows.map((row) => row.map((cell) => textMarkdown(cell))),
  };
}

const json: StrategyModel = {
  label: 'json',
  family: 'serial',
  place: ({ elements }) => 20_000 + 60 * elements,
  compute: ({ elements }) => 40 * elements,
  collect: ({ elements }) => elements,
};
const pickle: StrategyModel = { ...json, label: 'python-pickle', family: 'external', program: 'python' };
const absent: StrategyModel = { ...json, label: 'absent', notApplicable: () => 'skipped: needs a fez' };

const list: PriceList = {
  alone: true,
  rows: [
    { what: 'JSON.stringify', strategy: 'json', of: 'place', per: 'number', source: { low: 64, high: 70 } },
    { what: 'JSON.parse', strategy: 'json', of: 'resident', per: 'number' },
    { what: 'pickle.dumps', strategy: 'python-pickle', of: 'place', per: 'number' },
    { what: 'a fez', strategy: 'absent', of: 'place', per: 'number' },
    { what: 'start', strategy: 'json', of: 'import', per: 'event' },
  ],
};

function analysisWith(prices: PriceList) {
  const results = syntheticResults({
    strategies: [json, pickle, absent],
    sweeps: [{ keys: [1], length: [10_000, 100_000], values: ['ints', 'doubles'] }],
    noise: { cell: 0.01 },
  });
  const { scenario, ...header } = results.header;
  return analyse({ ...results, header: { ...header, scenario: { ...scenario, prices } } }, { draws: 100 });
}

const analysis = analysisWith(list);
const text = verdict(analysis, { charts: composeCharts(analysis).charts, models: [] });

describe('a verdict with a price list alone', () => {
  test('has a row per part: language, a number at each size, the line through them, and what the source measured', () => {
    expect(text).toMatch(
      /^\| JSON\.stringify \| Node \| (62|61\.\d|62\.\d) ns \[.*\] \| (60|59\.\d|60\.\d) ns \[.*\] \| (60|59\.\d|60\.\d) ns \[.*\] \| .* µs \[/m,
    );
    expect(text).toMatch(/^\| JSON\.stringify .*\| 64 ns to 70 ns \|$/m);
    expect(text).toMatch(/^\| pickle\.dumps \| Python \| .* \| – \|$/m);
    expect(text).toMatch(/^\| start \| Node \| (3|3\.0\d|2\.9\d) ms \[/m);
    expect(text).toContain(
      '| Ints | in | per number of 10k | per number of 100k | line: per number | and per event |',
    );
    expect(text).toContain('- a fez: skipped: needs a fez');
  });

  test('has no line where a number costs more from a size on', () => {
    const cliff = {
      ...json,
      place: ({ elements }: { readonly elements: number }) => (elements > 5e5 ? 4 : 1) * elements,
    };
    const results = syntheticResults({
      strategies: [cliff],
      sweeps: [{ keys: [1], length: [10_000, 100_000, 1_000_000] }],
      noise: { cell: 0.01 },
    });
    const { scenario, ...header } = results.header;
    const prices: PriceList = { alone: true, rows: list.rows.slice(0, 1) };
    const asked = { ...results, header: { ...header, scenario: { ...scenario, prices } } };
    const told = verdict(analyse(asked, { draws: 100 }), { charts: [], models: [] });
    expect(told).toMatch(/\| JSON\.stringify \| Node \| .* ns \[.*\] \| none: off by \d\d % \| – \| 64 ns/);
  });

  test('names nobody the winner of what is no contest, and draws prices alone', () => {
    expect(text).not.toContain('## Every size');
    expect(text).not.toContain('## Crossovers');
    expect(composeCharts(analysis).charts.map(({ name }) => name)).toEqual([
      'prices-number.png',
      'prices-event.png',
    ]);
    expect(text).toContain('(charts/prices-number.png)');
  });

  test('answers with the cheapest and the dearest of each kind', () => {
    expect(answer(analysis)).toMatch(
      /the overheads cost, per number \(ints, 100k at once\) from 40 ns \(JSON\.parse\) to (59|60|61) ns \(.*\); per number \(doubles, 100k at once\) from/,
    );
    expect(answer(analysis)).toMatch(/per event from 3 ms \(start\) to 3 ms \(start\)/);
  });

  test('has no column per number in a terminal where only events were measured', () => {
    const events = analysisWith({ alone: true, rows: list.rows.filter(({ per }) => per === 'event') });
    expect(shown(events)).toMatchObject({ head: ['what', 'in', 'per event'] });
    expect(shown(analysis).head).toEqual([
      'what',
      'in',
      'per number of 100k, ints',
      'per number of 100k, doubles',
      'per event',
    ]);
  });

  test('tells prices at the largest size that all have, so that nobody is missing', () => {
    const most = 50_000;
    const results = syntheticResults({
      strategies: [
        json,
        { ...pickle, notApplicable: ({ elements }) => (elements > most ? 'too large' : undefined) },
      ],
      sweeps: [{ keys: [1], length: [10_000, 100_000] }],
    });
    const { scenario, ...header } = results.header;
    const prices: PriceList = { alone: true, rows: list.rows.slice(0, 3) };
    const told = analyse(
      { ...results, header: { ...header, scenario: { ...scenario, prices } } },
      { draws: 100 },
    );
    expect(shown(told).head).toContain('per number of 10k');
    expect(shown(told).rows.every(([, , price]) => price !== '–')).toBe(true);
  });

  test('says that nothing has a price where nothing has', () => {
    const none = analysisWith({ alone: true, rows: list.rows.filter(({ what }) => what === 'a fez') });
    expect(answer(none)).toMatch(/nothing has a price; the reasons stand below\.$/);
    expect(verdict(none, { charts: [], models: [] })).toContain('- a fez: skipped: needs a fez');
  });

  test('stands beside the sizes where the strategies are rivals', () => {
    const rivals = analysisWith({ rows: list.rows });
    const both = verdict(rivals, { charts: composeCharts(rivals).charts, models: [] });
    expect(both).toContain('## What it costs, one by one');
    expect(both).toContain('## Every size');
    expect(both.match(/charts\/prices-number\.png/g)).toHaveLength(1);
  });
});
