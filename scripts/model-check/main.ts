import { pooled } from '../../src/model/pooled.js';
import { readResults } from '../../src/results/reader.js';
import type { Figure } from '../figures/figure.js';
import { printFigure } from '../figures/parts.js';
import { sweepsAsked } from '../proofs/sweeps-asked.js';
import { rowSplits, type Split } from './held-out-cells.js';
import { projectionFigures } from './projection.js';
import { real } from './real.js';
import { simulated } from './simulated.js';

/*
 * `npm run model-check [-- --sweeps N] [RESULTS | RESULTS:HELD …]`: how good the formulas and `choose` are on cells
 * that they were not fitted to. Without files on simulated time, whose truth is known. A results file alone has its own
 * rows left out in turn; `a.ndjson:b.ndjson` fits to the first and tries on the second, measured by itself; `a.ndjson+b.ndjson` stands for two
 * runs together. `-- projection [SMALL LARGE]` tries the projection of 10⁶ × 10⁶ on its 10,000th part: it measures for
 * minutes unless the two runs are given, and so only when it is named.
 */
const asked = process.argv.slice(2);
const sweeps = sweepsAsked(asked);
const figures: readonly Figure[] =
  asked[0] === 'projection'
    ? projectionFigures(asked.slice(1))
    : asked.length === 0
      ? await simulated(sweeps)
      : real(asked.flatMap(splitsOf));
if (asked.length === 0)
  process.stdout.write(
    'not run, since it takes minutes: the projection (npm run model-check -- projection)\n',
  );
for (const figure of figures) printFigure(figure);
const held = figures.filter(({ holds }) => holds).length;
process.stdout.write(`${held} of ${figures.length} figures reached\n`);

function splitsOf(word: string): Split[] {
  const [train, held] = word.split(':').map((runs) => pooled(runs.split('+').map(readResults)));
  return held === undefined ? rowSplits(train) : [{ train, held }];
}
