import { createRequire } from 'node:module';
import type { ChartConfiguration } from 'chart.js';
import {
  type Chart,
  describeFailure,
  type FailedChart,
  type NamedChart,
  type ShownChart,
} from '../document/chart.js';
import { fontFamily } from './brush.js';
import { toChartJs } from './chartjs.js';

/*
 * Charts as PNG files. The one place that knows the drawing packages: chart.js, its annotation plugin, chartjs-node-canvas
 * and canvas. All four are loaded when the first chart is drawn, since they take 0.1 s and may not be installed.
 */

const require = createRequire(import.meta.url);

/**
 * Most of the time for a chart goes into the packages and into the pixels of its file: tests of what surrounds it ask for
 * few, and with 0 for the picture of one pixel, without the packages.
 */
const density = Number(process.env.BREAKEVEN_INTERNAL_DENSITY ?? 2);

/** Size of every chart in CSS px; the file has `density` times as many pixels each way. */
export const pictureSize = { width: 1200, height: 750, density };

/** The packages that drawing needs, by name; tests replace it. */
export type LoadPackage = (name: string) => unknown;

/** Either a way to draw, with equal bytes for equal charts, or the sentence that says why there is none and what to do. */
export type Drawing = { readonly draw: (chart: Chart) => Uint8Array } | { readonly skipped: string };

/**
 * Loads the packages, which are optional. Never throws: a run is worth its text without its pictures.
 */
export function openDrawing(load: LoadPackage = require): Drawing {
  if (density === 0) return { draw: drawPixel };
  try {
    const { GlobalFonts } = load('canvas') as typeof import('canvas');
    // The package of this name from its own authors compiles against cairo, and has no GlobalFonts.
    if (GlobalFonts === undefined)
      return { skipped: skippedBecause('the package canvas is not @napi-rs/canvas') };
    registerFonts(GlobalFonts);
    const { ChartJSNodeCanvas } = load('chartjs-node-canvas') as typeof import('chartjs-node-canvas');
    const canvas = new ChartJSNodeCanvas({
      width: pictureSize.width,
      height: pictureSize.height,
      backgroundColour: '#ffffff',
      // As a path, not as a module: every canvas loads a chart.js of its own, and the plugin must meet that very one.
      plugins: { modern: [require.resolve('chartjs-plugin-annotation')] },
    });
    return {
      draw: (chart) => {
        const configuration = toChartJs(chart);
        checkDrawable(configuration);
        configuration.options = { ...configuration.options, devicePixelRatio: density };
        // Only the synchronous call works through @napi-rs/canvas.
        return canvas.renderToBufferSync(configuration);
      },
    };
  } catch (error) {
    return { skipped: skippedBecause(reasonOf(error)) };
  }
}

/** One transparent pixel, for a chart that could be drawn. */
function drawPixel(chart: Chart): Uint8Array {
  checkDrawable(toChartJs(chart));
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
}

function registerFonts(fonts: typeof import('canvas').GlobalFonts): void {
  // A packaged font: the fonts of a machine differ, and a bare one has none.
  for (const weight of [400, 600]) {
    fonts.registerFromPath(
      require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
      fontFamily,
    );
  }
}

function skippedBecause(reason: string): string {
  return (
    `PNG skipped: ${reason}. For charts add to package.json: ` +
    '"dependencies": { "chartjs-node-canvas": "^5.0.0" }, ' +
    '"overrides": { "canvas": "npm:@napi-rs/canvas@^1" }; then npm install'
  );
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message);
  return missing === null
    ? message
    : `${missing[1].startsWith('@fontsource') ? '@fontsource/inter' : missing[1]} is not installed`;
}

/** Beyond it the ticks of an axis lose their steps, and the library turns for minutes over them. */
const largest = 1e30;

/** Throws where a number has no place on an axis. */
function checkDrawable({ data, options }: ChartConfiguration): void {
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

/** What became of the charts of a page. */
export interface DrawnCharts<C> {
  readonly drawn: readonly { readonly chart: C; readonly bytes: Uint8Array }[];
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
 * Draws charts, each by itself: one that fails costs itself. Never throws. `failed`: those that were not composed. Yields
 * after each: drawing one takes a while, and whoever writes a page may let others have a turn.
 */
export function* drawCharts<C extends NamedChart>(
  charts: readonly C[],
  again: Again,
  load?: LoadPackage,
  failed: readonly FailedChart[] = [],
): Generator<void, DrawnCharts<C>> {
  const drawing = openDrawing(load);
  if ('skipped' in drawing) return { drawn: [], missing: [`${drawing.skipped}, and ${again}`] };
  const all = [...failed];
  const drawn: { chart: C; bytes: Uint8Array }[] = [];
  for (const chart of charts) {
    try {
      drawn.push({ chart, bytes: drawing.draw(chart.chart) });
    } catch (cause) {
      all.push({ name: chart.name, reason: describeFailure(cause) });
    }
    yield;
  }
  return { drawn, missing: all.map(({ name, reason }) => `The chart ${name} could not be drawn: ${reason}`) };
}

/** All charts of a page, where some have a picture. */
export function markUndrawn<C extends NamedChart>(
  charts: readonly C[],
  drawn: DrawnCharts<C>['drawn'],
): (C & ShownChart)[] {
  const pictures = new Set(drawn.map(({ chart }) => chart.name));
  return charts.map((chart) => (pictures.has(chart.name) ? chart : { ...chart, undrawn: true }));
}

/** Stands on a page that is written before its charts, for the case that drawing ends the whole process. */
export function notDrawnYet(again: Again): string {
  return `The charts were not drawn: this page is written before them, and nothing came after it. To try again: ${again}`;
}
