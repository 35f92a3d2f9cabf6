import { type LoadPackage, openDrawing, type Picture } from './picture.js';

/** A chart that is left out: why, in words. */
export interface FailedChart {
  /** File name with extension. */
  readonly name: string;
  readonly reason: string;
}

/** What became of the charts of a page. */
export interface DrawnCharts<Chart> {
  readonly drawn: readonly { readonly chart: Chart; readonly bytes: Uint8Array }[];
  /** Why charts are missing, as sentences without a full stop; empty where none is. */
  readonly missing: readonly string[];
}

/** What to call to have a page and its charts again, as a shell takes it. */
export type Again =
  | 'breakeven report with this folder'
  | 'breakeven lesson --from with this folder'
  | 'breakeven compare with the folders of both runs'
  | 'breakeven compare --history with the same file';

/**
 * Draws charts, each by itself: one that fails costs itself. Never throws. `failed`: those that were not composed.
 */
export function drawCharts<Chart extends { readonly name: string; readonly picture: Picture }>(
  charts: readonly Chart[],
  again: Again,
  load?: LoadPackage,
  failed: readonly FailedChart[] = [],
): DrawnCharts<Chart> {
  const drawing = openDrawing(load);
  if ('skipped' in drawing) return { drawn: [], missing: [`${drawing.skipped}, and ${again}`] };
  const all = [...failed];
  const drawn = charts.flatMap((chart) => {
    try {
      checkDrawable(chart.picture);
      return [{ chart, bytes: drawing.draw(chart.picture) }];
    } catch (cause) {
      all.push({ name: chart.name, reason: describeFailure(cause) });
      return [];
    }
  });
  return { drawn, missing: all.map(({ name, reason }) => `The chart ${name} could not be drawn: ${reason}`) };
}

/** Stands on a page that is written before its charts, for the case that drawing ends the whole process. */
export function notDrawnYet(again: Again): string {
  return `The charts were not drawn: this page is written before them, and nothing came after it. To try again: ${again}`;
}

/** The first line of what was thrown. */
export function describeFailure(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0].replace(/\.$/, '');
}

/** Beyond it the ticks of an axis lose their steps, and the library turns for minutes over them. */
const largest = 1e30;

/** Throws where a number has no place on an axis. */
function checkDrawable({ data, options }: Picture): void {
  const scales = Object.values(options?.scales ?? {}) as { min?: unknown; max?: unknown }[];
  for (const value of [
    ...data.datasets.flatMap((dataset) => dataset.data.flatMap(numbersIn)),
    ...scales.flatMap(({ min, max }) => numbersIn([min, max])),
  ])
    if (Math.abs(value) > largest) throw new Error(`${value} has no place on an axis`);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
