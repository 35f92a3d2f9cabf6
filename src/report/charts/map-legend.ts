import type { CrossoverQuestion } from '../../analysis/types.js';
import { drawBorders } from './draw-borders.js';
import { type LegendEntry, legendSample } from './legend.js';
import type { Piece } from './map-borders.js';
import { drawSmallField, type Fill } from './map-cell.js';
import { drawMarker } from './marker.js';

const fieldNames: Record<Fill['kind'], (fill: Fill) => string> = {
  winner: (fill) => fill.looks[0].strategy,
  same: (fill) => `same: ${fill.looks.map(({ strategy }) => strategy).join(', ')}`,
  undecided: () => 'undecided between those marked',
  nobody: () => 'nothing could be ranked',
  'not measured': () => 'not measured',
};

const borderNames: Record<CrossoverQuestion, string> = {
  'single-thread against for-loop': 'border: for-loop to other ways on one thread',
  'parallel against best single-thread': 'border: one thread to threads or processes',
};

/** One entry per kind of field that a map shows, the markers of those that only stand in undecided fields, its borders. */
export function mapLegend(fills: readonly Fill[], pieces: readonly Piece[]): LegendEntry[] {
  const entries = new Map(fills.map((fill) => [fieldNames[fill.kind](fill), fill]));
  const order = Object.keys(fieldNames);
  const fields = [...entries]
    .sort(([, a], [, b]) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map(([text, fill]) => fieldEntry(text, fill));
  const undecided = fills.filter(({ kind }) => kind === 'undecided').flatMap(({ looks }) => looks);
  const markers = [...new Map(undecided.map(({ strategy, style }) => [strategy, style]))]
    .filter(([strategy]) => !entries.has(strategy))
    .map(([text, style]): LegendEntry => ({ text, draw: (brush, x, y) => drawMarker(brush, style, x, y) }));
  const questions = (Object.keys(borderNames) as CrossoverQuestion[]).filter((question) =>
    pieces.some((piece) => piece.question === question),
  );
  return [...fields, ...markers, ...questions.map((question) => borderEntry(question, pieces))];
}

function fieldEntry(text: string, fill: Fill): LegendEntry {
  const sample = fill.kind === 'undecided' ? { ...fill, looks: [] } : fill;
  return {
    text,
    draw: (brush, x, y) => drawSmallField(brush, { x: x - 20, y: y - 13, width: 40, height: 26 }, sample),
  };
}

/** A sample with a line where the map has one: else a bracket's edges. */
function borderEntry(question: CrossoverQuestion, pieces: readonly Piece[]): LegendEntry {
  const half = legendSample.width / 2;
  const level = (y: number) =>
    [
      { x: -half, y },
      { x: half, y },
    ] as const;
  const drawn = pieces.some((piece) => piece.question === question && piece.line.length > 0);
  const sample: Piece = {
    question,
    incumbentEdge: level(-9),
    challengerEdge: level(9),
    line: drawn ? [level(0)] : [],
  };
  return {
    text: borderNames[question],
    draw: (brush, left, top) =>
      drawBorders(brush, question, [sample], ({ x, y }) => ({ x: left + x, y: top + y })),
  };
}
