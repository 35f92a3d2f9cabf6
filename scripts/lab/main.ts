import { UserError } from '../../src/contract/errors.js';
import { tableLines } from '../../src/render/terminal.js';
import { type Lab, say } from './lab.js';

/*
 * `npm run lab -- NAME …`: what the project does to itself. Each script says at its top what it takes; those that take
 * long go on where they were stopped. `npm run lab` alone names them.
 */
const labs: readonly {
  readonly name: string;
  readonly what: string;
  load(): Promise<{ readonly lab: Lab }>;
}[] = [
  {
    name: 'proofs',
    what: 'how often the analysis is right, on simulated time',
    load: () => import('../proofs/main.js'),
  },
  {
    name: 'self-check',
    what: 'false winners and seen differences, on the real clock: 40 minutes',
    load: () => import('../self-check/main.js'),
  },
  {
    name: 'pool-noise',
    what: 'records how pools differ from process to process: 80 minutes',
    load: () => import('../pool-noise/main.js'),
  },
  {
    name: 'gate-check',
    what: 'how often compare cries wolf, and what it sees',
    load: () => import('../gate-check/main.js'),
  },
  {
    name: 'model-check',
    what: 'how good formulas and choices are on cells that they have not seen',
    load: () => import('../model-check/main.js'),
  },
  {
    name: 'figures',
    what: 'the figures that the tool must reach on this machine',
    load: () => import('../figures/main.js'),
  },
  {
    name: 'rulers',
    what: 'how far the pools are from what the machine can do',
    load: () => import('../rulers/main.js'),
  },
  {
    name: 'idioms',
    what: 'is the loop that all are compared with a good one?',
    load: () => import('../idioms.js'),
  },
  {
    name: 'driver-memory',
    what: 'does the driver of a long run stay as large as it began?',
    load: () => import('../driver-memory.js'),
  },
  {
    name: 'resume-proof',
    what: 'runs that are cut off at any moment, resumed and compared with an unbroken one',
    load: () => import('../resume-proof.js'),
  },
  {
    name: 'torture',
    what: 'faults at random moments into real runs of every command',
    load: () => import('../torture/main.js'),
  },
  {
    name: 'fuzz',
    what: 'damaged files for every reader of outside data',
    load: () => import('../fuzz/main.js'),
  },
  {
    name: 'golden',
    what: 'committed texts and charts that the code would write otherwise; --update writes them',
    load: () => import('../golden.js'),
  },
  { name: 'check-run', what: 'the outputs of a run', load: () => import('../check-run.js') },
  { name: 'flights', what: 'makes scenarios/data/flights.parquet', load: () => import('../flights.js') },
];

process.exitCode = await runLab(process.argv.slice(2));

async function runLab([name, ...args]: readonly string[]): Promise<number> {
  const known = labs.find((each) => each.name === name);
  if (known === undefined) {
    const rows = labs.map((each) => [each.name, each.what]);
    say(tableLines(['npm run lab --', 'what it shows'], rows, Number.POSITIVE_INFINITY));
    return name === undefined ? 0 : 2;
  }
  try {
    const { lab } = await known.load();
    return (await lab.carryOut(args)) ?? 0;
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    return cause.exitCode;
  }
}
