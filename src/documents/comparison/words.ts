import type { SomeRounds } from '../../analysis/types.js';
import type { Compared, Comparison, Crossing, CrossoverChange } from '../../compare/types.js';
import { axisTitle } from '../../contract/axes.js';
import { code, type Hole, quote, quoteAt, type Text, text } from '../../document/document.js';
import { type Figure, figure } from '../../document/figure.js';
import { amountText, listed, pointText } from '../../document/words.js';
import { someRoundsText } from '../run-words.js';
import { heldText } from '../verdict/region-words.js';

/** "+15 % [+12 %, +18 %]"; from a doubling on as a factor: "2.1× [2, 2.2]". */
export function changeFigure(row: Pick<Compared, 'ratio'>): Figure {
  return figure(row, 'ratio', 'change');
}

/** "15 % slower", "2.1× slower", "9 % faster"; for memory and CPU time more or less of it. */
export function changeWords({ quantity, ratio }: Pick<Compared, 'quantity' | 'ratio'>): Text {
  const size = figure(ratio, 'value', 'difference');
  const up = ratio.value > 1;
  if (quantity === 'cpu') return text`${size} ${up ? 'more' : 'less'} CPU time`;
  if (quantity === 'memory') return text`${size} ${up ? 'more' : 'less'} memory`;
  return text`${size} ${up ? 'slower' : 'faster'}${quantity === 'time' ? '' : ' against for-loop'}`;
}

/** What was measured on one side, in its unit. */
export function sideFigure(row: Compared, side: 'base' | 'head'): Figure {
  switch (row.quantity) {
    case 'memory':
      return figure(row[side], 'value', 'bytes');
    case 'ratio to for-loop':
      return figure(row[side], 'value', 'ratio');
    case 'time':
    case 'cpu':
      return figure(row[side], 'value', 'ns');
  }
}

/** "warm, 8 keys, lists of 1k", or "warm, all 3 points". */
export function whereText(row: Compared): Text {
  const at = row.point === undefined ? allPoints(row) : pointText(row.point);
  return row.account === undefined ? at : text`${row.account}, ${at}`;
}

/** "both points", "all 3 points". */
export function allPoints(row: Pick<Compared, 'points'>): Text {
  return row.points === 2 ? ['both points'] : text`all ${figure(row, 'points', 'whole')} points`;
}

/** "`worker-threads` used to pay from 40k numbers per list, now from 95k numbers per list (warm)". */
export function crossoverText(change: CrossoverChange): Text {
  const { account, axis, before, after, challengers, question } = change;
  const fallback =
    question === 'parallel against best single-thread' ? 'a pool' : 'another single-thread way';
  const who: Hole =
    challengers.length === 0
      ? fallback
      : listed(
          challengers.map((_, index) => code(quoteAt(challengers, index))),
          'or',
        );
  return text`${who} used to pay ${payText(axis, before)}, now ${payText(axis, after)} (${account}${heldText(change)})`;
}

function payText(axis: string, crossing: Crossing): Text {
  if (crossing.kind !== 'at')
    return crossing.kind === 'always' ? [`at every measured value of ${axisTitle(axis)}`] : ['nowhere'];
  const place = amountText(axis, figure(crossing, 'at', { axis }, { digits: 2 }));
  return crossing.below === 'challenger' ? text`up to ${place}` : text`from ${place} on`;
}

/** Where several scenarios are compared, it is said of which a row is. */
export function scenarioPrefix(comparison: Comparison, about: { readonly scenario: string }): Hole {
  return comparison.scenarios.length > 1 ? text`${quote(about, 'scenario')}: ` : undefined;
}

/** A reason on one line; a stack trace helps nobody in a sentence. */
export function reasonText(about: { readonly reason: string; readonly in?: SomeRounds }): Text {
  return text`${quote(about, 'reason', (reason) => reason.slice(0, longestReason))}${someRoundsText(about)}`;
}

/** Characters of a reason in a sentence. */
const longestReason = 160;

/** A strategy by its label. */
export function strategyCode(about: { readonly strategy: string }) {
  return code(quote(about, 'strategy'));
}
