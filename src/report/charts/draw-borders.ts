import type { CrossoverQuestion } from '../../analysis/types.js';
import { questionColours } from './crossover-marks.js';
import { faded } from './ink.js';
import type { Piece, Stretch } from './map-borders.js';
import type { Place } from './map-grid.js';
import type { Brush } from './picture.js';

/** Told apart without colours, too. */
const dashes: Readonly<Record<CrossoverQuestion, readonly number[]>> = {
  'single-thread against for-loop': [],
  'parallel against best single-thread': [12, 7],
};

/** Draws the borders of one question; `toPixels` takes a place on the map to the canvas. */
export function drawBorders(
  brush: Brush,
  question: CrossoverQuestion,
  pieces: readonly Piece[],
  toPixels: (place: Place) => Place,
): void {
  const onCanvas = ([from, to]: Stretch): Stretch => [toPixels(from), toPixels(to)];
  const colour = questionColours[question];
  brush.save();
  band(
    brush,
    pieces.map(({ incumbentEdge, challengerEdge }) => [onCanvas(incumbentEdge), onCanvas(challengerEdge)]),
    colour,
  );
  const bracketEdges = pieces
    .filter(({ line }) => line.length === 0)
    .flatMap(({ incumbentEdge, challengerEdge }) => [onCanvas(incumbentEdge), onCanvas(challengerEdge)]);
  // Thin and without a halo: they must not pass for the border itself.
  stroke(brush, bracketEdges, colour, 1.5, dashes[question]);
  const lines = pieces.flatMap(({ line }) => line.map(onCanvas));
  // All halos first, or one would cut through its neighbour.
  stroke(brush, lines, '#FFFFFF', 9, []);
  stroke(brush, lines, colour, 4, dashes[question]);
  brush.restore();
}

/** A veil, so that the band shows on black and on white; filled at once, since overlaps would look like more. */
function band(brush: Brush, edges: readonly (readonly [Stretch, Stretch])[], colour: string): void {
  brush.beginPath();
  for (const [[a, b], [d, c]] of edges) polygon(brush, turning([a, b, c, d]));
  for (const veil of [faded('#FFFFFF', 0.5), faded(colour, 0.2)]) {
    brush.fillStyle = veil;
    brush.fill();
  }
}

/** All corners in one sense of rotation: two polygons of opposite senses would cut a hole where they overlap. */
function turning(corners: readonly Place[]): readonly Place[] {
  const area = corners.reduce((sum, { x, y }, i) => {
    const next = corners[(i + 1) % corners.length];
    return sum + x * next.y - next.x * y;
  }, 0);
  return area < 0 ? [...corners].reverse() : corners;
}

function polygon(brush: Brush, corners: readonly Place[]): void {
  for (const [i, { x, y }] of corners.entries()) {
    if (i === 0) brush.moveTo(x, y);
    else brush.lineTo(x, y);
  }
  brush.closePath();
}

function stroke(
  brush: Brush,
  stretches: readonly Stretch[],
  colour: string,
  width: number,
  dash: readonly number[],
): void {
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  // Round ends would fill the gaps of dashes.
  brush.lineCap = dash.length === 0 ? 'round' : 'butt';
  brush.setLineDash([...dash]);
  brush.beginPath();
  for (const [from, to] of stretches) {
    brush.moveTo(from.x, from.y);
    brush.lineTo(to.x, to.y);
  }
  brush.stroke();
}
