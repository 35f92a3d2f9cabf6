import type { Point, Price } from '../contract/scenario.js';
import type { Estimate } from './types.js';

/* What the sections hold that a scenario asks for: its price list, and bytes per second. */

/** A line through the times of all sizes: so much for each event, and so much for each number. */
export interface PriceLine {
  readonly perEventNs: Estimate;
  readonly perNumberNs: Estimate;
  /** How far it misses the measured time of a size at most, as a share: 0.2 is 20 %. Absent of two sizes. */
  readonly offBy?: number;
}

/** What one row of a price list costs: an event's time, or that of a number at each size. */
export type PriceFigure =
  | { readonly kind: 'priced'; readonly perEventNs: Estimate }
  | {
      readonly kind: 'by size';
      /** Time over numbers, whatever the event itself costs included; smallest size first. */
      readonly sizes: readonly { readonly elements: number; readonly perNumberNs: Estimate }[];
      /** Absent where only one size was measured. */
      readonly line?: PriceLine;
    }
  | { readonly kind: 'none'; readonly why: NoPrice };

/** Why a row has no figure. */
export type NoPrice =
  | { readonly kind: 'too short' | 'no common round' | 'not measured' }
  /** What became of its cells: the first message. */
  | { readonly kind: 'no time'; readonly reason: string };

export interface PriceRow {
  readonly price: Price;
  /** Only of events: of all points together. */
  readonly event?: PriceFigure;
  /** Of what grows with the data: one per group. */
  readonly figures: readonly PriceFigure[];
}

/** The price list that a scenario asks for. `groups`: values of the axes that are no sizes; prices differ between them. */
export interface PricedList {
  readonly alone: boolean;
  readonly groups: readonly Point[];
  readonly rows: readonly PriceRow[];
}

/** How fast a cell's data went through it, resident. */
export interface BandwidthFigure {
  readonly strategy: string;
  readonly point: Point;
  /** Threads or processes that took part; absent of a program that does not say. */
  readonly workers?: number;
  /** Read plus written in one pass: what must fit into a cache for it to serve. */
  readonly bytes: number;
  /** The smallest cache that holds them (by name, `L2`), or `memory`. Absent where the caches are not known. */
  readonly level?: string;
  readonly bytesPerSecond: Estimate;
}
