/* The formats of src/document/units.ts, by the names that the command line knows them by. */

export {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRatio,
} from '../../document/units.js';
