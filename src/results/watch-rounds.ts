import type { JournalLine } from './format.js';

/** Rounds that may be missing, of a file that somebody made smaller by hand. */
const spare = 1_000;

/**
 * Watches the lines of one file: what is wrong with the round of the next one, undefined where nothing is. Rounds are
 * measured one after another, so that there are never more of them than records: tables by round may be made as long as
 * the largest round says.
 */
export function watchRounds(): (line: JournalLine) => string | undefined {
  let records = 0;
  return (line) => {
    if (line.type !== 'cell') return undefined;
    records++;
    return line.round < records + spare
      ? undefined
      : `round: ${line.round} after ${records} records, and no run leaves rounds out`;
  };
}
