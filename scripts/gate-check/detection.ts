import type { Comparison } from '../../src/compare/types.js';
import type { Figure } from '../figures/figure.js';
import { loopNoise, poolNoises } from '../proofs/noise-kinds.js';
import { percent } from '../proofs/proof.js';
import { ciRun, strategyNames } from './model.js';
import { comparison, type Way } from './pairs.js';
import { recorded } from './recorded-noise.js';
import { redStrategies } from './red-strategies.js';
import { mostly, shareText, told } from './share.js';

/** Slow-downs of one strategy, as shares. */
const steps = [0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3];
const demanded = 0.15;
const ways: readonly Way[] = ['interleaved', 'until settled', 'separate'];

/** One strategy made slower, each in turn: is the comparison red, and is it that strategy alone that is named? */
export async function detection(comparisons: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const way of ways) {
    for (const share of steps) {
      // The curve needs no more than a fifth of what the demanded point gets, nor does what looks at itself after every round.
      const inFull = share === demanded && way !== 'until settled';
      figures.push(await detected(way, share, 'quiet', inFull ? comparisons : comparisons / 5));
    }
  }
  return figures;
}

/** The same beside a program that keeps one core busy: fewer steps, for what is asked there is how far the curve moves. */
export async function detectionBesideLoad(comparisons: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const way of ways)
    for (const share of [0.1, demanded, 0.2, 0.3])
      figures.push(await detected(way, share, 'busy', comparisons / 10));
  return figures;
}

/** Pools vary as they were recorded, loops by less than one per cent: what the gate sees of either, one clearly slower. */
export async function detectionByFamily(comparisons: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const families = [
    ['loops', strategyNames.filter((name) => !isPool(name))],
    ['pools', strategyNames.filter(isPool)],
  ] as const;
  for (const noise of poolNoises.filter(({ name }) => familyNoises.includes(name)))
    for (const [family, names] of families) {
      const byStrategy = Object.fromEntries(
        strategyNames.map((name) => [name, isPool(name) ? noise : loopNoise]),
      );
      const times = Math.max(names.length, Math.round(comparisons / 10));
      let found = 0;
      for (let seed = 1; seed <= times; seed++) {
        const change = { strategy: names[seed % names.length], factor: 1 + demanded };
        const sides = { base: { byStrategy }, head: { byStrategy } };
        // Processor time of these processes has no noise of its own, and would give them away.
        const { rows } = await comparison(seed, 'interleaved', change, sides);
        if (redStrategies(rows.filter(({ quantity }) => quantity === 'time')).includes(change.strategy))
          found++;
      }
      figures.push(
        told(`one of the ${family} ${percent(demanded)} slower, pools ${noise.name}: red`, found, times),
      );
    }
  return figures;
}

const familyNoises = ['log-normal 8 %', '8 % of processes ×1.9, over 3 %'];

function isPool(name: string): boolean {
  return ciRun(1).strategies.some(
    ({ label, family }) => label === name && (family === 'threads' || family === 'processes'),
  );
}

async function detected(
  way: Way,
  share: number,
  condition: 'quiet' | 'busy',
  comparisons: number,
): Promise<Figure> {
  const times = Math.max(strategyNames.length, Math.round(comparisons));
  let [found, elsewhere] = [0, 0];
  for (let seed = 1; seed <= times; seed++) {
    const strategy = strategyNames[seed % strategyNames.length];
    const noise = recorded(condition, seed);
    const named = redNames(
      await comparison(seed, way, { strategy, factor: 1 + share }, { base: noise, head: noise }),
    );
    if (named.length === 1 && named[0] === strategy) found++;
    if (named.some((name) => name !== strategy)) elsewhere++;
  }
  const where = condition === 'busy' ? ', beside a busy core' : '';
  const name = `one strategy ${percent(share)} slower, ${way}${where}: red, and it alone is named`;
  const besides = elsewhere > 0 ? `; another one was named in ${shareText(elsewhere, times)}` : '';
  return share === demanded ? mostly(name, 0.9, found, times, besides) : told(name, found, times, besides);
}

function redNames({ verdict, rows }: Comparison): string[] {
  return verdict === 'regression' ? redStrategies(rows) : [];
}
