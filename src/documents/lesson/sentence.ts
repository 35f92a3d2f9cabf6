import type { Estimate } from '../../analysis/types.js';
import { type Hole, quote, quoteAt, type Text, text } from '../../document/document.js';
import { type Figure, figure } from '../../document/figure.js';
import type { Compared, Missing } from './compared.js';

/**
 * What a sentence says in each outcome of its question. It is given the ratio: how many times as fast the one is where it
 * is faster or the same, how many times as long it takes where it is slower.
 */
export interface Outcomes {
  /** Names both sides, for "not decided here: whether …". */
  readonly whether: Hole;
  readonly faster: (times: Figure) => Text;
  readonly same: (times: Figure) => Text;
  readonly slower: (times: Figure) => Text;
}

/**
 * One sentence, as the run supports it. Undecided is an answer. A program that is not installed gives none: what is
 * left out for it is said once in the section.
 */
export function outcomeText(
  compared: Compared,
  { whether, faster, same, slower }: Outcomes,
): Text | undefined {
  switch (compared.kind) {
    case 'faster':
      return faster(figure(compared, 'ratio', 'ratio'));
    case 'same':
      return same(figure(compared, 'ratio', 'ratio'));
    case 'slower':
      return slower(figure(compared, 'inverse', 'ratio'));
    case 'undecided':
      return text`Not decided here: whether ${whether} (${figure(compared, 'ratio', 'ratio')} as fast${closeCall(compared.ratio)}).`;
    case 'missing':
      return compared.because.kind === 'not installed'
        ? undefined
        : text`Not measured here: whether ${whether} (${missingText(compared)}).`;
  }
}

/** "worker-threads: over its limit of 30 s". */
export function missingText({ strategies, because }: Missing): Text {
  return text`${quoteAt(strategies, 0)}: ${reasonHole(because)}`;
}

function reasonHole(because: Missing['because']): Hole {
  switch (because.kind) {
    case 'not reached':
      return 'the run ended before it';
    case 'no common round':
      return 'no round has both times';
    case 'not installed':
    case 'not applicable':
    case 'bound':
    case 'failed':
      return quote(because, 'reason');
  }
}

/** Where the range of the one comparison leaves out 1×, a reader asks why it is not decided. */
function closeCall({ interval }: Estimate): string {
  const isOut = interval !== undefined && (interval.low > 1 || interval.high < 1);
  return isOut ? '; too close a call among as many comparisons as this part makes' : '';
}

/** How many times as fast; undefined where it was not measured. */
export function ratioFigure(compared: Compared): Figure | undefined {
  return compared.kind === 'missing' ? undefined : figure(compared, 'ratio', 'ratio');
}
