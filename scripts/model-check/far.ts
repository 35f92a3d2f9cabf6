import { pointKey } from '../../src/contract/axes.js';
import { expectations } from '../../src/model/expectations.js';
import { modelsOf, profileOf } from '../../src/model/profile.js';
import { leastPoints } from '../../src/model/strategy-model.js';
import type { CellHeader, Results } from '../../src/results/format.js';
import { readResults } from '../../src/results/reader.js';
import { type Figure, median } from '../figures/figure.js';
import { percent, shown } from '../proofs/proof.js';
import { decisionCells, only } from './held-out-cells.js';

/*
 * `npm run model-check -- far RESULTS …`: how far `advise` may be asked beyond what was measured. Of each run the cells up to a
 * size are fitted, for every size in turn, and those from three times as much on are told from it, with the band that `advise`
 * states there. Lists ten times longer than any that was fitted are left out, since it refuses them.
 */

const decades = [
  { name: '3 to 10', least: 3, most: 10 },
  { name: '10 to 100', least: 10, most: 100 },
  { name: '100 to 1,000', least: 100, most: 1_000 },
] as const;

/** One strategy at one point that lies beyond. */
interface Told {
  /** How many times as many numbers as in the largest fitted cell. */
  readonly reach: number;
  /** log(told ÷ measured). */
  readonly error: number;
  readonly inBand: boolean;
}

export function far(files: readonly string[]): Figure[] {
  const told = files
    .map(readResults)
    .flatMap((results) => sizesOf(results).flatMap((size) => beyond(results, size)));
  return decades.flatMap(({ name, least, most }): Figure[] => {
    const here = told.filter(({ reach }) => reach > least && reach <= most);
    if (here.length === 0) return [];
    const error = median(here.map((one) => Math.expm1(Math.abs(one.error))));
    const held = here.filter(({ inBand }) => inBand).length / here.length;
    return [
      shown(
        `${name} times beyond the largest fitted cell`,
        `median error ${percent(error)}, ${percent(held)} of ${here.length} within the stated band`,
      ),
    ];
  });
}

function sizesOf({ header }: Results): number[] {
  return [...new Set(header.cells.map(({ elements }) => elements))];
}

function beyond(results: Results, size: number): Told[] {
  const train = only(results, ({ elements }) => elements <= size);
  const points = new Set(train.header.cells.map(({ point }) => pointKey(point)));
  if (points.size < leastPoints) return [];
  const longest = Math.max(...train.header.cells.map(lengthOf));
  const held = only(results, (cell) => cell.elements > 3 * size && lengthOf(cell) <= 10 * longest);
  const profile = profileOf(train, modelsOf(train));
  return decisionCells(held).flatMap(({ account, shape, times }) => {
    const { keys, elements, work, workers } = shape;
    if (profile.accounts[account] === undefined) return [];
    return expectations(profile, { account, keys, length: elements / keys, work, workers }).flatMap(
      (one): Told[] => {
        const ns = times.get(one.strategy);
        if (ns === undefined) return [];
        const inBand = ns >= one.lowNs && ns <= one.highNs;
        return [{ reach: elements / size, error: Math.log(one.ns / ns), inBand }];
      },
    );
  });
}

function lengthOf({ keys, elements }: CellHeader): number {
  return elements / keys;
}
