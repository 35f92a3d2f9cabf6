import { join } from 'node:path';
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
export function makePageFiles<C extends NamedChart>(
  { charts, failed, again, texts }: Page<C>,
  load?: LoadPackage,
): PageFiles {
  const { drawn, missing } = drawCharts(charts, again, load, failed);
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
 * the first chart is drawn, since native code that draws may end the whole process, and again after the last. Throws an
 * InputError, which ends with `instead`, before it writes over anything else.
 */
export function writePage<C extends NamedChart>(
  page: Page<C>,
  folder: string,
  instead: string,
  load?: LoadPackage,
): WrittenPage {
  let made: PageFiles = { files: [], skipped: [] };
  const makeAll = () => {
    made = makePageFiles(page, load);
    return made.files;
  };
  const undrawn = page.texts(markUndrawn(page.charts, []), [notDrawnYet(page.again)]);
  replaceTextsFirst(folder, undrawn, makeAll, instead);
  const { files, skipped } = made;
  return {
    path: join(folder, files[0].path),
    charts: files.filter((file) => 'bytes' in file).map(({ path }) => join(folder, path)),
    skipped,
  };
}
