import { pooled } from '../../src/model/pooled.js';
import { readResults } from '../../src/results/reader.js';
import type { Figure } from '../figures/figure.js';
import { printFigure } from '../figures/parts.js';
import { sweepsAsked } from '../proofs/sweeps-asked.js';
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
const asked = process.argv.slice(2);
const sweeps = sweepsAsked(asked);
const [what, ...rest] = asked;
const figures = await measured();
for (const figure of figures) printFigure(figure);
const held = figures.filter(({ holds }) => holds).length;
process.stdout.write(`${held} of ${figures.length} figures reached\n`);

async function measured(): Promise<readonly Figure[]> {
  if (what === 'first-principles') return firstPrinciples(rest);
  if (what === 'far') return far(rest);
  if (what === 'held-out' || what === 'projection') return inPieces(what, rest);
  if (what !== undefined) return real(asked.flatMap(splitsOf));
  const told = await simulated(sweeps);
  process.stdout.write('not run, since they take minutes: held-out, projection, first-principles\n');
  return told;
}

function inPieces(
  check: 'held-out' | 'projection',
  [folder, seconds = '1800']: readonly string[],
): readonly Figure[] {
  if (folder === undefined || !(Number(seconds) > 0)) {
    process.stderr.write(`${check} takes a folder for its runs, and for how many seconds to measure\n`);
    process.exit(2);
  }
  if (check === 'projection') {
    const told = projectionFigures(folder, Number(seconds));
    if (told !== undefined) return told;
  } else {
    const splits = heldOutSplits(folder, Number(seconds));
    if (splits !== undefined) return real(splits);
  }
  process.stdout.write(`not finished: the same command goes on with ${folder}\n`);
  process.exit(0);
}

function splitsOf(word: string): Split[] {
  const [train, tried] = word.split(':').map((runs) => pooled(runs.split('+').map(readResults)));
  return tried === undefined ? rowSplits(train) : [{ train, held: tried }];
}
