import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type PartId, partIds } from '../../documents/lesson/part.js';
import { resultsFileName } from '../../results/journal.js';
import { isFinished, readLines, type WrittenLines } from '../../results/reader.js';

/** What there is of a lesson in its folder, by part. */
export type WrittenParts = ReadonlyMap<PartId, WrittenLines>;

/** What to do where a file of somebody else's is in the way. */
export const lessonInstead =
  'Rename it, or give the lesson a folder of its own: breakeven lesson --out FOLDER. Measured parts are kept: with that file out of the way, breakeven lesson --from FOLDER writes the text again.';

export function resultsPath(out: string, part: PartId): string {
  return join(out, part, resultsFileName);
}

/** Throws a ResultsError where a file is there and is none of ours. */
export function writtenParts(out: string): WrittenParts {
  const there = partIds.filter((part) => existsSync(resultsPath(out, part)));
  return new Map(there.map((part) => [part, readLines(resultsPath(out, part))]));
}

export function isWhole(written: WrittenParts): boolean {
  return partIds.every((part) => {
    const lines = written.get(part);
    return lines !== undefined && isFinished(lines);
  });
}
