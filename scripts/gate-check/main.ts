import { parseArgs } from 'node:util';
import type { Figure } from '../figures/figure.js';
import { partsAsked, printFigure } from '../figures/parts.js';

/*
 * `npm run gate-check [-- PART … --comparisons N]`: how often `compare` cries wolf, and what it sees, over simulated
 * comparisons whose truth is known. Seeded: the same command prints the same figures on every machine.
 *
 * `-- --real [--quick] [--minutes N]` measures instead, on this machine's clock: leave it alone meanwhile. Stopped, it
 * goes on where it was. `-- --duet [--quick] [--minutes N]` measures what it gains to run both sides at the same time.
 * `-- --clone [NAME] [--keep]` puts a slow-down into a scratch clone of this repository and runs the
 * very step of the workflow on it.
 */
const { values, positionals } = parseArgs({
  options: {
    comparisons: { type: 'string', default: '1000' },
    real: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    duet: { type: 'boolean', default: false },
    clone: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
process.exitCode = await main();

async function main(): Promise<number> {
  const [comparisons, minutes] = [Number(values.comparisons), Number(values.minutes)];
  if (!(comparisons >= 1) || !(minutes > 0)) {
    process.stderr.write('--comparisons and --minutes take numbers above 0\n');
    return 2;
  }
  if (values.clone) return (await import('./clone.js')).cloneGate(positionals[0], values.keep);
  if (values.duet) return (await import('./duet.js')).duetGate({ quick: values.quick, minutes });
  if (values.real) return (await import('./real.js')).realGate({ quick: values.quick, minutes });
  return simulatedGate(positionals, comparisons);
}

async function simulatedGate(asked: readonly string[], comparisons: number): Promise<number> {
  const [
    { detection, detectionBesideLoad },
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
    'moved-crossovers': movedCrossovers,
    machine,
    'wrong-answers': wrongAnswers,
  };
  let missed = 0;
  for (const [name, part] of partsAsked(parts, asked, 'part')) {
    process.stdout.write(`${name}\n`);
    const figures = await part(comparisons);
    for (const figure of figures) {
      if (!figure.holds) missed++;
      printFigure(figure);
    }
    keepPart(name, { comparisons, figures, noise: noiseSentence() });
  }
  process.stdout.write(missed === 0 ? 'All figures reached\n' : `${missed} figures missed\n`);
  return missed === 0 ? 0 : 1;
}
