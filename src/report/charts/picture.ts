import { createRequire } from 'node:module';
import type { SKRSContext2D } from 'canvas';
import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
// For the types alone: it adds `annotation` to the options of charts.
import type {} from 'chartjs-plugin-annotation';

/*
 * The one place that knows the drawing packages: chart.js, its annotation plugin, chartjs-node-canvas and canvas.
 * All four are loaded when the first chart is drawn, since they take 0.1 s and may not be installed.
 */

/** A chart as data, and the plugins that draw on it. */
export type Picture = ChartConfiguration;
export type PicturePlugin = Plugin;
export type DrawnChart = Chart;

/** A shape laid over the plot, in data units. Written out here: the plugin's own types do not resolve under nodenext. */
export type Annotation = BoxAnnotation | LineAnnotation;

interface Edges {
  readonly xMin?: number;
  readonly xMax?: number;
  readonly yMin?: number;
  readonly yMax?: number;
  readonly drawTime: 'beforeDatasetsDraw';
  readonly borderWidth: number;
}

interface BoxAnnotation extends Edges {
  readonly type: 'box';
  readonly backgroundColor: string;
}

interface LineAnnotation extends Edges {
  readonly type: 'line';
  readonly borderColor: string;
  readonly borderDash?: readonly number[];
}

/** The 2D context that plugins draw with. */
export type Brush = SKRSContext2D;

const require = createRequire(import.meta.url);

/** Size of every chart in CSS px; the file has twice as many pixels each way. */
export const pictureSize = { width: 1200, height: 750, density: 2 };

export const fontFamily = 'Inter';

/** Draws a chart: the bytes of a PNG file, equal for equal charts. */
export type Draw = (picture: Picture) => Uint8Array;

/** The packages that drawing needs, by name; tests replace it. */
export type LoadPackage = (name: string) => unknown;

/** Either a way to draw, or the sentence that says why there is none and what to do. */
export type Drawing = { readonly draw: Draw } | { readonly skipped: string };

/**
 * Loads the packages, which are optional. Never throws: a run is worth its text without its pictures.
 */
export function openDrawing(load: LoadPackage = require): Drawing {
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
    // Only the synchronous call works through @napi-rs/canvas.
    return { draw: (picture) => canvas.renderToBufferSync(picture) };
  } catch (error) {
    return { skipped: skippedBecause(reasonOf(error)) };
  }
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
