import { brushFont, ink, wrapped } from './ink.js';
import { type Brush, type PicturePlugin, pictureSize } from './picture.js';

/** One line of a legend: what is drawn in a field of `legendSample`, and what it means. */
export interface LegendEntry {
  readonly text: string;
  /** Draws around the middle of the field. */
  readonly draw: (brush: Brush, x: number, y: number) => void;
}

/** Width that a legend takes at the right of the plot. */
export const legendWidth = 276;

/** Size of the field that a sample may fill. */
export const legendSample = { width: 44, height: 24 };

/** A legend at the right of the plot, from its top down. */
export function legendPlugin(entries: readonly LegendEntry[]): PicturePlugin {
  return {
    id: 'side-legend',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.font = brushFont(17);
      brush.textBaseline = 'middle';
      brush.textAlign = 'left';
      const left = pictureSize.width - legendWidth + 20;
      const textLeft = left + legendSample.width + 10;
      let y = chart.chartArea.top + 16;
      for (const { text, draw } of entries) {
        const parts = text.replace(/\]$/, '').split('[');
        const lines = parts.flatMap((part) => wrapped(brush, part, pictureSize.width - textLeft - 16));
        brush.save();
        draw(brush, left + legendSample.width / 2, y);
        brush.restore();
        brush.fillStyle = ink.text;
        for (const [row, line] of lines.entries()) brush.fillText(line, textLeft, y + row * 21);
        y += lines.length * 21 + 16;
      }
      brush.restore();
    },
  };
}
