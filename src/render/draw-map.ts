import type { MapAnswer, Style } from '../document/chart.js';
import { type Brush, brushFont, drawMarker, faded, fitted, ink, type Place, polygon } from './brush.js';
import type { Piece, Stretch } from './map-borders.js';

/* How fields and borders of a map are drawn. */

/** What a field says: who wins there, in the order of the run. */
export interface Fill {
  readonly answer: MapAnswer;
  readonly styles: readonly Style[];
}

/** A field on the canvas, in px. */
export interface Field extends Place {
  readonly width: number;
  readonly height: number;
}

const stripe = 14;
const badgeWidth = 34;

/** The ground of a field: colour of the winner, stripes in the colours of a tie, dots where undecided. */
export function drawGround(brush: Brush, field: Field, fill: Fill): void {
  brush.save();
  brush.beginPath();
  brush.rect(field.x, field.y, field.width, field.height);
  brush.clip();
  paint(brush, field, fill);
  brush.restore();
  brush.save();
  brush.strokeStyle = fill.answer === 'not measured' ? ink.grid : ink.frame;
  brush.lineWidth = 1;
  brush.strokeRect(field.x, field.y, field.width, field.height);
  brush.restore();
}

function paint(brush: Brush, field: Field, { answer, styles }: Fill): void {
  brush.fillStyle = answer === 'undecided' ? '#E4E4E4' : (styles[0]?.colour ?? '#FFFFFF');
  brush.fillRect(field.x, field.y, field.width, field.height);
  if (answer === 'same') stripes(brush, field, styles);
  if (answer === 'undecided') dots(brush, field);
}

function stripes(brush: Brush, field: Field, styles: readonly Style[]): void {
  brush.lineWidth = stripe;
  for (
    let index = 0, x = field.x - field.height;
    x < field.x + field.width + stripe;
    index++, x += stripe * Math.SQRT2
  ) {
    brush.strokeStyle = styles[index % styles.length].colour;
    brush.beginPath();
    brush.moveTo(x, field.y + field.height);
    brush.lineTo(x + field.height, field.y);
    brush.stroke();
  }
}

function dots(brush: Brush, field: Field): void {
  brush.fillStyle = '#8A8A8A';
  for (let y = field.y + 6; y < field.y + field.height; y += 12) {
    for (let x = field.x + 6; x < field.x + field.width; x += 12) {
      brush.beginPath();
      brush.arc(x, y, 1.5, 0, 2 * Math.PI);
      brush.fill();
    }
  }
}

/** What stands on a field: the markers of those that win or may win, and a figure below or beside them. */
export function drawSigns(
  brush: Brush,
  field: Field,
  { styles }: Fill,
  text: string,
  layout: 'stacked' | 'beside' = 'stacked',
): void {
  brush.save();
  brush.font = brushFont(18, 600);
  const [middle, centre] = [field.x + field.width / 2, field.y + field.height / 2];
  const shown = fitted(brush, text, field.width - 4);
  const textWidth = shown === '' ? 0 : brush.measureText(shown).width + 12;
  const most = Math.max(1, Math.floor(field.width / badgeWidth));
  // A legend sample has no room for two badges: the stripes are enough there.
  const badges = styles.length > most ? [] : styles;
  const badgesWidth = badges.length * badgeWidth;
  const beside = layout === 'beside' && badgesWidth + textWidth <= field.width;
  const apart = shown === '' || badges.length === 0 || beside ? 0 : 15;
  const badgesMiddle = beside ? middle - textWidth / 2 : middle;
  const textMiddle = beside ? middle + badgesWidth / 2 : middle;
  for (const [index, style] of badges.entries()) {
    const x = badgesMiddle + (index - (badges.length - 1) / 2) * badgeWidth;
    badge(brush, style, { x, y: centre - apart }, field);
  }
  if (shown !== '') {
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    brush.fillStyle = '#FFFFFF';
    brush.fillRect(textMiddle - textWidth / 2, centre + apart - 13, textWidth, 26);
    brush.fillStyle = ink.text;
    brush.fillText(shown, textMiddle, centre + apart);
  }
  brush.restore();
}

/** The marker on a white disc: it must be seen on its own colour. */
function badge(brush: Brush, style: Style, { x, y }: Place, field: Field): void {
  brush.fillStyle = '#FFFFFF';
  brush.beginPath();
  brush.arc(x, y, Math.min(15, field.height / 2 - 1), 0, 2 * Math.PI);
  brush.fill();
  brush.save();
  brush.translate(x, y);
  brush.scale(0.85, 0.85);
  drawMarker(brush, style, { x: 0, y: 0 });
  brush.restore();
}

/** A whole field in little, for a legend. */
export function drawSmallField(brush: Brush, field: Field, fill: Fill): void {
  drawGround(brush, field, fill);
  drawSigns(brush, field, fill, '');
}

/** The same for a point between the fields, set off from them by a white rim. */
export function drawAddedPoint(brush: Brush, at: Place, fill: Fill): void {
  const square = (size: number) => ({ x: at.x - size / 2, y: at.y - size / 2, width: size, height: size });
  drawGround(brush, square(28), { answer: 'nobody', styles: [] });
  drawSmallField(brush, square(24), fill);
}

/** The borders of one question, in px. */
export interface BorderLine {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly pieces: readonly Piece[];
}

/** Draws borders; `toPixels` takes a place on the map to the canvas. */
export function drawBorder(
  brush: Brush,
  { colour, dash, pieces }: BorderLine,
  toPixels: (place: Place) => Place,
): void {
  const onCanvas = ([from, to]: Stretch): Stretch => [toPixels(from), toPixels(to)];
  brush.save();
  drawBand(
    brush,
    pieces.map(({ incumbentEdge, challengerEdge }) => [onCanvas(incumbentEdge), onCanvas(challengerEdge)]),
    colour,
  );
  const bracketEdges = pieces
    .filter(({ line }) => line.length === 0)
    .flatMap(({ incumbentEdge, challengerEdge }) => [onCanvas(incumbentEdge), onCanvas(challengerEdge)]);
  // Thin and without a halo: they must not pass for the border itself.
  stroke(brush, bracketEdges, colour, 1.5, dash);
  const lines = pieces.flatMap(({ line }) => line.map(onCanvas));
  // All halos first, or one would cut through its neighbour.
  stroke(brush, lines, '#FFFFFF', 9, []);
  stroke(brush, lines, colour, 4, dash);
  brush.restore();
}

/** A veil, so that the band shows on black and on white; filled at once, since overlaps would look like more. */
function drawBand(brush: Brush, edges: readonly (readonly [Stretch, Stretch])[], colour: string): void {
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
