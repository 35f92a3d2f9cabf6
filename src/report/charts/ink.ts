import { type Brush, fontFamily } from './picture.js';

/** Neutral colours of all charts: text, quiet text, lines of the grid. */
export const ink = { text: '#1A1A1A', quiet: '#555555', grid: '#E3E3E3', frame: '#9A9A9A' };

/** A font for chart.js options. Nothing on a slide is below 16 px. */
export function font(size: number, weight: 400 | 600 = 400) {
  return { family: fontFamily, size, weight } as const;
}

/** The same font for a brush. */
export function brushFont(size: number, weight: 400 | 600 = 400): string {
  return `${weight} ${size}px ${fontFamily}`;
}

/** A colour with an opacity between 0 and 1, for bands. */
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
