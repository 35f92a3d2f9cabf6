import { defineLab } from '../lab/lab.js';
import { commands, mainJob } from './commands.js';
import { data } from './data.js';
import { economics, economicsParts } from './economics.js';
import { type Figure, type Measure, partsAsked, printFigures, printReached } from './figure.js';
import { memory } from './memory.js';
import { programMemory, programMemoryFromNode } from './program-memory.js';
import { scenarioParts, scenarios } from './scenarios.js';
import { timeGoes, timeParts } from './time-goes.js';
import { vectors } from './vectors.js';
import { verification } from './verification.js';

/*
 * `npm run bench:figures [-- NAME …]`: the figures that the tool must reach, measured on this machine. Leave the
 * machine alone meanwhile. `scenarios`, `economics` (20 minutes each; `scenarios-NAME`, `economics-NAME` for one
 * scenario of them), `main-job` and `time` (where the time of whole runs goes) take minutes and run only when they are named.
 */
const all: Readonly<Record<string, Measure>> = {
  commands,
  vectors,
  data,
  memory,
  'program-memory': programMemory,
  'program-memory-from-node': programMemoryFromNode,
  verification,
  scenarios,
  ...scenarioParts,
  economics,
  ...economicsParts,
  'main-job': mainJob,
  time: timeGoes,
  ...timeParts,
};

const parts = [...Object.keys(scenarioParts), ...Object.keys(economicsParts)];
const long = ['scenarios', 'economics', ...parts, 'main-job', 'time', ...Object.keys(timeParts)];
const usual = Object.keys(all).filter((name) => !long.includes(name));

export const lab = defineLab({}, async (_, names) => {
  const figures: Figure[] = [];
  for (const [, measure] of partsAsked(all, names, 'figures', usual))
    figures.push(...(await printFigures(measure())));
  printReached(figures);
  return 0;
});
