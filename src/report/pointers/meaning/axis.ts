import type { AxisValue } from '../../../contract/scenario.js';
import { axisTitle, formatAmount, formatAxis } from '../../axes.js';
import { axisOf, resolve, type Tree } from '../tree.js';
import type { Place } from './page.js';

/** A value of an axis stands with the words of that axis: "16 keys", "lists of 10", or in its column. */
export function axisProblem({ table, before, after }: Place, from: string, roots: Tree): string | undefined {
  const axis = axisOf(from, roots);
  const value = resolve(from, roots) as AxisValue;
  if (table !== undefined && !table.inHead && table.head[table.at] === axisTitle(axis)) return undefined;
  const fits = [
    formatAxis(axis, value),
    ...(typeof value === 'number' ? [formatAmount(axis, value)] : []),
  ].some((words) => standsIn(words, before, after));
  return fits ? undefined : `${from} is of the axis ${axis}`;
}

/** Words around a number: those in front of it and those behind it, the latter perhaps after "to 64". */
function standsIn(words: string, before: string, after: string): boolean {
  const [figure = ''] = /\d[\d.,]*([kMG]| [nµm]?s)?/.exec(words) ?? [];
  const at = words.indexOf(figure);
  const [head, tail] = [words.slice(0, at), words.slice(at + figure.length)];
  const behind = after.replace(/^ to \d[\d.,]*([kMG]| [nµm]?s)?/, '');
  return before.endsWith(head) && (after.startsWith(tail) || behind.startsWith(tail)) && head + tail !== '';
}
