import type { Point } from '../../../contract/scenario.js';
import { axisTitle, formatAmount, formatAxisValue, formatPoint } from '../../axes.js';
import { capital, oneLine } from '../../plain-text.js';
import type { Pointer } from '../pointers.js';
import { axisOf, chainOf, nearest, type Tree } from '../tree.js';
import { answerRules } from './answer.js';
import { axisProblem } from './axis.js';
import { closingRules } from './closing.js';
import { constantRules } from './constants.js';
import { loserRules } from './losers.js';
import { type Place, placesOn } from './page.js';
import { priceRules } from './prices.js';
import { rivalRules } from './rivals.js';
import type { MeaningRule, Subject } from './rule.js';

/*
 * Does a pointer lead to what its sentence says, and not to an equal number of another meaning? The rules here say of every
 * kind of sentence and column where its figures may come from; they share nothing with the code that writes the sentences but
 * the words of axes, and a figure that no rule knows is a problem, so that a new sentence needs a new rule. Beside its rule each pointer must
 * fit its place: the account of the heading, the strategy of the row (or named in the line), the point of the row, the axis
 * and the question of a crossover, and a text that is quoted must stand there word by word.
 *
 * Not promised: of two figures of one kind for one strategy in one line (two regions with equal ends), which is which.
 */

/** All rules, the first one that fits a place decides. */
const rules: readonly MeaningRule[] = [
  ...constantRules,
  ...answerRules,
  ...rivalRules,
  ...loserRules,
  ...priceRules,
  ...closingRules,
];

/** Says of a pointer why it is none of what its sentence speaks of; undefined where it is. */
export function meaningOn(
  verdict: string,
  roots: Tree,
  labels: readonly string[],
): (pointer: Pointer) => string | undefined {
  const placeOf = placesOn(verdict);
  return (pointer) => {
    const place = placeOf(pointer);
    const [from = ''] = pointer.from;
    const rule = rules.find((one) => stands(one, place, pointer));
    const noAxis = rule?.noAxis ?? rule?.column !== undefined;
    if (!noAxis && pointer.rule !== 'middle' && /^header:\/(cells\/\d+\/point|defaults)\//.test(from))
      return axisProblem(place, from, roots);
    const subject = { pointer, chains: pointer.from.map((one) => chainOf(one, roots)), labels };
    if (rule === undefined)
      return `no rule says what stands here (section "${place.section}"): add one to report/pointers/meaning`;
    return (
      leadsProblem(rule, pointer) ??
      accountProblem(place, subject) ??
      strategyProblem(rule, place, subject) ??
      pointProblem(place, subject) ??
      crossoverProblem(place, pointer, subject, roots) ??
      textProblem(place, subject) ??
      rule.also?.(place, subject)
    );
  };
}

function stands(rule: MeaningRule, place: Place, { text }: Pointer): boolean {
  const { table } = place;
  const column = table?.head[table.at] ?? '';
  const inBody = table !== undefined && !table.inHead;
  return (
    (rule.section === undefined || rule.section.test(place.section)) &&
    (rule.column === undefined ? !inBody : inBody && rule.column.test(column)) &&
    (rule.before === undefined || rule.before.test(place.before)) &&
    (rule.after === undefined || rule.after.test(place.after)) &&
    (rule.line === undefined || rule.line.test(place.line)) &&
    (rule.text === undefined || rule.text.test(text)) &&
    (rule.table === undefined || (table?.head.some((head) => rule.table?.test(head)) ?? false))
  );
}

function leadsProblem({ leads }: MeaningRule, { from }: Pointer): string | undefined {
  const asked = leads instanceof RegExp ? [leads] : leads;
  const wrong = from.find((one, i) => !asked[Math.min(i, asked.length - 1)].test(one));
  return wrong === undefined ? undefined : `${wrong} is of another meaning than this place`;
}

/** Under the heading of an account, its own figures. */
function accountProblem({ part }: Place, { pointer, chains }: Subject): string | undefined {
  if (!['One-shot', 'Warm', 'Resident'].includes(part)) return undefined;
  const other = chains
    .map((chain) => nearest(chain, 'account'))
    .find((one) => one !== undefined && capital(String(one)) !== part);
  return other === undefined ? undefined : `${pointer.from[0]} is of the account ${other}`;
}

/** The strategy of the row; without one the strategy must be named in the line. */
function strategyProblem(
  { whose }: MeaningRule,
  place: Place,
  { pointer, chains, labels }: Subject,
): string | undefined {
  const [first = ''] = place.table?.row ?? [];
  const told = typeof whose === 'function' ? whose(place) : whose;
  if (told === 'anyone') return undefined;
  const expected = told ?? (labels.includes(first) ? first : undefined);
  for (const chain of chains) {
    const strategy = nearest(chain, 'strategy');
    if (typeof strategy !== 'string') continue;
    const fits = expected === undefined ? place.line.includes(strategy) : strategy === expected;
    if (!fits) return `${pointer.from[0]} is of ${strategy}`;
  }
  return undefined;
}

/** The point of a row, of a table's sentence, and of a sentence that names one. */
function pointProblem(place: Place, { pointer, chains }: Subject): string | undefined {
  const point = nearest(chains[0] ?? [], 'point') as Point | undefined;
  if (point === undefined || Object.keys(point).length === 0 || pointer.from[0]?.startsWith('header:'))
    return undefined;
  return isAt(place, point) ? undefined : `${pointer.from[0]} is of ${formatPoint(point)}`;
}

function isAt({ section, table, intro, line, after }: Place, point: Point): boolean {
  const words = formatPoint(point);
  if (section === 'Who wins where' && table !== undefined) {
    const values = Object.entries(point).map(([axis, value]) => formatAxisValue(axis, value));
    const own = table.row.slice(0, table.head.indexOf('for-loop'));
    return own.join(', ') === words || own.every((cell) => cell === '–' || values.includes(cell));
  }
  if (table !== undefined && /^(Beside the clock|From call to answer|At )/.test(intro))
    return intro.includes(words);
  if (/^- (Starting|Sending|Packing)/.test(line) || table?.head.includes('at its largest point'))
    return line.includes(words);
  const [sentence] = after.split(/\. |; /);
  const at = / at (?=\d|lists of|skew)/.exec(sentence);
  return section !== 'The answer' || at === null || sentence.slice(at.index + 4).startsWith(words);
}

/** A crossover belongs to the axis, the question and the values that its line names. */
function crossoverProblem(
  { asked, line, section, table }: Place,
  { from }: Pointer,
  { chains }: Subject,
  roots: Tree,
): string | undefined {
  const [chain = []] = chains;
  const question = nearest(chain, 'question');
  if (!/\/(crossovers|each)\/\d+\//.test(from[0] ?? '') || typeof question !== 'string') return undefined;
  const axis = axisOf(from[0], roots);
  const fixed = (nearest(chain, 'fixed') ?? {}) as Point;
  const held = Object.keys(fixed).length === 0 ? [] : formatPoint(fixed).split(', ');
  if (section === 'Crossovers' && asked !== '') {
    const parallel = asked.startsWith('Do threads or processes');
    if (parallel !== question.startsWith('parallel')) return `${from[0]} answers "${question}"`;
  }
  const column = table?.inHead === false ? table.head[table.at].split(', ').slice(1) : [];
  const fits =
    column.every((part) => part === axisTitle(axis) || held.includes(part)) &&
    (!line.startsWith('- Over ') || held.every((part) => wordsOf(line).includes(` ${part} `)));
  if (!fits) return `${from[0]} is with ${held.join(', ')}`;
  const words = [
    axisTitle(axis),
    formatAmount(axis, 7)
      .replace(/7( [nµm]?s)? ?/, '')
      .trim(),
  ];
  return words.some((each) => line.includes(each)) ? undefined : `${from[0]} is along ${axis}`;
}

/** Without what ends words, so that "lists of 1" is not found in "lists of 1k". */
function wordsOf(line: string): string {
  return line.replace(/[(),;:]+(?= |$)|\(/g, ' ').replaceAll('  ', ' ');
}

/** A quoted text stands there as it is; of a version its beginning may. */
function textProblem(place: Place, { pointer, chains }: Subject): string | undefined {
  if (pointer.rule !== 'text' || pointer.from[0] === 'header:/host/node') return undefined;
  const quoted = oneLine(String(chains[0]?.at(-1))).replace(/\.$/, '');
  const start = place.line.length - place.after.length - pointer.text.length;
  const line = place.table === undefined ? place.line : `${place.before}${pointer.text}${place.after}`;
  const at = place.table === undefined ? start : place.before.length;
  for (const words of [quoted, capital(quoted)])
    for (let i = line.indexOf(words); i >= 0; i = line.indexOf(words, i + 1))
      if (i <= at && i + words.length >= at + pointer.text.length) return undefined;
  return `${pointer.from[0]} says something else`;
}
