import type { LinesChart, Series } from '../../src/document/chart.js';
import { styleOf } from '../../src/documents/charts/style.js';
import { openDrawing } from '../../src/render/png.js';
import type { ConditionFigures, Share } from './figures.js';
import type { SelfCheck } from './report.js';

/**
 * The detection curve: how often one strategy is named slower than another that does less work, against how much
 * less, with the exact 95 % interval of each share. At 0 %, a strategy against itself, it is the false alarms.
 * Undefined where the drawing packages are missing.
 */
export function detectionChart(check: SelfCheck): Uint8Array | undefined {
  const drawing = openDrawing();
  return 'skipped' in drawing ? undefined : drawing.draw(composeChart(check));
}

const names = { quiet: 'quiet machine', busy: 'one core busy' };
/** Two looks that stay apart without their colours. */
const styles = { quiet: styleOf('worker-threads', []), busy: styleOf('child-process', []) };

function composeChart({ host, conditions, quick }: SelfCheck): LinesChart {
  return {
    kind: 'lines',
    title: 'Self-check: how large must a difference be to be seen?',
    subtitle: [
      `${host.cpu}, ${host.usableCores} cores usable, Node ${host.node}${quick ? '; quick: indicative' : ''}`,
      'A strategy against the same one with more work, 8 rounds each; up to so many comparisons per point as the names say',
    ],
    caption:
      'Higher is better, except at 0 %, where every winner that is named is a false alarm. Bands: exact 95 % intervals of the shares.',
    x: { title: 'work that the slower one does more', unit: 'share', scale: 'linear' },
    y: { title: 'named slower', unit: 'share', scale: 'linear', atLeast: { min: 0, max: 1 } },
    series: conditions.map(seriesOf),
    marks: [],
  };
}

function seriesOf({ condition, same, slower }: ConditionFigures): Series {
  const point = (x: number, { share, interval }: Share) => ({ x, value: share, interval });
  return {
    name: `${names[condition]}: ${same.falseWinners.of}`,
    style: styles[condition],
    points: [point(0, same.falseWinners), ...slower.map(({ seen, found }) => point(seen, found))],
    bounds: [],
  };
}
