import type { Text } from './document.js';
import type { Figure, Unit } from './figure.js';

/*
 * A chart as data: what is drawn, not how. A renderer turns it into a picture (chart.js in a file or a browser), and a reader
 * of the JSON finds every value with its pointer. A new kind is one case here and one case in the renderer.
 */

export type Chart = ChartFrame &
  (
    | { readonly kind: 'lines'; readonly x: Axis; readonly y: Axis; readonly series: readonly Series[] }
    /** Bars of categories, each made of parts that lie end to end. */
    | { readonly kind: 'bars'; readonly value: Axis; readonly bars: readonly Bar[]; readonly looks: Looks }
    /** A value with its interval per row. */
    | { readonly kind: 'dots'; readonly value: Axis; readonly rows: readonly DotRow[] }
    /** A cell per pair of values, each with the answer that holds there. */
    | { readonly kind: 'map'; readonly x: Axis; readonly y: Axis; readonly cells: readonly MapCell[] }
  );

/** What stands around every chart. */
interface ChartFrame {
  /** The question in short. */
  readonly title: Text;
  /** Where and how it was measured, a line each. */
  readonly subtitle: readonly Text[];
  /** How to read it. */
  readonly caption: Text;
  /** Borders with their intervals, across the plot. */
  readonly marks: readonly Mark[];
}

export interface Axis {
  readonly title: Text;
  readonly unit: Unit;
  /** Whether equal distances are equal factors. */
  readonly scale: 'linear' | 'logarithmic';
}

/** How a strategy is drawn: a renderer maps the style to a colour, a marker and a dash. */
export interface Look {
  readonly label: Text;
  readonly style: string;
  /** Drawn back: the side that something is compared with. */
  readonly faint?: true;
}

export interface Series extends Look {
  /** An interval of the value becomes a band. */
  readonly points: readonly { readonly x: Figure; readonly y: Figure }[];
  /** Lower bounds: what was stopped at its limit. */
  readonly bounds: readonly { readonly x: Figure; readonly y: Figure }[];
}

export interface Bar extends Look {
  /** Parts by the name of their look, in order. */
  readonly parts: readonly { readonly look: string; readonly value: Figure }[];
  /** What stands at its end. */
  readonly total: Text;
}

export type Looks = Readonly<Record<string, Text>>;

export interface DotRow extends Look {
  readonly value: Figure;
}

export interface MapCell {
  readonly x: Figure;
  readonly y: Figure;
  readonly answer: 'winner' | 'same' | 'undecided' | 'nobody';
  /** Who it is about. */
  readonly looks: readonly Look[];
  readonly words: Text;
}

export interface Mark {
  readonly axis: 'x' | 'y';
  readonly at: Figure;
  readonly from?: Figure;
  readonly to?: Figure;
  readonly label: Text;
}
