/* The formats of src/document/units.ts, by the names that charts, the comparison and the lesson know them by. */

export {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRate,
  formatRatio,
  ratioText as formatRatioEstimate,
  timeText as formatTime,
} from '../document/units.js';
