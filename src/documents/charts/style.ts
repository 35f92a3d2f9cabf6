import type { LineStyle } from '../../contract/strategy.js';
import type { Look, Style } from '../../document/chart.js';
import type { StrategyHeader } from '../../results/format.js';
import { traitsOf, traitsOfOlder } from '../../results/older-traits.js';

type Dash = NonNullable<LineStyle['dash']>;

const dashLengths: Readonly<Record<Dash, readonly number[]>> = {
  solid: [],
  dashed: [12, 8],
  dotted: [3, 6],
  'dash-dot': [14, 6, 3, 6],
};

const otherColours = ['#CC79A7', '#0072B2', '#D55E00', '#009E73', '#8C6D1F', '#882255', '#6E6E6E'];
const otherMarkers: readonly Style['marker'][] = ['diamond', 'cross', 'plus', 'star', 'triangle', 'square'];
const dashes = [dashLengths.dotted, dashLengths['dash-dot'], dashLengths.dashed];

/**
 * The style of a strategy: what it declares, and the rest by a hash of its id, the same in every run. A second label
 * of one id (`child-process[serialization=advanced]`) keeps the colour and differs in marker fill and dash.
 */
export function styleOf(label: string, strategies: readonly StrategyHeader[]): Style {
  const header = strategies.find((strategy) => strategy.label === label);
  const id = header?.id ?? label.replace(/\[.*$/, '');
  const { style: declared = {}, baseline } = header === undefined ? traitsOfOlder(id) : traitsOf(header);
  const { dash, ...line } = declared;
  const style = {
    ...hashedStyle(id),
    ...line,
    ...(dash === undefined ? {} : { dash: dashLengths[dash] }),
    // A line that covers the baseline leaves a rim of it.
    ...(baseline ? { width: 6 } : {}),
  };
  const variant = strategies.filter((strategy) => strategy.id === id).findIndex((one) => one.label === label);
  return variant <= 0
    ? style
    : { ...style, hollow: !style.hollow, dash: dashes[(variant - 1) % dashes.length] };
}

/** A strategy on a chart: one whose data starts in a program is shown beside the others, not ranked with them. */
export function lookOf({ label, home }: StrategyHeader, strategies: readonly StrategyHeader[]): Look {
  return { name: home === 'program' ? `${label}, own data` : label, style: styleOf(label, strategies) };
}

function hashedStyle(id: string): Style {
  const hash = hashOf(id);
  return {
    colour: otherColours[hash % otherColours.length],
    marker: otherMarkers[Math.floor(hash / 7) % otherMarkers.length],
    dash: dashes[Math.floor(hash / 42) % dashes.length],
    hollow: Math.floor(hash / 126) % 2 === 1,
    width: 3,
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
