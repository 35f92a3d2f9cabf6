import type { Ranged, Unit } from './figure.js';

/*
 * A chart as data: what is drawn, not how. It is plain JSON and stands as it is in the JSON of its document, so that a page
 * can draw it without anything else; src/render/chartjs.ts makes a configuration of chart.js of it, for a file or a browser.
 * Numbers are in the unit of their axis: ns, bytes, shares from 0 to 1. A kind of chart is one case here and one there.
 */

export type Chart = LinesChart | BarsChart | DotsChart | MapChart | TimelineChart;

/** What stands around every chart. */
interface Frame {
  /** The question in short. */
  readonly title: string;
  /** Where and how it was measured, a line each. */
  readonly subtitle: readonly string[];
  /** How to read it. */
  readonly caption: string;
}

/** A value against a size: one line for each strategy, its name at the line's end. */
export interface LinesChart extends Frame {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
}

/** Lying bars, a row each, from zero; the parts of one lie end to end. */
export interface BarsChart extends Frame {
  readonly kind: 'bars';
  readonly value: Axis;
  /** Each bar is all of one length, and its parts are shares of their sum. */
  readonly shares: boolean;
  /** What a colour stands for, in the order in which parts lie in a bar. */
  readonly looks: readonly PartLook[];
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

/** Values with their intervals on a scale of factors, a row each; they stand as figures beside it, too. */
export interface DotsChart extends Frame {
  readonly kind: 'dots';
  readonly value: Axis;
  /** What is told apart within a row, and how: a column of figures each. */
  readonly columns: readonly { readonly name: string; readonly style: Style }[];
  readonly rows: readonly DotRow[];
  readonly marks: readonly Mark[];
}

/** Who wins where, over two axes: a field for each pair of their values, points in between, and borders over them. */
export interface MapChart extends Frame {
  readonly kind: 'map';
  readonly x: MapAxis;
  readonly y: MapAxis;
  /** A point whose values are not those of the axes lies between the fields. */
  readonly fields: readonly MapField[];
  readonly borders: readonly MapBorder[];
  /** Names and looks of all strategies that a field may have. */
  readonly looks: readonly Look[];
  readonly legend: readonly MapSample[];
}

/** Who does what, when: a lane for each thread, on one scale of time from 0 that all groups share. */
export interface TimelineChart extends Frame {
  readonly kind: 'timeline';
  /** One strategy's lanes stand below its name, which they have in common. */
  readonly groups: readonly TimelineGroup[];
}

export interface TimelineGroup {
  readonly name: string;
  /** When all of it is done, ns. */
  readonly endNs: number;
  readonly lanes: readonly TimelineLane[];
}

export interface TimelineLane {
  readonly name: string;
  /** They may overlap: a garbage collection is shown over the work that it interrupts, and idle time below all. */
  readonly spans: readonly TimelineSpan[];
}

/** Half-open, in ns. */
export interface TimelineSpan {
  readonly from: number;
  readonly to: number;
  readonly part: TimelinePart;
}

/** What a thread does. `idle`: it waits for another one; `wait`: for a timer or a device, as the work asks. */
export type TimelinePart =
  | 'compute'
  | 'new memory'
  | 'pack'
  | 'serialise'
  | 'transfer'
  | 'deserialise'
  | 'merge'
  | 'gc'
  | 'wait'
  | 'idle';

const [dark, light] = ['#1A1A1A', '#FFFFFF'];

/** The looks of all parts, in the order in which a legend names them. */
export const timelineLooks: ReadonlyMap<TimelinePart, PartLook> = new Map(
  (
    [
      ['compute', '#1F6F54', light, 'compute'],
      ['new memory', '#7FB8A4', dark, 'new memory for answers'],
      ['pack', '#F2B661', dark, 'pack'],
      ['serialise', '#C9761A', light, 'serialise'],
      ['transfer', '#F7E0B4', dark, 'transfer'],
      ['deserialise', '#8F4513', light, 'deserialise'],
      ['merge', '#E0A9A0', dark, 'merge: hand back the dictionary'],
      ['gc', '#5B4B9A', light, 'gc: collect garbage'],
      ['wait', '#9CC3E0', dark, 'wait, as the work asks'],
      ['idle', '#D0D0D0', dark, 'idle: wait for another thread'],
    ] as const
  ).map(([name, colour, ink, means]) => [name, { name, colour, ink, means }]),
);

export interface Axis {
  readonly title: string;
  readonly unit: Unit;
  /** `factors`: equal lengths are equal factors. `auto`: they are where the values lie a factor of two apart. */
  readonly scale: 'factors' | 'linear' | 'auto';
  /** What stands at 0, 1, 2 … in place of numbers. */
  readonly names?: readonly string[];
  /** The scale reaches from here to there, whatever is on it. */
  readonly atLeast?: { readonly min: number; readonly max: number };
}

/** Colour, marker and dash say the same three times. */
export interface Style {
  /** `#RRGGBB`. */
  readonly colour: string;
  readonly marker: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus' | 'star';
  /** Lengths of dashes and gaps in px; empty for a solid line. */
  readonly dash: readonly number[];
  /** Only the outline of the marker is drawn, so that what lies beneath stays visible. */
  readonly hollow: boolean;
  /** Line width in px. */
  readonly width: number;
}

/** A strategy on a chart. */
export interface Look {
  readonly name: string;
  readonly style: Style;
}

export interface Series extends Look {
  /** Without a name at the end of its line: it belongs to another one. */
  readonly unnamed?: true;
  /** By x, ascending; the intervals become a band. */
  readonly points: readonly Point[];
  /** Lower bounds: what was stopped at its limit. */
  readonly bounds: readonly { readonly x: number; readonly y: number }[];
}

export interface Point extends Ranged {
  readonly x: number;
}

/** What a colour of a bar stands for. */
export interface PartLook {
  /** Stands in the bar, where there is room. */
  readonly name: string;
  readonly colour: string;
  /** Colour of what is written on it. */
  readonly ink: string;
  /** What it is, for the legend. */
  readonly means: string;
}

export interface Bar {
  readonly name: string;
  /** `look`: index of what the part is. */
  readonly parts: readonly (Ranged & { readonly look: number })[];
  /** What stands behind the bar. Parts may add up to more, where they overlap. */
  readonly total: number;
}

export interface DotRow {
  readonly name: string;
  readonly dots: readonly Dot[];
}

export interface Dot extends Ranged {
  /** Index of its column. */
  readonly column: number;
  /** A thin line through it: how far the value goes elsewhere. */
  readonly spread?: { readonly low: number; readonly high: number };
  /** In place of the column's. */
  readonly colour?: string;
  /** Ringed: nobody must miss it. */
  readonly alarm?: true;
}

/** A line across the plot, or a shaded part of it, or both. */
export interface Mark {
  readonly axis: 'x' | 'y';
  /** Where the line is; without it no line is drawn. */
  readonly at?: number;
  /** The shaded part; an end that is left out is the end of the plot. */
  readonly shaded?: { readonly low?: number; readonly high?: number };
  readonly colour: string;
  /** Stands beside it: what was found there. */
  readonly text?: string;
}

export interface MapAxis {
  readonly title: string;
  readonly unit: Unit;
  /** Ascending: those that have a row or a column of fields. */
  readonly values: readonly number[];
}

/** `undecided`: any of the looks may be the fastest. `nobody`: nothing could be ranked. */
export type MapAnswer = 'winner' | 'same' | 'undecided' | 'nobody' | 'not measured';

export interface MapField {
  readonly x: number;
  readonly y: number;
  readonly answer: MapAnswer;
  /** Indices: the winner, all that tie, or all that may be the fastest. */
  readonly looks: readonly number[];
  /** As printed in the field. */
  readonly text: string;
}

/** All crossovers of one question, which the renderer joins to borders. */
export interface MapBorder {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly crossings: readonly MapCrossing[];
}

/** A crossover in a row or a column of the map. */
export interface MapCrossing {
  /** It lies in a row, somewhere along x, or in a column. */
  readonly along: 'x' | 'y';
  /** The value of the other axis. */
  readonly line: number;
  readonly at: number;
  readonly interval: { readonly low: number; readonly high: number };
  /** Who wins on the side of the larger values. */
  readonly above: 'challenger' | 'incumbent';
  /** Nothing narrows the interval: `at` is a guess that no line may show. */
  readonly bracketOnly: boolean;
}

/** A line of a map's legend: a kind of field, or the marker of a strategy. Borders follow by their names. */
export type MapSample = { readonly text: string } & (
  | { readonly answer: MapAnswer; readonly looks: readonly number[] }
  | { readonly look: number }
);

/** A chart and the file that its picture lies in. */
export interface NamedChart {
  /** File name with extension. */
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly chart: Chart;
}

/** A chart as a page shows it. */
export interface ShownChart extends NamedChart {
  /** There is no picture of it: a page of words leaves it out, and its data stands in the JSON all the same. */
  readonly undrawn?: true;
}

/** A chart that is left out: why, in words. */
export interface FailedChart {
  readonly name: string;
  readonly reason: string;
}

/** The first line of what was thrown. */
export function describeFailure(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0].replace(/\.$/, '');
}
