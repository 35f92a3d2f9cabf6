import { unfitIds } from '../analysis/findings/machine-state.js';
import { plainText } from '../document/words.js';
import { chartsFolder } from '../documents/verdict/charts.js';
import { findingText } from '../documents/verdict/doubts.js';
import type { OutputFile } from '../files/outputs.js';
import { drawCharts, notDrawnYet } from '../report/charts/draw-charts.js';
import type { LoadPackage } from '../report/charts/picture.js';
import type { Report } from '../report/files.js';
import { inCode, listed, oneLine } from '../report/plain-text.js';
import { formatPercent } from '../report/units.js';
import { concurrencySection } from './concurrency.js';
import { exercisesText } from './exercises.js';
import { type Facts, factsOf, needsOf } from './facts.js';
import { lockSection } from './lock.js';
import { messageSection } from './message.js';
import { type Parts, partIds } from './part.js';
import { payoffSection } from './payoff.js';
import { type Section, type SectionChart, sectionText } from './section.js';
import { sourceText } from './source.js';
import { vectorSection } from './vector.js';
import { machineWords, roundsWords } from './words.js';

/** File name of the lesson. */
export const lessonName = 'lesson.md';

/** Every path that a lesson may have, and no other: asked before it is measured whether something is in the way. */
export const lessonPaths: readonly string[] = [
  lessonName,
  ...['waiting-and-working', 'lock', 'messages', 'vectors', 'paying'].map(
    (name) => `${chartsFolder}/${name}.png`,
  ),
];

/**
 * The lesson and its charts, from the results of its parts alone: equal results give equal bytes. Without the drawing
 * packages there are no charts, and the lesson says why.
 */
export function lessonFiles(parts: Parts, load?: LoadPackage): Report {
  const facts = factsOf(parts);
  const sections = sectionsOf(facts);
  const charts = sections.flatMap(({ chart }) => chart ?? []);
  const { drawn, missing } = drawCharts(charts, again, load);
  const pictures = drawn.map(({ chart, bytes }) => ({ path: `${chartsFolder}/${chart.name}`, bytes }));
  const names = drawn.map(({ chart }) => chart.name);
  return {
    files: [{ path: lessonName, text: textOf(facts, sections, names, missing) }, ...pictures],
    skipped: missing,
  };
}

/** What is written before the first chart is drawn: native code that draws may end the whole process. */
export function lessonBeforeCharts(parts: Parts): readonly OutputFile[] {
  const facts = factsOf(parts);
  return [{ path: lessonName, text: textOf(facts, sectionsOf(facts), [], [notDrawnYet(again)]) }];
}

const again = 'breakeven lesson --from with this folder';

/** The charts of its sections, in their order. */
export function lessonCharts(parts: Parts): SectionChart[] {
  return sectionsOf(factsOf(parts)).flatMap(({ chart }) => (chart === undefined ? [] : [chart]));
}

function sectionsOf(facts: Facts): Section[] {
  return [
    concurrencySection(facts),
    lockSection(facts),
    messageSection(facts),
    vectorSection(facts),
    payoffSection(facts),
  ];
}

/** The lesson as Markdown, as if each of its charts had been drawn. */
export function lessonText(parts: Parts): string {
  const facts = factsOf(parts);
  return textOf(
    facts,
    sectionsOf(facts),
    lessonCharts(parts).map(({ name }) => name),
    [],
  );
}

function textOf(
  facts: Facts,
  sections: readonly Section[],
  drawn: readonly string[],
  missing: readonly string[],
): string {
  return `${[
    '# Why not three threads? A lesson in numbers from this machine',
    question,
    words(facts),
    ...limits(facts),
    ...missing.map((reason) => `> ${oneLine(reason)}.`),
    ...sections.map((section, index) => sectionText(facts, section, index + 1, drawn)),
    exercisesText(facts),
    sourceText(facts),
    reproduce(facts),
  ].join('\n\n')}\n`;
}

const question = [
  'Somebody holds a dictionary: a few keys, and under each key a list of numbers. A function makes a new list of each: every number times itself, minus 13.',
  '```python\nanswers = {}\nfor key, numbers in lists.items():\n    answers[key] = [x ** 2 - 13 for x in numbers]\n```',
  'The lists are long, and the machine has more than one core. *Why could I not use three threads, one for each of three keys?* ' +
    'they asked. *Would a pool of processes work?* The answers said: threads, no; processes, if there is much work per item; ' +
    'numpy, better. This lesson asks again, one question at a time, and answers with what this machine did.',
].join('\n\n');

/** The words that the lesson uses, and how to read its numbers. */
function words({ host }: Facts): string {
  return [
    '**A few words.** A *thread* is one line of work through a program: it does one thing after another. A *process* is a program that ' +
      'runs, with memory of its own; it may hold several threads. A *pool* is some threads or processes that are started once and then ' +
      'given work; its members are called *workers*. What is sent from one to another is a *message*; to *serialise* is to write a list ' +
      'as bytes so that it can be sent.',
    `**How to read the numbers.** 2× [1.9, 2.1] means: twice as fast in this run, and the true value most likely between 1.9 and 2.1 (95 %). ` +
      `“The same” is said only where that whole range lies within ${formatPercent(host.header.margin)} of 1×; where the range allows both, it says “not decided here”. ` +
      'A second has 1,000 ms, a ms has 1,000 µs, a µs has 1,000 ns. Every answer was checked; every measurement ran in a fresh process.',
  ].join('\n\n');
}

/** What holds this lesson back: few rounds, parts that are missing, programs that are not installed. */
function limits(facts: Facts): string[] {
  const { parts, host } = facts;
  const absent = partIds.filter((id) => !parts.has(id));
  const cut = [...parts].filter(([, { analysis }]) => analysis.interrupted).map(([id]) => id);
  const needs = needsOf(facts, partIds);
  const missing = [...new Set(needs.map((one) => oneLine(one.needs)))];
  const lines = [
    ...(host.header.quick ? [`Measured quickly, in ${roundsWords(facts)}: the numbers are indicative.`] : []),
    ...busy(facts),
    ...(absent.length === 0 ? [] : [`Not measured: ${listed(absent)}. The lesson was interrupted before.`]),
    ...(cut.length === 0 ? [] : [`Measured in part, then interrupted: ${listed(cut)}.`]),
    ...(missing.length === 0
      ? []
      : [
          `Left out, because something is not installed (${listed(missing)}): ${listed(needs.map(({ strategy }) => `\`${strategy}\``))}. ` +
            'Sentences about them are missing below.',
        ]),
  ];
  return lines.map((line) => `> ${line}`);
}

/** Where the machine was too busy to judge, in the words of the first part that says so. */
function busy({ parts }: Facts): string[] {
  const found = [...parts].flatMap(([id, { analysis }]) =>
    analysis.findings
      .filter((finding) => finding.severity === 'blocker' && unfitIds.includes(finding.id))
      .map(
        (finding) =>
          `Do not trust these numbers. In the part ${id}: ${plainText(findingText(finding, analysis.header))}`,
      ),
  );
  return found.slice(0, 1);
}

function reproduce(facts: Facts): string {
  const { header } = facts.host;
  const command = ['breakeven', ...header.command].join(' ');
  return [
    '## Where this comes from',
    `Measured on ${machineWords(facts)}, ${header.createdAt.slice(0, 10)}, seed ${header.seed}, with ${inCode(command)}. ` +
      'The results of each part lie beside this file; `breakeven lesson --from` with this folder writes it again, byte for byte, ' +
      'and `breakeven report` with the folder of a part writes the verdict of that part.',
  ].join('\n\n');
}
