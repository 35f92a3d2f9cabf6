import type { StrategyStyle } from '../strategy-style.js';
import { brushFont, fitted, ink } from './ink.js';
import { drawMarker } from './marker.js';
import type { Brush } from './picture.js';

/** What a field of a winner map says. */
export interface Fill {
  readonly kind: 'winner' | 'same' | 'undecided' | 'nobody' | 'not measured';
  /** The winner, all that tie, or all that may be the fastest. */
  readonly looks: readonly { readonly strategy: string; readonly style: StrategyStyle }[];
}

/** A field on the canvas, in px. */
export interface Field {
  readonly x: number;
  readonly y: number;
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
  brush.strokeStyle = fill.kind === 'not measured' ? ink.grid : ink.frame;
  brush.lineWidth = 1;
  brush.strokeRect(field.x, field.y, field.width, field.height);
  brush.restore();
}

/** What stands on a field: the markers of those that win or may win, and a figure below or beside them. */
export function drawSigns(
  brush: Brush,
  field: Field,
  fill: Fill,
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
  const badges = fill.looks.length > most ? [] : fill.looks;
  const badgesWidth = badges.length * badgeWidth;
  const beside = layout === 'beside' && badgesWidth + textWidth <= field.width;
  const apart = shown === '' || badges.length === 0 || beside ? 0 : 15;
  const badgesMiddle = beside ? middle - textWidth / 2 : middle;
  const textMiddle = beside ? middle + badgesWidth / 2 : middle;
  for (const [index, { style }] of badges.entries())
    badge(brush, style, badgesMiddle + (index - (badges.length - 1) / 2) * badgeWidth, centre - apart, field);
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

/** A whole field in little, for a legend. */
export function drawSmallField(brush: Brush, field: Field, fill: Fill): void {
  drawGround(brush, field, fill);
  drawSigns(brush, field, fill, '');
}

/** The same for a point between the fields, set off from them by a white rim. */
export function drawAddedPoint(
  brush: Brush,
  at: { readonly x: number; readonly y: number },
  fill: Fill,
): void {
  const square = (size: number) => ({ x: at.x - size / 2, y: at.y - size / 2, width: size, height: size });
  drawGround(brush, square(28), { kind: 'nobody', looks: [] });
  drawSmallField(brush, square(24), fill);
}

function paint(brush: Brush, field: Field, fill: Fill): void {
  brush.fillStyle = fill.kind === 'undecided' ? '#E4E4E4' : (fill.looks[0]?.style.colour ?? '#FFFFFF');
  brush.fillRect(field.x, field.y, field.width, field.height);
  if (fill.kind === 'same')
    stripes(
      brush,
      field,
      fill.looks.map(({ style }) => style.colour),
    );
  if (fill.kind === 'undecided') dots(brush, field);
}

/** Diagonal stripes, one colour after another. */
function stripes(brush: Brush, field: Field, colours: readonly string[]): void {
  brush.lineWidth = stripe;
  for (
    let index = 0, x = field.x - field.height;
    x < field.x + field.width + stripe;
    index++, x += stripe * Math.SQRT2
  ) {
    brush.strokeStyle = colours[index % colours.length];
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

/** The marker on a white disc: it must be seen on its own colour. */
function badge(brush: Brush, style: StrategyStyle, x: number, y: number, field: Field): void {
  const radius = Math.min(15, field.height / 2 - 1);
  brush.fillStyle = '#FFFFFF';
  brush.beginPath();
  brush.arc(x, y, radius, 0, 2 * Math.PI);
  brush.fill();
  brush.save();
  brush.translate(x, y);
  brush.scale(0.85, 0.85);
  drawMarker(brush, style, 0, 0);
  brush.restore();
}
