import { Chart, type ChartConfiguration, type ChartItem, registerables } from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import type { NamedChart } from '../../src/document/chart.js';
import { toChartJs } from '../../src/render/chartjs.js';
import { pictureSize } from '../../src/render/png.js';

/*
 * What a chart draws, without a pixel and besides its data: chart.js runs on a canvas that writes down what is asked of it. A letter is 0.55 of
 * its font's size wide, so that the record is the same on every machine, with or without the drawing packages.
 */

/** All that a reader sees of a chart, in the order of drawing. */
export interface ChartRecord {
  readonly [about: string]: unknown;
  /** Titles, ticks, labels and captions. */
  readonly texts: readonly string[];
  /** How many shapes are filled or stroked in each colour. */
  readonly shapes: Readonly<Record<string, number>>;
}

Chart.register(...registerables, annotation);

export function recordChart({ chart, ...about }: NamedChart): ChartRecord {
  const texts: string[] = [];
  const shapes: Record<string, number> = {};
  const count = (how: string, colour: unknown) => {
    const key = `${how} ${String(colour)}`;
    shapes[key] = (shapes[key] ?? 0) + 1;
  };
  const canvas = recordingCanvas({
    fillText: (text) => texts.push(text),
    fill: (colour) => count('fill', colour),
    stroke: (colour) => count('stroke', colour),
  });
  const made = toChartJs(chart);
  const config = {
    ...made,
    options: { ...made.options, animation: false, responsive: false },
  } as ChartConfiguration;
  // Without a document chart.js takes its context from whatever has a getContext.
  new Chart(canvas as unknown as ChartItem, config).destroy();
  const sorted = Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...about, texts, shapes: sorted };
}

interface Recorder {
  fillText(text: string): void;
  fill(colour: unknown): void;
  stroke(colour: unknown): void;
}

/** A canvas whose context keeps what it is told and answers what is asked about the width of a text. */
function recordingCanvas(recorder: Recorder): object {
  const state: Record<string, unknown> = { font: '10px Inter', fillStyle: '#000', strokeStyle: '#000' };
  const stack: Record<string, unknown>[] = [];
  const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
    save: () => stack.push({ ...state }),
    restore: () => Object.assign(state, stack.pop()),
    // Annotations without a label ask for the width of nothing.
    measureText: (text: string | null) => measured(text ?? '', String(state.font)),
    fillText: (text: string) => recorder.fillText(text),
    fill: () => recorder.fill(state.fillStyle),
    fillRect: () => recorder.fill(state.fillStyle),
    stroke: () => recorder.stroke(state.strokeStyle),
    strokeRect: () => recorder.stroke(state.strokeStyle),
    getLineDash: () => [],
    isPointInPath: () => false,
  };
  const canvas = {
    width: pictureSize.width,
    height: pictureSize.height,
    style: {},
    getContext: () => context,
    getAttribute: () => null,
    setAttribute: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const context: object = new Proxy(state, {
    get: (_, name: string) => {
      if (name === 'canvas') return canvas;
      if (name in methods) return methods[name];
      // Any other method draws a path or moves the plane; of the path only that it was drawn is kept.
      return name in state ? state[name] : () => undefined;
    },
    set: (_, name: string, value) => {
      state[name] = value;
      return true;
    },
  });
  return canvas;
}

function measured(text: string, font: string) {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 10);
  const width = 0.55 * size * text.length;
  return {
    width,
    actualBoundingBoxLeft: 0,
    actualBoundingBoxRight: width,
    actualBoundingBoxAscent: 0.75 * size,
    actualBoundingBoxDescent: 0.25 * size,
  };
}
