import type { BreakEven, Estimate } from '../../analysis/types.js';
import { noted } from '../pointers/note.js';
import { formatCount } from '../units.js';

/** "3 passes [2, 4]", "1 run". */
export function usesWords(uses: Estimate, noun: 'run' | 'pass'): string {
  const count = Math.ceil(uses.value);
  const plural = noun === 'pass' ? 'passes' : 'runs';
  const interval =
    uses.interval === undefined
      ? ''
      : ` [${[uses.interval.low, uses.interval.high].map((end) => (Number.isFinite(end) ? formatCount(Math.ceil(end)) : 'never')).join(', ')}]`;
  const text = `${formatCount(count)} ${count === 1 ? noun : plural}${interval}`;
  return noted(text, { kind: 'estimate', from: uses });
}

/** What one use of a break-even is called. */
export function useNoun({ kind }: Pick<BreakEven, 'kind'>): 'run' | 'pass' {
  return kind === 'opening' ? 'run' : 'pass';
}
