import { chartsFolder } from '../documents/verdict/charts.js';
import type { Picture } from '../report/charts/picture.js';
import { counted, listed, oneLine } from '../report/plain-text.js';
import { type Facts, needsOf } from './facts.js';
import type { PartId } from './part.js';

/** A picture of a section. */
export interface SectionChart {
  /** File name with extension. */
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly picture: Picture;
}

/** One part of the lesson: one question, one chart or small table, what was seen, why, and what to take away. */
export interface Section {
  readonly title: string;
  readonly question: string;
  /** What is done to answer it, for a reader who has not seen the scenarios. */
  readonly tried: string;
  /** Parts that it is written from. */
  readonly from: readonly PartId[];
  readonly chart?: SectionChart;
  readonly table?: string;
  /** Each a sentence from the run; empty ones are left out. */
  readonly seen: readonly string[];
  readonly why: readonly string[];
  readonly takeAway: string;
}

/** The section as Markdown. `drawn`: names of the charts that are files. */
export function sectionText(
  facts: Facts,
  section: Section,
  number: number,
  drawn: readonly string[],
): string {
  const { title, question, tried, chart, table, seen, why, takeAway, from } = section;
  const said = seen.filter((sentence) => sentence !== '');
  const body =
    said.length === 0 || from.every((part) => !facts.parts.has(part))
      ? ['**What was seen.** Nothing: none of it was measured in this run.']
      : [
          ...(chart !== undefined && drawn.includes(chart.name)
            ? [`![${chart.description}](${chartsFolder}/${chart.name})`]
            : []),
          ...(table === undefined ? [] : [table]),
          `**What was seen.**\n\n${bullets(said)}`,
          `**Why.** ${why.filter((sentence) => sentence !== '').join(' ')}`,
          `**To take away.** ${takeAway}`,
        ];
  return [`## ${number}. ${title}`, `**${question}**`, tried, ...leftOut(facts, from), ...body].join('\n\n');
}

export function bullets(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

/** What of a section could not be measured, since a program is not installed. */
export function leftOut(facts: Facts, parts: readonly PartId[]): string[] {
  const missing = needsOf(facts, parts);
  if (missing.length === 0) return [];
  const needs = [...new Set(missing.map((one) => oneLine(one.needs)))];
  return [
    `> Left out here: ${listed(missing.map(({ strategy }) => `\`${strategy}\``))}. ` +
      `${counted(needs.length, 'thing').replace(/^1 thing$/, 'What')} is missing on this machine: ${listed(needs)}.`,
  ];
}
