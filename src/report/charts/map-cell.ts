import type { StrategyStyle } from '../strategy-style.js';
import { brushFont, fitted, ink } from './ink.js';
import { drawMarker } from './marker.js';
import type { Brush } from './picture.js';

/** What a field of a winner map says. */
export interface Fill {
  readonly kind: 'winner' | 'same' | 'undecided' | 'nobody';
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

/**
 * Draws one field: colour, marker and figure of the winner; stripes in the colours of a tie; dots where undecided, with
 * the markers of those that may win.
 */
export function drawMapCell(brush: Brush, field: Field, fill: Fill, text: string): void {
  brush.save();
  brush.beginPath();
  brush.rect(field.x, field.y, field.width, field.height);
  brush.clip();
  paint(brush, field, fill);
  brush.restore();
  brush.save();
  brush.strokeStyle = ink.frame;
  brush.lineWidth = 1;
  brush.strokeRect(field.x, field.y, field.width, field.height);
  const [middle, centre] = [field.x + field.width / 2, field.y + field.height / 2];
  const badges = fill.looks.slice(0, Math.max(1, Math.floor(field.width / 34)));
  for (const [index, { style }] of badges.entries()) {
    const x = middle + (index - (badges.length - 1) / 2) * 34;
    // A legend sample has no room for two badges: the stripes are enough there.
    if (badges.length === fill.looks.length)
      badge(brush, style, x, text === '' ? centre : centre - 15, field);
  }
  if (text !== '') {
    brush.font = brushFont(18, 600);
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    const shown = fitted(brush, text, field.width - 4);
    const y = fill.looks.length === 0 ? centre : centre + 15;
    const width = brush.measureText(shown).width + 12;
    brush.fillStyle = '#FFFFFF';
    brush.fillRect(middle - width / 2, y - 13, width, 26);
    brush.fillStyle = ink.text;
    brush.fillText(shown, middle, y);
  }
  brush.restore();
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
