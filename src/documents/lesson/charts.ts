import type { Estimate } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import type { BarsChart, DotsChart, NamedChart } from '../../document/chart.js';
import { plainText } from '../../document/words.js';
import { ranged } from '../charts/frame.js';
import { speedUpChart } from '../charts/lines.js';
import { cutsOf } from '../charts/slices.js';
import { accountOf } from '../lookup.js';
import { type Facts, type LessonCell, measuredAt } from './facts.js';
import { machineText } from './lesson.js';
import { lockRows } from './lock.js';
import { messageRows } from './message.js';
import type { QuestionName } from './questions.js';
import { vectorRows } from './vector.js';

/** The charts of its chapters, in their order; none where nothing was measured for it. */
export function lessonCharts(facts: Facts): NamedChart[] {
  return [...rowsCharts(facts).flatMap((one) => rowsChart(facts, one) ?? []), ...payoffChart(facts)];
}

interface LessonRow {
  readonly name: string;
  /** Index of its group: decides the colour. */
  readonly group: number;
  /** Undefined where it was not measured. */
  readonly value: Estimate | undefined;
}

/** A chart with a row per way; times are in ns. */
interface RowsChart {
  /** File name with extension. */
  readonly name: string;
  readonly title: string;
  /** What it shows; how to read it is added. */
  readonly about: string;
  readonly scale: string;
  readonly unit: 'ns' | 'ratio';
  readonly groups: readonly string[];
  readonly rows: readonly LessonRow[];
}

const eightAtOnce: readonly { name: QuestionName; words: string; group: number }[] = [
  { name: 'tasksWait', words: 'async-tasks, wait', group: 0 },
  { name: 'threadsWait', words: 'python-threads, wait', group: 0 },
  { name: 'processesWait', words: 'python-process-pool, wait', group: 0 },
  { name: 'tasksWork', words: 'async-tasks, compute', group: 1 },
  { name: 'threadsWork', words: 'python-threads, compute', group: 1 },
  { name: 'processesWork', words: 'python-process-pool, compute', group: 1 },
];

const fromAndIn: readonly { account: Account; says: string }[] = [
  { account: 'warm', says: 'from lists' },
  { account: 'resident', says: 'in place' },
];

function rowsCharts(facts: Facts): RowsChart[] {
  const row = (name: string, group: number, cell: LessonCell | undefined, what: 'time' | 'perNumber') => ({
    name,
    group,
    value: cell?.[what],
  });
  return [
    {
      name: 'waiting-and-working.png',
      title: 'Eight at once: what do items gain that wait, and items that compute?',
      about: '1× is the plain loop of the same language.',
      scale: 'times as fast as the loop',
      unit: 'ratio',
      groups: ['items that wait', 'items that compute'],
      rows: eightAtOnce.map(({ name, words, group }) => {
        const compared = facts.compared[name];
        return { name: words, group, value: compared.kind === 'missing' ? undefined : compared.ratio };
      }),
    },
    {
      name: 'lock.png',
      title: 'Two threads or two processes: who shortens the work?',
      about: 'The same square roots in every row.',
      scale: 'time for all lists',
      unit: 'ns',
      groups: ['Python', 'Node'],
      rows: lockRows.map(({ words, place, group }) =>
        row(words, group === 'python' ? 0 : 1, measuredAt(facts, place), 'time'),
      ),
    },
    {
      name: 'messages.png',
      title: 'The work is the same: what does the trip cost?',
      about: 'x² − 13 for one number, there and back, all steps included.',
      scale: 'time per number',
      unit: 'ns',
      groups: ['stays in its thread', 'copied or sent'],
      rows: messageRows.map(({ words, place, against }) =>
        row(words, against === undefined ? 0 : 1, measuredAt(facts, place), 'perNumber'),
      ),
    },
    {
      name: 'vectors.png',
      title: 'x² − 13 for one number: lists against packed arrays',
      about: 'x² − 13 for one number.',
      scale: 'time per number',
      unit: 'ns',
      groups: ['from lists, and back', 'in place'],
      rows: vectorRows.flatMap(({ words, place }) =>
        fromAndIn.map(({ account, says }, group) =>
          row(`${words}, ${says}`, group, measuredAt(facts, place, account), 'perNumber'),
        ),
      ),
    },
  ];
}

const colours = ['#D98A1F', '#1F6F54'];

/** A bar is a length from zero. Beyond such a factor small ones vanish: then values are dots on a scale of factors. */
const widestLinear = 80;

function rowsChart(facts: Facts, { name, title, about, scale, unit, groups, rows }: RowsChart) {
  const measured = rows.flatMap(({ value, ...rest }) =>
    value === undefined ? [] : [{ ...rest, value: ranged(value) }],
  );
  if (measured.length === 0) return undefined;
  const ends = measured.flatMap(({ value: { value, interval } }) => [
    value,
    interval?.low ?? value,
    interval?.high ?? value,
  ]);
  const [min, max] = [Math.min(...ends), Math.max(...ends)];
  const wide = min > 0 && max / min > widestLinear;
  const reading = wide
    ? 'Further left is faster; the scale grows by factors.'
    : `${unit === 'ratio' ? 'Longer' : 'Shorter'} is faster.`;
  const frame = {
    title,
    subtitle: [plainText(machineText(facts))],
    caption: `${reading} ${about} ${wide ? 'Line through a dot' : 'Whisker'}: 95 % interval.`,
    marks: unit === 'ratio' ? ([{ axis: 'x', at: 1, colour: '#555555' }] as const) : [],
  };
  const chart: DotsChart | BarsChart = wide
    ? {
        kind: 'dots',
        ...frame,
        value: { title: scale, unit, scale: 'factors' },
        columns: groups.map((group, index) => ({
          name: group,
          style: { colour: colours[index], marker: 'circle', dash: [], hollow: false, width: 3 },
        })),
        rows: measured.map(({ name, group, value }) => ({ name, dots: [{ column: group, ...value }] })),
      }
    : {
        kind: 'bars',
        ...frame,
        value: { title: scale, unit, scale: 'linear' },
        shares: false,
        looks: groups.map((group, index) => ({
          name: group,
          colour: colours[index],
          ink: '#1A1A1A',
          means: group,
        })),
        bars: measured.map(({ name, group, value }) => ({
          name,
          parts: [{ look: group, ...value }],
          total: value.value,
        })),
      };
  return {
    name,
    description: `${title} (${scale}; the values stand in the text and the table)`,
    chart,
  };
}

function payoffChart({ parts }: Facts): NamedChart[] {
  const analysis = parts.get('paying')?.analysis;
  const [line] = analysis === undefined ? [] : cutsOf(analysis).lines;
  const account = analysis && accountOf(analysis, 'warm');
  if (analysis === undefined || account === undefined || line === undefined) return [];
  const chart = speedUpChart(analysis, account, line);
  if (chart === undefined) return [];
  const description = 'Speed-up of three ways to use a pool of threads against the work per number';
  return [{ name: 'paying.png', description, chart }];
}
