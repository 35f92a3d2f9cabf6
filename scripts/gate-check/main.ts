import { parseCount } from '../../src/app/quantity.js';
import { flag, parsed } from '../../src/cli/options.js';
import { type Figure, partsAsked, printFigures } from '../figures/figure.js';
import { defineLab, say } from '../lab/lab.js';

/*
 * `npm run gate-check [-- PART … --comparisons N]`: how often `compare` cries wolf, and what it sees, over simulated
 * comparisons whose truth is known. Seeded: the same command prints the same figures on every machine.
 *
 * `-- --real [--quick] [--minutes N]` measures instead, on this machine's clock: leave it alone meanwhile. Stopped, it
 * goes on where it was. `-- --duet [--quick] [--minutes N]` measures what it gains to run both sides at the same time.
 * `-- --clone [NAME] [--keep]` puts a slow-down into a scratch clone of this repository and runs the
 * very step of the workflow on it.
 */
const above0 = (text: string, name: string) => parseCount(name, text);

export const lab = defineLab(
  {
    comparisons: parsed('of each part', above0),
    real: flag('measures on the clock of this machine'),
    quick: flag('with --real: a fifth of them'),
    minutes: parsed('with --real: at most so long', above0),
    duet: flag('measures what it gains to run both sides at the same time'),
    clone: flag('the step of the workflow on a clone with a slow-down in it'),
    keep: flag('with --clone: as the sample that is committed'),
  },
  async ({ comparisons = 1_000, real, quick, minutes = 60, duet, clone, keep }, words) => {
    if (clone) return (await import('./clone.js')).cloneGate(words[0], keep);
    if (duet) return (await import('./duet.js')).duetGate({ quick, minutes });
    if (real) return (await import('./real.js')).realGate({ quick, minutes });
    return simulatedGate(words, comparisons);
  },
);

async function simulatedGate(asked: readonly string[], comparisons: number): Promise<number> {
  const [
    { detection, detectionBesideLoad, detectionByFamily },
    { equalRuns },
    { machine },
    { movedCrossovers },
    { wrongAnswers },
  ] = await Promise.all([
    import('./detection.js'),
    import('./equal-runs.js'),
    import('./machine.js'),
    import('./moved-crossovers.js'),
    import('./wrong-answers.js'),
  ]);
  const { noiseSentence } = await import('./recorded-noise.js');
  const { keepPart } = await import('./report.js');
  const parts: Readonly<Record<string, (comparisons: number) => Promise<Figure[]>>> = {
    'equal-runs': equalRuns,
    detection,
    'detection-busy': detectionBesideLoad,
    'detection-families': detectionByFamily,
    'moved-crossovers': movedCrossovers,
    machine,
    'wrong-answers': wrongAnswers,
  };
  let missed = 0;
  for (const [name, part] of partsAsked(parts, asked, 'part')) {
    say(name);
    const figures = await printFigures(part(comparisons));
    missed += figures.filter(({ holds }) => !holds).length;
    keepPart(name, { comparisons, figures, noise: noiseSentence() });
  }
  say(missed === 0 ? 'All figures reached' : `${missed} figures missed`);
  return missed === 0 ? 0 : 1;
}
