import type { Figure } from '../figures/figure.js';
import { percent } from '../proofs/proof.js';
import { clopperPearson } from '../self-check/binomial.js';

/** "3 of 200, 1.5 % [0.3 %, 4.3 %]": what was found in so many comparisons, with the exact 95 % interval. */
export function shareText(found: number, of: number): string {
  const { low, high } = clopperPearson(found, of);
  return `${found} of ${of}, ${percent(found / of)} [${percent(low)}, ${percent(high)}]`;
}

/** An error that may be made so often: missed where it surely is made more often, as the self-check judges. */
export function rarely(name: string, most: number, found: number, of: number): Figure {
  const bar = `low end ≤ ${Number((100 * most).toPrecision(3))} %`;
  return { name, bar, seen: shareText(found, of), holds: clopperPearson(found, of).low <= most };
}

/** What must be found so often: the share itself counts, as in the self-check. */
export function mostly(name: string, least: number, found: number, of: number, besides = ''): Figure {
  const bar = `≥ ${Number((100 * least).toPrecision(3))} %`;
  return { name, bar, seen: shareText(found, of) + besides, holds: found / of >= least };
}

/** Printed for the reader. */
export function told(name: string, found: number, of: number, besides = ''): Figure {
  return { name, bar: 'printed, no bar', seen: shareText(found, of) + besides, holds: true };
}
