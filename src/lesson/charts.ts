import type { Account } from '../contract/scenario.js';
import { type Facts, measuredAt } from '../documents/lesson/facts.js';
import { lockRows } from '../documents/lesson/lock.js';
import { messageRows } from '../documents/lesson/message.js';
import type { QuestionName } from '../documents/lesson/questions.js';
import type { LessonPicture } from '../documents/lesson/section.js';
import { vectorRows } from '../documents/lesson/vector.js';
import { accountOf } from '../documents/lookup.js';
import type { Picture } from '../report/charts/picture.js';
import { speedUpChart } from '../report/charts/speed-up-chart.js';
import { cutsOf } from '../report/slices.js';
import { barChart } from './bars.js';

/** A chart of the lesson, not drawn yet. */
export interface LessonChart extends LessonPicture {
  readonly picture: Picture;
}

/** The charts of its chapters, in their order; none where nothing was measured for it. */
export function lessonCharts(facts: Facts): LessonChart[] {
  return [
    concurrencyChart(facts),
    lockChart(facts),
    messageChart(facts),
    vectorChart(facts),
    payoffChart(facts),
  ].flatMap((chart) => chart ?? []);
}

const eightAtOnce: readonly { name: QuestionName; text: string; group: string }[] = [
  { name: 'tasksWait', text: 'async-tasks, wait', group: 'wait' },
  { name: 'threadsWait', text: 'python-threads, wait', group: 'wait' },
  { name: 'processesWait', text: 'python-process-pool, wait', group: 'wait' },
  { name: 'tasksWork', text: 'async-tasks, compute', group: 'compute' },
  { name: 'threadsWork', text: 'python-threads, compute', group: 'compute' },
  { name: 'processesWork', text: 'python-process-pool, compute', group: 'compute' },
];

function concurrencyChart(facts: Facts): LessonChart | undefined {
  return barChart(facts, {
    name: 'waiting-and-working.png',
    title: 'Eight at once: what do items gain that wait, and items that compute?',
    caption: '1× is the plain loop of the same language.',
    scale: 'times as fast as the loop',
    groups: { wait: 'items that wait', compute: 'items that compute' },
    unit: 'ratio',
    mark: 1,
    bars: eightAtOnce.flatMap(({ name, text, group }) => {
      const compared = facts.compared[name];
      return compared.kind === 'missing' ? [] : [{ text, group, value: compared.ratio }];
    }),
  });
}

function lockChart(facts: Facts): LessonChart | undefined {
  return barChart(facts, {
    name: 'lock.png',
    title: 'Two threads or two processes: who shortens the work?',
    caption: 'The same square roots in every row.',
    scale: 'time for all lists',
    groups: { python: 'Python', node: 'Node' },
    unit: 'time',
    bars: lockRows.flatMap(({ words, place, group }) => {
      const measured = measuredAt(facts, place);
      return measured === undefined ? [] : [{ text: words, group, value: measured.time }];
    }),
  });
}

function messageChart(facts: Facts): LessonChart | undefined {
  return barChart(facts, {
    name: 'messages.png',
    title: 'The work is the same: what does the trip cost?',
    caption: 'x² − 13 for one number, there and back, all steps included.',
    scale: 'time per number',
    groups: { stays: 'stays in its thread', moves: 'copied or sent' },
    unit: 'time',
    bars: messageRows.flatMap(({ words, place, against }) => {
      const measured = measuredAt(facts, place);
      const group = against === undefined ? 'stays' : 'moves';
      return measured === undefined ? [] : [{ text: words, group, value: measured.perNumber }];
    }),
  });
}

const fromAndIn: readonly { account: Account; group: string; says: string }[] = [
  { account: 'warm', group: 'lists', says: 'from lists' },
  { account: 'resident', group: 'place', says: 'in place' },
];

function vectorChart(facts: Facts): LessonChart | undefined {
  return barChart(facts, {
    name: 'vectors.png',
    title: 'x² − 13 for one number: lists against packed arrays',
    caption: 'x² − 13 for one number.',
    scale: 'time per number',
    groups: { lists: 'from lists, and back', place: 'in place' },
    unit: 'time',
    bars: vectorRows.flatMap(({ words, place }) =>
      fromAndIn.flatMap(({ account, group, says }) => {
        const measured = measuredAt(facts, place, account);
        return measured === undefined
          ? []
          : [{ text: `${words}, ${says}`, group, value: measured.perNumber }];
      }),
    ),
  });
}

function payoffChart({ parts }: Facts): LessonChart | undefined {
  const analysis = parts.get('paying')?.analysis;
  const [line] = analysis === undefined ? [] : cutsOf(analysis).lines;
  const account = analysis && accountOf(analysis, 'warm');
  if (analysis === undefined || account === undefined || line === undefined) return undefined;
  const picture = speedUpChart(analysis, account, line);
  if (picture === undefined) return undefined;
  const description = 'Speed-up of three ways to use a pool of threads against the work per number';
  return { name: 'paying.png', description, picture };
}
