import type { StrategyTraits } from '../contract/strategy.js';
import type { StrategyHeader } from './format.js';

/*
 * What strategies declare of themselves stands in the header of a run. Files from before that was so name their
 * strategies and no more, and a comparison plans a run with strategies of an older commit: what shipped then is written
 * down here. It is data about old files. A new strategy has nothing to add to it.
 */

const solid = { dash: 'solid', hollow: false } as const;

const shipped: ReadonlyMap<string, StrategyTraits> = new Map(
  Object.entries<StrategyTraits>({
    'for-loop': {
      baseline: true,
      computesOn: 'list',
      style: { colour: '#000000', marker: 'circle', ...solid },
    },
    'async-tasks': {
      baselineLoop: true,
      style: { colour: '#E69F00', marker: 'square', dash: 'dashed', hollow: true },
    },
    'worker-threads': { style: { colour: '#0072B2', marker: 'triangle', ...solid } },
    'child-process': { style: { colour: '#D55E00', marker: 'diamond', ...solid } },
    'typed-array': { computesOn: 'typed', style: { colour: '#56B4E9', marker: 'square', ...solid } },
    'wasm-simd': {
      computesOn: 'wasm',
      style: { colour: '#009E73', marker: 'star', dash: 'solid', hollow: true },
    },
    'worker-threads-transfer': {
      style: { colour: '#CC79A7', marker: 'triangle', dash: 'dashed', hollow: true },
    },
    'worker-threads-shared': {
      style: { colour: '#882255', marker: 'triangle', dash: 'dash-dot', hollow: false },
    },
    'wasm-simd-threads': { style: { colour: '#117733', marker: 'plus', dash: 'dash-dot', hollow: true } },
  }),
);

/** One colour for all strategies of a program, by what their ids began with. */
const programs: readonly (readonly [string, StrategyTraits])[] = [
  ['python-', { style: { colour: '#8C6D1F' } }],
  ['native-', { style: { colour: '#6E6E6E' } }],
];

/** What a strategy of a run declared, or, in older files, what is known of what shipped then. */
export function traitsOf({ id, traits }: Pick<StrategyHeader, 'id' | 'traits'>): StrategyTraits {
  return traits ?? traitsOfOlder(id);
}

/** Of a strategy of which there is nothing but its id: an older file, or a profile from before. */
export function traitsOfOlder(id: string): StrategyTraits {
  return shipped.get(id) ?? programs.find(([start]) => id.startsWith(start))?.[1] ?? {};
}

/** A single thread that computes on anything but lists makes that of them first. */
export function packsLists({ computesOn }: StrategyTraits = {}): boolean {
  return computesOn !== undefined && computesOn !== 'list';
}
