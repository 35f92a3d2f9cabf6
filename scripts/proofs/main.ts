import type { Figure } from '../figures/figure.js';
import { coverage } from './coverage.js';
import { economics } from './economics.js';
import { mapErrors } from './map-errors.js';
import { order } from './order.js';
import type { Proof } from './proof.js';
import { shapes } from './shapes.js';
import { threshold } from './threshold.js';

/*
 * `npm run proofs [-- NAME … --sweeps N]`: how often the analysis is right, and what the planner saves, over simulated
 * runs whose truth is known. Seeded: the same command prints the same figures on every machine.
 */
const all: Readonly<Record<string, Proof>> = {
  coverage,
  shapes,
  threshold,
  'map-errors': mapErrors,
  economics,
  order,
};

const asked = process.argv.slice(2);
const place = asked.indexOf('--sweeps');
const [sweeps] = place < 0 ? [] : asked.splice(place, 2).slice(1).map(Number);
const names = asked.length > 0 ? asked : Object.keys(all);
const unknown = names.find((name) => all[name] === undefined);
if (unknown !== undefined || (place >= 0 && !(Number(sweeps) >= 1))) {
  const message = unknown === undefined ? '--sweeps takes a whole number' : `no proof "${unknown}"`;
  process.stderr.write(`${message}; proofs are ${Object.keys(all).join(', ')}\n`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const name of names) {
  process.stdout.write(`${name}\n`);
  for (const figure of await all[name](sweeps)) {
    figures.push(figure);
    const { holds, bar, seen } = figure;
    process.stdout.write(`${holds ? 'ok    ' : 'MISSED'}  ${figure.name}: ${seen} (${bar})\n`);
  }
}
const held = figures.filter(({ holds }) => holds).length;
process.stdout.write(`${held} of ${figures.length} figures reached\n`);
