import type { Marker, StrategyStyle } from '../strategy-style.js';
import type { Brush } from './picture.js';

/** Names of the markers in chart.js. */
const pointStyles = {
  circle: 'circle',
  square: 'rect',
  triangle: 'triangle',
  diamond: 'rectRot',
  cross: 'crossRot',
  plus: 'cross',
  star: 'star',
} as const satisfies Record<Marker, string>;

/** Options of a chart.js point that shows a strategy's marker. */
export function pointOptions(style: StrategyStyle) {
  return {
    pointStyle: pointStyles[style.marker],
    pointRadius: radiusOf(style),
    pointBorderWidth: 3,
    pointBorderColor: style.colour,
    pointBackgroundColor: style.hollow ? '#FFFFFF00' : style.colour,
  };
}

/** A line sample with its marker, as in a legend. */
export function drawSample(brush: Brush, style: StrategyStyle, x: number, y: number, width: number): void {
  brush.save();
  brush.strokeStyle = style.colour;
  brush.lineWidth = style.width;
  brush.setLineDash([...style.dash]);
  brush.beginPath();
  brush.moveTo(x, y);
  brush.lineTo(x + width, y);
  brush.stroke();
  brush.restore();
  drawMarker(brush, style, x + width / 2, y);
}

/** The marker alone, shaped as chart.js draws it. */
export function drawMarker(brush: Brush, style: StrategyStyle, x: number, y: number): void {
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

const shapes: Record<Marker, (brush: Brush, radius: number) => void> = {
  circle: (brush, radius) => brush.arc(0, 0, radius, 0, 2 * Math.PI),
  square: (brush, radius) => polygon(brush, radius, [45, 135, 225, 315]),
  triangle: (brush, radius) => polygon(brush, radius, [270, 30, 150]),
  diamond: (brush, radius) => polygon(brush, radius, [0, 90, 180, 270]),
  cross: (brush, radius) => spokes(brush, radius, [45, 135]),
  plus: (brush, radius) => spokes(brush, radius, [0, 90]),
  star: (brush, radius) => spokes(brush, radius, [0, 45, 90, 135]),
};

function polygon(brush: Brush, radius: number, degrees: readonly number[]): void {
  for (const [index, degree] of degrees.entries()) {
    const angle = (degree * Math.PI) / 180;
    const at = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    if (index === 0) brush.moveTo(...at);
    else brush.lineTo(...at);
  }
  brush.closePath();
}

function spokes(brush: Brush, radius: number, degrees: readonly number[]): void {
  for (const degree of degrees) {
    const angle = (degree * Math.PI) / 180;
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    brush.moveTo(-x, -y);
    brush.lineTo(x, y);
  }
}

/** Outlines are drawn larger, so that they frame a filled marker of another strategy at the same place. */
function radiusOf(style: StrategyStyle): number {
  return style.hollow ? 10 : 7;
}
