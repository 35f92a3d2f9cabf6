import type { StrategyHeader } from '../results/format.js';

/** A shape that stays apart from the others without its colour. */
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus' | 'star';

/** How a strategy looks on every chart of every run: colour, marker and dash say the same three times. */
export interface StrategyStyle {
  /** Hex, Okabe–Ito where it reaches. */
  readonly colour: string;
  readonly marker: Marker;
  /** Lengths of dashes and gaps in px; empty for a solid line. */
  readonly dash: readonly number[];
  /** Only the outline of the marker is drawn, so that what lies beneath stays visible. */
  readonly hollow: boolean;
  /** Line width in px: for-loop is broad, so that a line that covers it leaves a rim. */
  readonly width: number;
}

const solid: readonly number[] = [];
const dashed: readonly number[] = [12, 8];
const dotted: readonly number[] = [3, 6];
const dashDot: readonly number[] = [14, 6, 3, 6];

const fixed: ReadonlyMap<string, StrategyStyle> = new Map(
  Object.entries<StrategyStyle>({
    'for-loop': { colour: '#000000', marker: 'circle', dash: solid, hollow: false, width: 6 },
    'async-tasks': { colour: '#E69F00', marker: 'square', dash: dashed, hollow: true, width: 3 },
    'worker-threads': { colour: '#0072B2', marker: 'triangle', dash: solid, hollow: false, width: 3 },
    'child-process': { colour: '#D55E00', marker: 'diamond', dash: solid, hollow: false, width: 3 },
    'typed-array': { colour: '#56B4E9', marker: 'square', dash: solid, hollow: false, width: 3 },
    'wasm-simd': { colour: '#009E73', marker: 'star', dash: solid, hollow: true, width: 3 },
    'worker-threads-transfer': {
      colour: '#CC79A7',
      marker: 'triangle',
      dash: dashed,
      hollow: true,
      width: 3,
    },
    'worker-threads-shared': {
      colour: '#882255',
      marker: 'triangle',
      dash: dashDot,
      hollow: false,
      width: 3,
    },
    'wasm-simd-threads': { colour: '#117733', marker: 'plus', dash: dashDot, hollow: true, width: 3 },
  }),
);

/** What strategies in other languages have in common: one colour per language, a marker of their own each. */
const languages: ReadonlyMap<string, string> = new Map([
  ['python', '#8C6D1F'],
  ['native', '#6E6E6E'],
]);

const otherColours = ['#CC79A7', '#0072B2', '#D55E00', '#009E73', '#8C6D1F', '#882255', '#6E6E6E'];
const otherMarkers: readonly Marker[] = ['diamond', 'cross', 'plus', 'star', 'triangle', 'square'];
const dashes = [dotted, dashDot, dashed];

/**
 * The style of a strategy. Ids that are not known get one by a hash of the id: the same in every run. A second label
 * of one id (`child-process[serialization=advanced]`) keeps the colour and differs in marker fill and dash.
 */
export function styleOf(label: string, strategies: readonly StrategyHeader[]): StrategyStyle {
  const id = strategies.find((strategy) => strategy.label === label)?.id ?? label.replace(/\[.*$/, '');
  const style = fixed.get(id) ?? hashedStyle(id);
  const variant = strategies.filter((strategy) => strategy.id === id).findIndex((one) => one.label === label);
  return variant <= 0
    ? style
    : { ...style, hollow: !style.hollow, dash: dashes[(variant - 1) % dashes.length] };
}

function hashedStyle(id: string): StrategyStyle {
  const hash = hashOf(id);
  const language = languages.get(id.replace(/-.*$/, ''));
  return {
    colour: language ?? otherColours[hash % otherColours.length],
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
