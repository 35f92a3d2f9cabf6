import type { Figure } from '../figures/figure.js';
import { partsAsked, printFigure } from '../figures/parts.js';
import { detection } from './detection.js';
import { equalRuns } from './equal-runs.js';
import { machine } from './machine.js';
import { movedCrossovers } from './moved-crossovers.js';
import { keepFigures } from './report.js';

/*
 * `npm run gate-check [-- PART … --comparisons N] [-- --real [--quick]]`: how often `compare` cries wolf, and what it
 * sees, over simulated comparisons whose truth is known. Seeded: the same command prints the same figures on every
 * machine. `--real` measures instead, on this machine's clock: leave it alone meanwhile.
 */
const parts: Readonly<Record<string, (comparisons: number) => Promise<Figure[]>>> = {
  'equal-runs': equalRuns,
  detection,
  'moved-crossovers': movedCrossovers,
  machine,
};

const args = process.argv.slice(2);
if (args.includes('--real')) {
  const { realGate } = await import('./real.js');
  process.exitCode = await realGate(args.includes('--quick'));
} else {
  process.exitCode = await simulatedGate(args);
}

async function simulatedGate(asked: string[]): Promise<number> {
  const place = asked.indexOf('--comparisons');
  const [, count = '1000'] = place < 0 ? [] : asked.splice(place, 2);
  const comparisons = Number(count);
  if (!(comparisons >= 1)) {
    process.stderr.write('--comparisons takes a whole number\n');
    return 2;
  }
  let missed = 0;
  for (const [name, part] of partsAsked(parts, asked, 'part')) {
    process.stdout.write(`${name}\n`);
    const figures = await part(comparisons);
    for (const figure of figures) {
      if (!figure.holds) missed++;
      printFigure(figure);
    }
    keepFigures(name, comparisons, figures);
  }
  process.stdout.write(missed === 0 ? 'All figures reached\n' : `${missed} figures missed\n`);
  return missed === 0 ? 0 : 1;
}
