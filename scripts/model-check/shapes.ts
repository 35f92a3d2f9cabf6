import type { Axes } from '../../src/contract/scenario.js';
import { type Random, seededRandom } from '../../src/results/random.js';
import type { Cost } from '../../test/support/synthetic.js';

/** A strategy whose time is known, where it is measured, and where it is asked about afterwards. */
export interface TrueShape {
  readonly name: string;
  readonly inside: boolean;
  readonly timeNs: Cost;
  readonly sweep: Axes;
  /** Rows and columns that no fit has seen, between the measured ones. */
  readonly unseen: Axes;
}

const grid: Axes = { keys: [4, 32, 256], length: [10, 100, 1_000, 10_000] };
const unseenGrid: Axes = { keys: [12, 100, 180], length: [30, 300, 3_000, 7_000] };
const line: Axes = { keys: [8], length: [10, 50, 250, 1_000, 5_000, 25_000, 100_000, 500_000] };
const unseenLine: Axes = { keys: [8], length: [20, 500, 3_000, 60_000, 300_000] };
const manyKeys: Axes = { keys: [4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536], length: [10] };
const unseenKeys: Axes = { keys: [8, 100, 700, 9_000, 40_000], length: [10] };
const work: Axes = { keys: [8, 128], length: [20, 2_000], cost: [1, 16, 256] };
const unseenWork: Axes = { keys: [20, 64], length: [100, 700], cost: [4, 40, 150] };

/** Numbers of the family and against it, drawn anew for each seed: start and prices over several powers of ten. */
export function trueShapes(seed: number): TrueShape[] {
  const random = seededRandom(seed);
  const affine = affineTime(random);
  // The caches of the simulated machine: 32 kB, 1 MB, 32 MB at 16 bytes per number.
  const cache = [2_048, 65_536][random.uniform() < 0.5 ? 0 : 1];
  const dearer = between(random, 1.5, 4);
  const perWork = power(random, -0.5, 1);
  const middle = power(random, 3, 4.5);
  const inside: [name: string, timeNs: Cost, sweep: Axes, unseen: Axes][] = [
    ['start, keys and numbers, on a grid', affine, grid, unseenGrid],
    ['start, keys and numbers, over length', affine, line, unseenLine],
    ['start, keys and numbers, over keys', affine, manyKeys, unseenKeys],
    ['work per number', (at) => affine(at) + perWork * at.elements * Number(at.point.cost), work, unseenWork],
    ['work per list', (at) => affine(at) + 1_000 * at.keys * Number(at.point.cost), work, unseenWork],
    ['two prices per number, split at a cache', twoPrices(random, cache, dearer), grid, unseenGrid],
    ['two prices per number, over length', twoPrices(random, cache, dearer), line, unseenLine],
  ];
  // Nothing that is hidden below a large start counts as another shape: numbers alone decide these.
  const perNumber = power(random, 0, 2);
  const numbers = (factor: (elements: number) => number): Cost => {
    return ({ elements }) => 300 + perNumber * elements * factor(elements);
  };
  const outside: [name: string, timeNs: Cost, sweep: Axes, unseen: Axes][] = [
    ['square of the numbers', numbers((n) => n / 1_000), grid, unseenGrid],
    ['numbers to the power of 1.5', numbers((n) => Math.sqrt(n)), line, unseenLine],
    ['root of the numbers', numbers((n) => 30 / Math.sqrt(n)), line, unseenLine],
    ['a slow band in the middle', numbers((n) => (n > middle && n < 12 * middle ? 3 : 1)), grid, unseenGrid],
    [
      'a fast band in the middle',
      numbers((n) => (n > middle && n < 12 * middle ? 1 / 3 : 1)),
      line,
      unseenLine,
    ],
    [
      'every other power of four dear',
      numbers((n) => (Math.floor(Math.log2(n) / 2) % 2 === 0 ? 1 : 2.5)),
      grid,
      unseenGrid,
    ],
    ['numbers times their logarithm', numbers((n) => Math.log2(n)), line, unseenLine],
    ['twice as dear, all of them, from a size on', numbers((n) => (n > middle ? 2 : 1)), grid, unseenGrid],
    ['no rule at all', numbers((n) => 1 + 3 * scatter(n, seed)), grid, unseenGrid],
    [
      'square of the work',
      (at) => 300 + perNumber * at.elements * Number(at.point.cost) ** 2,
      work,
      unseenWork,
    ],
  ];
  const shapeOf =
    (isInside: boolean) =>
    ([name, timeNs, sweep, unseen]: (typeof inside)[number]): TrueShape => {
      return { name, inside: isInside, timeNs, sweep, unseen };
    };
  return [...inside.map(shapeOf(true)), ...outside.map(shapeOf(false))];
}

function affineTime(random: Random): Cost {
  const [start, perKey, perNumber] = [power(random, 2, 5), power(random, 1, 4), power(random, -0.5, 2)];
  return ({ keys, elements }) => start + perKey * keys + perNumber * elements;
}

function twoPrices(random: Random, split: number, dearer: number): Cost {
  const [start, perNumber] = [power(random, 2, 4), power(random, -0.5, 2)];
  return ({ keys, elements }) =>
    start + 50 * keys + perNumber * (Math.min(elements, split) + dearer * Math.max(0, elements - split));
}

function power(random: Random, from: number, to: number): number {
  return 10 ** between(random, from, to);
}

function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random.uniform();
}

/** 0 to 1, and nothing like it one step further. */
function scatter(n: number, seed: number): number {
  return seededRandom(Math.round(n) * 7_919 + seed).uniform();
}
