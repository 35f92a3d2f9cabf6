import type { SKRSContext2D } from 'canvas';
import type { Style } from '../document/chart.js';

/* What the plug-ins of charts draw with: inks, fonts, texts that fit, markers. Nothing here knows Node. */

/** The 2D context of a canvas; a browser's own has the same methods. */
export type Brush = SKRSContext2D;

/** A place or a size on the canvas, in px. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const ink = { text: '#1A1A1A', quiet: '#555555', grid: '#E3E3E3', frame: '#9A9A9A' };

export const fontFamily = 'Inter';

/** A font for chart.js options. Hardly anything on a slide is below 16 px. */
export function font(size: number, weight: 400 | 600 = 400) {
  return { family: fontFamily, size, weight } as const;
}

/** The same font for a brush. */
export function brushFont(size: number, weight: 400 | 600 = 400): string {
  return `${weight} ${size}px ${fontFamily}`;
}

/** A colour with an opacity between 0 and 1. */
export function faded(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

/** Text cut to a width with "…" at its end. */
export function fitted(brush: Brush, text: string, width: number): string {
  if (brush.measureText(text).width <= width) return text;
  for (let length = text.length - 1; length > 0; length--) {
    const shorter = `${text.slice(0, length).trimEnd()}…`;
    if (brush.measureText(shorter).width <= width) return shorter;
  }
  return '';
}

/** Text broken at spaces into lines of a width, and behind hyphens where a word alone is wider. */
export function wrapped(brush: Brush, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((each) => hyphenated(brush, each, width))) {
    const last = lines[lines.length - 1];
    if (last !== undefined && brush.measureText(`${last} ${word}`).width <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => fitted(brush, line, width));
}

function hyphenated(brush: Brush, word: string, width: number): string[] {
  if (brush.measureText(word).width <= width) return [word];
  for (let end = word.lastIndexOf('-'); end > 0; end = word.lastIndexOf('-', end - 1)) {
    const start = word.slice(0, end + 1);
    if (end + 1 < word.length && brush.measureText(start).width <= width)
      return [start, ...hyphenated(brush, word.slice(end + 1), width)];
  }
  return [word];
}

/** Lines of a name: "child-process[serialization=json], own data" breaks before its options, and behind them. */
export function nameLines(name: string): string[] {
  const [, id, options, rest] = /^([^[\s]+)\[([^\]]*=.*)\](?:, )?(.*)$/.exec(name) ?? [];
  return id === undefined ? [name] : [id, ...options.split(','), rest].filter((line) => line !== '');
}

/** Names of the markers in chart.js. */
const pointStyles = {
  circle: 'circle',
  square: 'rect',
  triangle: 'triangle',
  diamond: 'rectRot',
  cross: 'crossRot',
  plus: 'cross',
  star: 'star',
} as const satisfies Record<Style['marker'], string>;

/** Options of a chart.js point that shows a marker. */
export function pointOptions(style: Style) {
  return {
    pointStyle: pointStyles[style.marker],
    pointRadius: radiusOf(style),
    pointBorderWidth: 3,
    pointBorderColor: style.colour,
    pointBackgroundColor: style.hollow ? '#FFFFFF00' : style.colour,
  };
}

/** Outlines are drawn larger, so that they frame a filled marker of another strategy at the same place. */
function radiusOf(style: Style): number {
  return style.hollow ? 10 : 7;
}

/** The marker alone, shaped as chart.js draws it. */
export function drawMarker(brush: Brush, style: Style, { x, y }: Place): void {
  const radius = radiusOf(style);
  brush.save();
  brush.strokeStyle = style.colour;
  brush.fillStyle = style.hollow ? '#FFFFFF00' : style.colour;
  brush.lineWidth = 3;
  brush.translate(x, y);
  brush.beginPath();
  shapes[style.marker](brush, radius);
  brush.fill();
  brush.stroke();
  brush.restore();
}

const shapes: Record<Style['marker'], (brush: Brush, radius: number) => void> = {
  circle: (brush, radius) => brush.arc(0, 0, radius, 0, 2 * Math.PI),
  square: (brush, radius) => polygon(brush, around(radius, [45, 135, 225, 315])),
  triangle: (brush, radius) => polygon(brush, around(radius, [270, 30, 150])),
  diamond: (brush, radius) => polygon(brush, around(radius, [0, 90, 180, 270])),
  cross: (brush, radius) => spokes(brush, around(radius, [45, 135])),
  plus: (brush, radius) => spokes(brush, around(radius, [0, 90])),
  star: (brush, radius) => spokes(brush, around(radius, [0, 45, 90, 135])),
};

function around(radius: number, degrees: readonly number[]): Place[] {
  return degrees.map((degree) => {
    const angle = (degree * Math.PI) / 180;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

/** A closed path through some corners. */
export function polygon(brush: Brush, corners: readonly Place[]): void {
  for (const [i, { x, y }] of corners.entries()) {
    if (i === 0) brush.moveTo(x, y);
    else brush.lineTo(x, y);
  }
  brush.closePath();
}

function spokes(brush: Brush, ends: readonly Place[]): void {
  for (const { x, y } of ends) {
    brush.moveTo(-x, -y);
    brush.lineTo(x, y);
  }
}
