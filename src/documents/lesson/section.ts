import type { ShownChart } from '../../document/chart.js';
import {
  type Block,
  code,
  list,
  paragraph,
  quote,
  quoteAt,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { count } from '../../document/figure.js';
import { listed } from '../../document/words.js';
import { chartBlock } from '../verdict/charts.js';
import { chapterFigure, type chapters } from './course.js';
import { type Facts, needsOf } from './facts.js';
import type { PartId } from './part.js';

/** A chart of the lesson, and what the lesson's data says of it. */
export interface LessonChart {
  readonly shown: ShownChart;
  readonly about: Pick<ShownChart, 'name' | 'description'>;
}

/** One part of the lesson: one question, one chart or small table, what was seen, why, and what to take away. */
export interface Chapter {
  readonly id: keyof typeof chapters;
  readonly title: string;
  readonly question: string;
  /** What is done to answer it, for a reader who has not seen the scenarios. */
  readonly tried: Text;
  /** Parts that it is written from. */
  readonly from: readonly PartId[];
  /** File name of its chart. */
  readonly chart: string;
  readonly table?: Block;
  /** Each a sentence from the run; what is undefined is left out. */
  readonly seen: readonly (Text | undefined)[];
  readonly why: readonly (Text | undefined)[];
  readonly takeAway: Text;
}

/** A chapter as a section, with its own among the charts. */
export function chapterSection(facts: Facts, chapter: Chapter, charts: readonly LessonChart[]): Section {
  const { id, title, question, tried, from } = chapter;
  const seen = chapter.seen.filter((sentence) => sentence !== undefined);
  const nothing = seen.length === 0 || from.every((part) => !facts.parts.has(part));
  return {
    id,
    title: text`${chapterFigure(id)}. ${title}`,
    blocks: [
      paragraph(strong(question)),
      paragraph(tried),
      ...leftOut(facts, from),
      ...(nothing
        ? [paragraph(text`${strong('What was seen.')} Nothing: none of it was measured in this run.`)]
        : foundBlocks(chapter, seen, charts)),
    ],
  };
}

function foundBlocks(
  { chart, table, why, takeAway }: Chapter,
  seen: readonly Text[],
  charts: readonly LessonChart[],
): Block[] {
  return [
    ...charts
      .filter(({ about }) => about.name === chart)
      .map(({ shown, about }) => chartBlock(shown, [quote(about, 'description')])),
    ...(table === undefined ? [] : [table]),
    paragraph(strong('What was seen.')),
    ...list(seen),
    paragraph(text`${strong('Why.')} ${sentences(...why)}`),
    paragraph(text`${strong('To take away.')} ${takeAway}`),
  ];
}

/** What of a section could not be measured, since a program is not installed. */
export function leftOut(facts: Facts, parts: readonly PartId[]): Block[] {
  const missing = needsOf(facts, parts);
  if (missing.length === 0) return [];
  const needs = [...new Map(missing.map((one) => [one.needs, one])).values()];
  const what = needs.length === 1 ? 'What is' : text`${count(needs)} things are`;
  return [
    {
      kind: 'caution',
      text: text`Left out here: ${listed(missing.map((one) => code(quoteAt(one.strategies, 0))))}. ${what} missing on this machine: ${listed(needs.map((one) => quote(one, 'needs')))}.`,
    },
  ];
}
