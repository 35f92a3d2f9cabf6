import type { ShownChart } from '../../document/chart.js';
import {
  type Block,
  code,
  type Document,
  type Hole,
  joinTexts,
  paragraph,
  quote,
  quoteAt,
  type Section,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { counted, listed, withoutFolders } from '../../document/words.js';
import { coresText } from '../run-words.js';
import { tool } from '../tool.js';
import { findingText } from '../verdict/doubts.js';
import { concurrencyChapter } from './concurrency.js';
import { course, em } from './course.js';
import { exercisesSection } from './exercises.js';
import { type Facts, needsOf, partsMissing } from './facts.js';
import { lockChapter } from './lock.js';
import { messageChapter } from './message.js';
import { payoffChapter } from './payoff.js';
import { type Chapter, chapterSection } from './section.js';
import { sourceSection } from './source.js';
import { vectorChapter } from './vector.js';

/** The lesson, from the facts alone. `skipped`: why pictures are missing, as sentences without a full stop. */
export function lessonDocument(
  facts: Facts,
  charts: readonly ShownChart[] = [],
  skipped: readonly string[] = [],
): Document {
  const { compared, host, cells, amounts, missing, rounds, unfit, paidBack } = facts;
  const { header } = host;
  const run = { command: withoutFolders(['breakeven', ...header.command].join(' ')) };
  const measured = { compared, cells, amounts, missing, rounds, unfit, paidBack };
  const own = charts.map((shown) => ({
    shown,
    about: { name: shown.name, description: shown.description },
  }));
  const data = { header, run, ...measured, course, tool, charts: own.map(({ about }) => about), skipped };
  return {
    title: ['Why not three threads? A lesson in numbers from this machine'],
    sections: [
      {
        id: 'question',
        title: [],
        blocks: [...questionBlocks, ...wordBlocks(facts), ...limitBlocks(facts), ...skippedBlocks(skipped)],
      },
      ...chaptersOf(facts).map((chapter) => chapterSection(facts, chapter, own)),
      exercisesSection(facts),
      sourceSection(facts),
      reproduceSection(facts, run),
    ],
    data,
  };
}

function chaptersOf(facts: Facts): Chapter[] {
  return [
    concurrencyChapter(facts),
    lockChapter(facts),
    messageChapter(facts),
    vectorChapter(facts),
    payoffChapter(facts),
  ];
}

const questionBlocks: readonly Block[] = [
  paragraph(
    'Somebody holds a dictionary: a few keys, and under each key a list of numbers. A function makes a new list of each: every number times itself, minus 13.',
  ),
  {
    kind: 'code',
    language: 'python',
    lines:
      'answers = {}\nfor key, numbers in lists.items():\n    answers[key] = [x ** 2 - 13 for x in numbers]',
  },
  paragraph(
    text`The lists are long, and the machine has more than one core. ${em('Why could I not use three threads, one for each of three keys?')} they asked. ${em('Would a pool of processes work?')} The answers said: threads, no; processes, if there is much work per item; numpy, better. This lesson asks again, one question at a time, and answers with what this machine did.`,
  ),
];

/** The words that the lesson uses, and how to read its numbers. */
function wordBlocks({ host }: Facts): Block[] {
  const { example } = course;
  const thousand = quote(example, 'thousand');
  const { interval } = example.ratio;
  const alike = figure(example, 'alike', 'ratio');
  return [
    paragraph(
      text`${strong('A few words.')} A ${em('thread')} is one line of work through a program: it does one thing after another. A ${em('process')} is a program that runs, with memory of its own; it may hold several threads. A ${em('pool')} is some threads or processes that are started once and then given work; its members are called ${em('workers')}. What is sent from one to another is a ${em('message')}; to ${em('serialise')} is to write a list as bytes so that it can be sent.`,
    ),
    paragraph(
      joinTexts([
        text`${strong('How to read the numbers.')} ${figure(example, 'ratio', 'ratio')} means: twice as fast in this run, and the true value most likely between ${figure(interval, 'low', 'whole')} and ${figure(interval, 'high', 'whole')} (${figure(tool, 'levelOfIntervals', 'level')}). `,
        text`“The same” is said only where that whole range lies within ${figure(host.header, 'margin', 'share')} of ${alike}; where the range allows both, it says “not decided here”. `,
        text`A second has ${thousand} ms, a ms has ${thousand} µs, a µs has ${thousand} ns. Every answer was checked; every measurement ran in a fresh process.`,
      ]),
    ),
  ];
}

/** What holds this lesson back: few rounds, parts that are missing, programs that are not installed. */
function limitBlocks(facts: Facts): Block[] {
  const { host } = facts;
  const absent = partsMissing(facts, 'not begun');
  const cut = partsMissing(facts, 'interrupted');
  const items: (Text | undefined)[] = [
    host.header.quick
      ? text`Measured quickly, in ${roundsText(facts)}: the numbers are indicative.`
      : undefined,
    unfitText(facts),
    absent.length === 0
      ? undefined
      : text`Not measured: ${listed(absent)}. The lesson was interrupted before.`,
    cut.length === 0 ? undefined : text`Measured in part, then interrupted: ${listed(cut)}.`,
    leftOutText(facts),
  ];
  return items.flatMap((words): Block[] => (words === undefined ? [] : [{ kind: 'caution', text: words }]));
}

function leftOutText(facts: Facts): Text | undefined {
  const needs = needsOf(facts);
  if (needs.length === 0) return undefined;
  const missing = [...new Map(needs.map((one) => [one.needs, one])).values()];
  return text`Left out, because something is not installed (${listed(missing.map((one) => quote(one, 'needs')))}): ${listed(needs.map((one) => code(quoteAt(one.strategies, 0))))}. Sentences about them are missing below.`;
}

/** Where the machine was too busy to judge, in the words of the first part that says so. */
function unfitText({ unfit: [first], host }: Facts): Text | undefined {
  if (first === undefined) return undefined;
  const { part, finding } = first;
  return text`Do not trust these numbers. In the part ${part}: ${findingText(finding, host.header)}`;
}

function skippedBlocks(skipped: readonly string[]): Block[] {
  return skipped.map((_, index): Block => ({ kind: 'caution', text: text`${quoteAt(skipped, index)}.` }));
}

/** Machine, cores, Node and rounds on one line. */
export function machineText(facts: Facts): Text {
  const { host } = facts.host.header;
  const node = quote(host, 'node', (version) => version.replace(/^v/, ''));
  return text`${quote(host, 'cpu')}, ${coresText(facts.host)}, Node ${node}, ${roundsText(facts)}`;
}

/** "8 rounds", or "6 to 8 rounds". */
function roundsText({ rounds }: Facts): Hole {
  const most = figure(rounds, 'most', 'whole');
  return rounds.least === rounds.most
    ? counted(most, 'round')
    : text`${figure(rounds, 'least', 'whole')} to ${most} rounds`;
}

function reproduceSection(facts: Facts, run: { readonly command: string }): Section {
  const { header } = facts.host;
  const day = quote(header, 'createdAt', (time) => time.slice(0, 10));
  return {
    id: 'reproduce',
    title: ['Where this comes from'],
    blocks: [
      paragraph(
        text`Measured on ${machineText(facts)}, ${day}, seed ${figure(header, 'seed', 'whole')}, with ${code(quote(run, 'command'))}. The results of each part lie beside this file; ${code('breakeven lesson --from')} with this folder writes it again, byte for byte, and ${code('breakeven report')} with the folder of a part writes the verdict of that part.`,
      ),
    ],
  };
}
