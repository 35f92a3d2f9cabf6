import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lessonBeforeCharts, lessonFiles, lessonName } from '../../app/lesson/lesson.js';
import { InputError } from '../../contract/errors.js';
import { type PartId, type Parts, partIds, partsOf } from '../../documents/lesson/part.js';
import { replaceTextsFirst } from '../../files/outputs.js';
import type { Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { note, say } from '../terminal.js';
import { lessonInstead, resultsPath } from './place.js';

/** Writes lesson and charts from the results of the parts in a folder; the path is the last line of the output. */
export function rebuildLesson(folder: string): Parts {
  const parts = partsOf(readParts(folder));
  let skipped: readonly string[] = [];
  const makeAll = () => {
    const made = lessonFiles(parts);
    skipped = made.skipped;
    return made.files;
  };
  replaceTextsFirst(folder, lessonBeforeCharts(parts), makeAll, lessonInstead);
  for (const line of skipped) note(line);
  say(relative('.', join(folder, lessonName)));
  return parts;
}

function readParts(folder: string): Map<PartId, Results> {
  const there = partIds.filter((part) => existsSync(resultsPath(folder, part)));
  if (there.length === 0)
    throw new InputError(
      `${folder} holds no results of a lesson: name the folder that \`breakeven lesson\` wrote (it has ${partIds.map((part) => `${part}/`).join(', ')} in it).`,
    );
  return new Map(there.map((part) => [part, readResults(resultsPath(folder, part))]));
}
