import { existsSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../contract/errors.js';
import { type PartId, partIds } from '../../documents/lesson/part.js';
import { makeFolder } from '../../files/make-folder.js';
import { checkOutputPlaces, removeOutputs } from '../../files/outputs.js';
import {
  findOwnedFolder,
  findOwnedFolders,
  makeOwnedFolder,
  removeOwnedFolder,
} from '../../files/owned-folder.js';
import { shellWord } from '../../files/shell.js';
import { replaceFile } from '../../files/write-file.js';
import { resultsFileName } from '../../results/journal.js';
import { isFinished, readLines, type WrittenLines } from '../../results/reader.js';
import { lessonPaths } from '../report/lesson.js';

/*
 * A new lesson never costs a finished one. Where one is there, the new one is measured into a folder of our own beside
 * its parts, and takes their place, results file by results file, once it is whole. Nothing else in the folder is
 * touched.
 */
const purpose = 'lesson';

/** In the folder of a new lesson that is whole: from here on its results are moved. */
const movingName = 'moving';

/** Where a lesson is measured. */
export type LessonPlace =
  | { readonly kind: 'own'; readonly folder: string }
  /** `out`: where the finished lesson is whose place it will take. */
  | { readonly kind: 'beside'; readonly folder: string; readonly out: string };

/** Throws an InputError where something that is not ours is in the way, or a lesson that was cut off. Makes nothing yet. */
export function checkMayBegin(out: string): void {
  removeEmptyBegun(out);
  const begun = findBegun(out);
  const written = writtenParts(out);
  if (begun !== undefined || (written.size > 0 && !isWhole(written)))
    throw new InputError(
      `${out} holds a lesson that was cut off: go on with it by breakeven lesson --resume${outOption(out)}, or remove ` +
        `${begun?.folder ?? 'that folder'} to start anew.`,
    );
  for (const part of partIds) {
    const header = written.get(part)?.header;
    if (header?.scenario.id === part && header.command[0] === 'lesson') continue;
    if (!isTaken(join(out, part))) continue;
    throw new InputError(
      `${join(out, part)} was not made by breakeven lesson, which keeps the results of its part "${part}" under that name. ` +
        'Nothing was touched. Give the lesson a folder of its own: breakeven lesson --out FOLDER.',
    );
  }
  checkOutputPlaces(out, lessonPaths, lessonInstead);
}

/** After `checkMayBegin`: the folder itself, or a new one in it where a finished lesson is there. */
export function placeForNew(out: string): LessonPlace {
  if (writtenParts(out).size === 0) return { kind: 'own', folder: out };
  return { kind: 'beside', folder: join(out, basename(makeOwnedFolder(purpose, out).path)), out };
}

/** Of a lesson that was cut off, named by its folder, or by that of the finished one beside it. */
export function placeToResume(out: string): LessonPlace {
  const isNew = existsSync(out) && findOwnedFolder(resolve(out))?.purpose === purpose;
  if (isNew) return { kind: 'beside', folder: out, out: dirname(out) };
  return findBegun(out) ?? { kind: 'own', folder: out };
}

/** Puts a whole new lesson in the place of the finished one. May be called again where it was cut off. */
export function takePlace(place: LessonPlace): void {
  if (place.kind === 'own') return;
  const { folder, out } = place;
  replaceFile(join(folder, movingName), '');
  for (const part of partIds) {
    const from = resultsPath(folder, part);
    if (!existsSync(from)) continue;
    makeFolder(join(out, part));
    renameSync(from, resultsPath(out, part));
    // A verdict of the part, should somebody have asked for one, was about the results that are gone.
    removeOutputs(join(out, part));
  }
}

/** After the lesson's text was written: nothing is in the folder any more that is not in its place. */
export function leavePlace(place: LessonPlace): void {
  if (place.kind === 'beside') removeOwnedFolder(place.folder);
}

/** Was it cut off while it took its place? Then part of the results is here, and part there. */
export function isMoving(place: LessonPlace): boolean {
  return place.kind === 'beside' && existsSync(join(place.folder, movingName));
}

/** The command that goes on with a lesson in this place, however it was cut off. */
export function goOnWith({ folder }: LessonPlace): string {
  return `breakeven lesson --resume${outOption(folder)}`;
}

function outOption(out: string): string {
  return out === 'reports/lesson' ? '' : ` --out ${shellWord(out)}`;
}

/** The newest new lesson in a folder. */
function findBegun(out: string): Extract<LessonPlace, { kind: 'beside' }> | undefined {
  if (!existsSync(out)) return undefined;
  const [newest] = findOwnedFolders(out)
    .filter((folder) => folder.purpose === purpose)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return newest && { kind: 'beside', folder: newest.path, out };
}

/** Of a lesson that was killed before its first part had a line: there is nothing in it to go on with. */
function removeEmptyBegun(out: string): void {
  const begun = findBegun(out);
  if (begun === undefined || isMoving(begun) || writtenParts(begun.folder).size > 0) return;
  if (findOwnedFolder(begun.folder)?.owner === 'dead') removeOwnedFolder(begun.folder);
}

/** An empty folder is in nobody's way. */
function isTaken(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return !found.isDirectory() || readdirSync(path).length > 0;
}

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
