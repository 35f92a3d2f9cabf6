import type { Estimate } from '../analysis/types.js';
import { rateText, ratioText, timeText } from '../document/units.js';
import { noted } from './pointers/note.js';

/* The formats of src/document/units.ts for what is still written as strings: estimates say where they come from. */

export {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRate,
  formatRatio,
  timeText,
} from '../document/units.js';

/** A time with its interval in one unit: "1.23 ms [1.2, 1.31]". */
export function formatTime(time: Estimate): string {
  return noted(timeText(time), { kind: 'estimate', from: time });
}

/** A rate with its interval: "12.3 GB/s [12, 12.6]". */
export function formatRateEstimate(rate: Estimate): string {
  return noted(rateText(rate), { kind: 'estimate', from: rate });
}

/** A ratio with its interval: "5.1× [4.8, 5.4]". */
export function formatRatioEstimate(ratio: Estimate): string {
  return noted(ratioText(ratio), { kind: 'estimate', from: ratio });
}
