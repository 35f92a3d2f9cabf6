import { commands, mainJob } from './commands.js';
import { data } from './data.js';
import type { Figure, Measure } from './figure.js';
import { memory } from './memory.js';
import { scenarios } from './scenarios.js';
import { vectors } from './vectors.js';
import { verification } from './verification.js';

/*
 * `npm run bench:figures [-- NAME …]`: the figures that the tool must reach, measured on this machine. Leave the
 * machine alone meanwhile. `scenarios` and `main-job` take
 * minutes and run only when they are named.
 */
const all: Readonly<Record<string, Measure>> = {
  commands,
  vectors,
  data,
  memory,
  verification,
  scenarios,
  'main-job': mainJob,
};

const asked = process.argv.slice(2);
const long = ['scenarios', 'main-job'];
const names = asked.length > 0 ? asked : Object.keys(all).filter((name) => !long.includes(name));
const unknown = names.find((name) => all[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`no figures "${unknown}"; there are ${Object.keys(all).join(', ')}\n`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const name of names) {
  for (const figure of await all[name]()) {
    figures.push(figure);
    const { holds, bar, seen } = figure;
    process.stdout.write(`${holds ? 'ok    ' : 'MISSED'}  ${figure.name}: ${seen} (${bar})\n`);
  }
}
const held = figures.filter(({ holds }) => holds).length;
process.stdout.write(`${held} of ${figures.length} figures reached\n`);
