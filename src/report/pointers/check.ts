import { analyse } from '../../analysis/analyse.js';
import type { Estimate } from '../../analysis/types.js';
import { selfCheckSentence } from '../../documents/self-check.js';
import { modelsOf } from '../../model/profile.js';
import type { Bandwidth } from '../../model/scaling/roof.js';
import { scalingOf } from '../../model/scaling/scaling.js';
import type { Measured, Results } from '../../results/format.js';
import { formatAxisValue, twoDigits } from '../axes.js';
import { toolConstants } from './constants.js';
import { meaningOn } from './meaning/judge.js';
import { numbersIn } from './numbers.js';
import type { Pointer } from './pointers.js';
import { readPrinted } from './printed.js';
import { axisOf, resolve, type Tree } from './tree.js';

/**
 * What is wrong with the pointers of a verdict, as sentences; empty where each number in it has one, what it leads to, made
 * again from the records, is what is printed, and is what the sentence or the column speaks of (meaning/judge.ts). Times and
 * ratios to for-loop are computed here a second time, from the samples, by nothing but their definition.
 */
export function pointerProblems(
  results: Results,
  verdict: string,
  pointers: readonly Pointer[],
  bandwidth?: Bandwidth,
): string[] {
  const formulas = modelsOf(results);
  const roots: Tree = {
    'header:': results.header,
    'analysis:': analyse(results),
    'formulas:': formulas,
    'scaling:': scalingOf(results, formulas, bandwidth === undefined ? {} : { bandwidth }),
  };
  const labels = results.header.strategies.map(({ label }) => label);
  const meaningOf = meaningOn(verdict, roots, labels);
  const problems = pointers.flatMap((pointer) => {
    const problem = problemOf(pointer, roots, results) ?? meaningOf(pointer);
    return problem === undefined ? [] : [`${placeOf(pointer)}, "${pointer.text}": ${problem}`];
  });
  return [...missing(results, verdict, pointers), ...problems];
}

function missing({ header }: Results, verdict: string, pointers: readonly Pointer[]): string[] {
  const lines = verdict.split('\n');
  const covered = new Set<string>();
  const problems: string[] = [];
  for (const pointer of pointers) {
    const at = pointer.column - 1;
    const shown = lines[pointer.line - 1]?.slice(at, at + pointer.text.length);
    if (shown !== pointer.text) problems.push(`${placeOf(pointer)}: "${pointer.text}" does not stand there`);
    for (let i = 0; i < pointer.text.length; i++) covered.add(`${pointer.line} ${at + i}`);
  }
  const labels = header.strategies.map(({ label }) => label);
  let start = 0;
  for (const { start: at, text } of numbersIn(verdict, labels)) {
    const line = verdict.slice(0, at).split('\n').length;
    start = verdict.lastIndexOf('\n', at - 1) + 1;
    if (!covered.has(`${line} ${at - start}`))
      problems.push(
        `line ${line}: the number ${text} has no pointer ("…${verdict.slice(Math.max(start, at - 40), at + 20).replaceAll('\n', ' ')}…"): ` +
          'print it by report/units or report/axes, or note where it comes from (report/pointers/note)',
      );
  }
  return problems;
}

function placeOf({ line, column }: Pointer): string {
  return `line ${line}, column ${column}`;
}

function problemOf(
  { text, rule, from, records = [] }: Pointer,
  roots: Tree,
  results: Results,
): string | undefined {
  if (from.length === 0) return 'nothing in the results has this value';
  if (rule === 'constant') {
    const known =
      (from[0] === 'tool:self-check' ? selfCheckSentence() : toolConstants[from[0].slice(5)]) === text;
    return known ? undefined : `the tool has no constant ${from[0]} that is printed so`;
  }
  const values = from.map((pointer) => resolve(pointer, roots));
  const lost = from.find((_pointer, i) => values[i] === undefined);
  if (lost !== undefined) return `${lost} leads nowhere`;
  switch (rule) {
    case 'value':
      return againstValue(text, from[0], values[0]) ?? againstSamples(text, from[0], records, results);
    case 'axis value':
      return text === formatAxisValue(axisOf(from[0], roots), values[0] as number)
        ? undefined
        : `${from[0]} is ${values[0]}`;
    case 'two digits':
      return text === formatAxisValue(axisOf(from[0], roots), twoDigits(Number(values[0])))
        ? undefined
        : `${from[0]} is ${values[0]}`;
    case 'quotient':
      return isNear(text, [quotientOf(values.map(Number))]) ? undefined : 'the quotient is another';
    case 'middle':
      return text === formatAxisValue(axisOf(from[0], roots), twoDigits(middleOf(values.map(Number))))
        ? undefined
        : 'the middle is another';
    case 'count':
      // Each counts once.
      return isNear(text, [new Set(from).size]) ? undefined : `there are ${new Set(from).size}`;
    case 'text':
      return holds(String(values[0]), text) ? undefined : `${from[0]} does not say so`;
  }
}

/** The number itself, or the beginning of a version: 20.20 of 20.20.2, and not the 3.2 of 13.25. */
function holds(field: string, number: string): boolean {
  return new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?!\\d)`).test(field);
}

/** The sum of all but the last, over the last. */
function quotientOf(values: readonly number[]): number {
  const sum = values.slice(0, -1).reduce((total, each) => total + each, 0);
  return sum / values[values.length - 1];
}

/** Two sizes of as many quantities each, multiplied: their geometric mean. */
function middleOf(quantities: readonly number[]): number {
  return Math.sqrt(quantities.reduce((product, each) => product * each, 1));
}

function againstValue(text: string, pointer: string, value: unknown): string | undefined {
  const expected = numbersOf(pointer, value);
  return isNear(text, expected) ? undefined : `${pointer} is ${expected.join(', ')}`;
}

/** A number, an estimate or a coefficient of a formula, with the ends of its interval. */
function numbersOf(pointer: string, value: unknown): number[] {
  if (typeof value === 'number') return [pointer.endsWith('Ms') ? value * 1e6 : value];
  const { coefficient, interval, ...rest } = value as Partial<Estimate> & { coefficient?: { ns: number } };
  const middle = coefficient?.ns ?? rest.value ?? Number.NaN;
  return interval === undefined ? [middle] : [middle, interval.low, interval.high];
}

/** Is each printed number the expected one, rounded? Sentences print the size of a loss without its sign. */
function isNear(text: string, expected: readonly unknown[]): boolean {
  const printed = readPrinted(text);
  const known = expected.map(Number).filter(Number.isFinite);
  return (
    printed.length === known.length &&
    printed.every(({ value, tolerance }, i) => Math.abs(Math.abs(value) - Math.abs(known[i])) <= tolerance)
  );
}

const accounts = ['one-shot', 'warm', 'resident'] as const;

/** Geometric mean over rounds of the median sample: of a cell, or of for-loop's over a cell's, in the rounds of both. */
function againstSamples(
  text: string,
  pointer: string,
  records: readonly string[],
  results: Results,
): string | undefined {
  const [, index, what] =
    /^analysis:\/accounts\/(\d)\/points\/\d+\/cells\/\d+\/(state\/time|ratioToForLoop)$/.exec(pointer) ?? [];
  if (what === undefined) return undefined;
  const account = accounts[Number(index)];
  const own = medians(results, records[0], account);
  const loopId = results.header.cells.find(
    ({ id, strategy }) => records.includes(id) && strategy === 'for-loop',
  )?.id;
  const loop = what === 'ratioToForLoop' ? medians(results, loopId ?? '', account) : undefined;
  const logs = [...own].flatMap(([round, ns]) => {
    const above = loop === undefined ? ns : loop.get(round);
    return above === undefined ? [] : [Math.log(loop === undefined ? ns : above / ns)];
  });
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const [{ value, tolerance }] = readPrinted(text);
  return Math.abs(value - mean) <= tolerance
    ? undefined
    : `the samples of ${records.join(', ')} make ${mean}`;
}

function medians(
  { records }: Results,
  cell: string,
  account: (typeof accounts)[number],
): Map<number, number> {
  // A resumed run may hold a round twice: the later one counts.
  const own = new Map(
    records.filter((record) => record.cell === cell).map((record) => [record.round, record]),
  );
  return new Map(
    [...own.values()].flatMap(({ round, outcome }): [number, number][] => {
      const samples = outcome.status === 'measured' ? samplesIn(outcome, account) : [];
      const sorted = samples.filter((ns) => ns > 0).sort((a, b) => a - b);
      if (sorted.length === 0) return [];
      const half = sorted.length / 2;
      return [[round, Math.sqrt(sorted[Math.ceil(half) - 1] * sorted[Math.floor(half)])]];
    }),
  );
}

function samplesIn({ oneShot, warm, resident }: Measured, account: (typeof accounts)[number]): number[] {
  if (account === 'one-shot') return oneShot === undefined ? [] : [oneShot.totalNs];
  const series = account === 'warm' ? warm : resident.status === 'measured' ? resident : undefined;
  return [...(series?.samplesNs ?? [])];
}
