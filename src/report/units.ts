/* The formats of src/document/units.ts, by the names that charts and the command line know them by. */

export {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRate,
  formatRatio,
} from '../document/units.js';
