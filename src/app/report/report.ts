/* From an analysis to files. `reportFiles` is the pure core, `writeReport` the one writer. */
export { reportFiles } from './files.js';
export { writeReport } from './write-report.js';
