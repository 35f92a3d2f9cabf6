import { formatNs } from '../units.js';
import { brushFont, faded, ink } from './ink.js';
import type { Line } from './lines.js';
import type { Brush, PicturePlugin } from './picture.js';

/** "over 30 s" beside each bound: a triangle alone could pass for a time. */
export function boundLabelsPlugin(lines: readonly Line[]): PicturePlugin {
  return {
    id: 'bound-labels',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.font = brushFont(16, 600);
      brush.textBaseline = 'middle';
      brush.textAlign = 'right';
      for (const { x, y } of lines.flatMap(({ bounds }) => bounds)) {
        const text = `over ${formatNs(y)}`;
        const [right, middle] = [
          chart.scales.x.getPixelForValue(x) - 20,
          chart.scales.y.getPixelForValue(y) + 3,
        ];
        brush.fillStyle = faded('#FFFFFF', 0.85);
        brush.fillRect(
          right - brush.measureText(text).width - 4,
          middle - 12,
          brush.measureText(text).width + 8,
          24,
        );
        brush.fillStyle = ink.text;
        brush.fillText(text, right, middle);
      }
      brush.restore();
    },
  };
}
