import { wholeNumber } from '../../src/cli/options.js';
import { InputError } from '../../src/contract/errors.js';
import { pooled } from '../../src/model/pooled.js';
import { readResults } from '../../src/results/reader.js';
import { type Figure, printFigures, printReached } from '../figures/figure.js';
import { defineLab, say } from '../lab/lab.js';
import { far } from './far.js';
import { firstPrinciples } from './first-principles/figures.js';
import { rowSplits, type Split } from './held-out-cells.js';
import { heldOutSplits } from './held-out-runs.js';
import { projectionFigures } from './projection.js';
import { real } from './real.js';
import { simulated } from './simulated.js';

/*
 * `npm run model-check [-- --sweeps N] [RESULTS | RESULTS:HELD …]`: how good the formulas and `choose` are on cells
 * that they were not fitted to. Without files on simulated time, whose truth is known. A results file alone has its own
 * rows left out in turn; `a.ndjson:b.ndjson` fits to the first and tries on the second, measured by itself; `a.ndjson+b.ndjson` stands for two
 * runs together. What measures for minutes is run only when it is named:
 *
 * - `-- held-out FOLDER [SECONDS]` measures both, 25 minutes in all, in as many sittings as one likes.
 * - `-- projection FOLDER [SECONDS]` tries the projection of 10⁶ × 10⁶ on its 10,000th part, 4 minutes, the same way.
 * - `-- far RESULTS …` tells the large cells of runs from the small ones, as far out as `advise` goes.
 * - `-- first-principles PROFILE RESULTS …` predicts the cells of whole runs from a calibration alone.
 */
export const lab = defineLab(
  { sweeps: wholeNumber('runs that are simulated per case', { least: 1 }) },
  async ({ sweeps }, words) => {
    const figures = await figuresOf(words, sweeps);
    if (figures === undefined) say(`not finished: the same command goes on with ${words[1]}`);
    else printReached(await printFigures(Promise.resolve(figures)));
    return 0;
  },
);

/** Undefined where the time is up before all was measured. */
async function figuresOf(
  words: readonly string[],
  sweeps: number | undefined,
): Promise<readonly Figure[] | undefined> {
  const [what, ...rest] = words;
  if (what === 'first-principles') return firstPrinciples(rest);
  if (what === 'far') return far(rest);
  if (what === 'held-out' || what === 'projection') return inPieces(what, rest);
  if (what !== undefined) return real(words.flatMap(splitsOf));
  const figures = await simulated(sweeps);
  say('not run, since they take minutes: held-out, projection, first-principles');
  return figures;
}

function inPieces(
  check: 'held-out' | 'projection',
  [folder, seconds = '1800']: readonly string[],
): readonly Figure[] | undefined {
  if (folder === undefined || !(Number(seconds) > 0))
    throw new InputError(`${check} takes a folder for its runs, and for how many seconds to measure`);
  if (check === 'projection') return projectionFigures(folder, Number(seconds));
  const splits = heldOutSplits(folder, Number(seconds));
  return splits === undefined ? undefined : real(splits);
}

function splitsOf(word: string): Split[] {
  const [train, tried] = word.split(':').map((runs) => pooled(runs.split('+').map(readResults)));
  return tried === undefined ? rowSplits(train) : [{ train, held: tried }];
}
