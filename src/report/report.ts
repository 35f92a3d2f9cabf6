/*
 * From an analysis to files. `reportFiles` is the pure core, `writeReport` the one writer, `summary` the short form
 * for a terminal or a CI page; `units.ts` formats figures for everybody.
 */
export { type Report, reportFiles } from './files.js';
export { summary } from './verdict-page.js';
export { type WrittenReport, writeReport } from './write-report.js';
