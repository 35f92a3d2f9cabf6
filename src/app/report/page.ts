import { join } from 'node:path';
import { setImmediate as hearOthers } from 'node:timers/promises';
import type { FailedChart, NamedChart, ShownChart } from '../../document/chart.js';
import { chartsFolder } from '../../documents/verdict/charts.js';
import { type OutputFile, replaceTextsFirst } from '../../files/outputs.js';
import { type Again, drawCharts, type LoadPackage, markUndrawn, notDrawnYet } from '../../render/png.js';

/** A page of words with its charts, before it is known which of these can be drawn. */
export interface Page<C extends NamedChart = NamedChart> {
  readonly charts: readonly C[];
  /** Charts that could not be composed. */
  readonly failed?: readonly FailedChart[];
  /** The command that makes the page again. */
  readonly again: Again;
  /** Its files but for the pictures, the page itself first. `missing`: why pictures are, as sentences. */
  texts(charts: readonly (C & ShownChart)[], missing: readonly string[]): readonly OutputFile[];
}

/** All files of a page, and what could not be drawn, as sentences. */
export interface PageFiles {
  readonly files: readonly OutputFile[];
  readonly skipped: readonly string[];
}

/**
 * Everything that is written for a page. Equal pages give equal bytes: no clock, no place on a machine, and a font of
 * its own. A chart that cannot be drawn is left out, and the page says why.
 */
export function makePageFiles<C extends NamedChart>(page: Page<C>, load?: LoadPackage): PageFiles {
  const making = makeFiles(page, load);
  for (let step = making.next(); ; step = making.next()) if (step.done) return step.value;
}

/** The same, with a pause after each picture. */
function* makeFiles<C extends NamedChart>(
  { charts, failed, again, texts }: Page<C>,
  load?: LoadPackage,
): Generator<void, PageFiles> {
  const { drawn, missing } = yield* drawCharts(charts, again, load, failed);
  const pictures = drawn.map(({ chart, bytes }) => ({ path: `${chartsFolder}/${chart.name}`, bytes }));
  return { files: [...texts(markUndrawn(charts, drawn), missing), ...pictures], skipped: missing };
}

/** Where a page was written. Paths are joined with the folder that was given. */
export interface WrittenPage {
  readonly path: string;
  readonly charts: readonly string[];
  /** Why charts are missing, as sentences with what to do; empty where nothing is. */
  readonly skipped: readonly string[];
}

/**
 * Writes a page into a folder, which is made where it is missing, in place of an earlier one. The texts are there before
 * the first chart is drawn, since native code that draws may end the whole process, and again after the last. Between two
 * charts Ctrl-C is heard. Throws an InputError, which ends with `instead`, before it writes over anything else.
 */
export async function writePage<C extends NamedChart>(
  page: Page<C>,
  folder: string,
  instead: string,
  load?: LoadPackage,
): Promise<WrittenPage> {
  let made: PageFiles = { files: [], skipped: [] };
  const makeAll = async () => {
    const making = makeFiles(page, load);
    let step = making.next();
    for (; !step.done; step = making.next()) await hearOthers();
    made = step.value;
    return made.files;
  };
  const undrawn = page.texts(markUndrawn(page.charts, []), [notDrawnYet(page.again)]);
  await replaceTextsFirst(folder, undrawn, makeAll, instead);
  const { files, skipped } = made;
  return {
    path: join(folder, files[0].path),
    charts: files.filter((file) => 'bytes' in file).map(({ path }) => join(folder, path)),
    skipped,
  };
}
