import { type Frame, framePlugin, padding, scaleTitle } from '../../src/report/charts/frame.js';
import { faded, font, ink } from '../../src/report/charts/ink.js';
import { legendPlugin, legendWidth } from '../../src/report/charts/legend.js';
import { drawMarker } from '../../src/report/charts/marker.js';
import { type Brush, openDrawing, type Picture } from '../../src/report/charts/picture.js';
import { styleOf } from '../../src/report/strategy-style.js';
import type { ConditionFigures, Share } from './figures.js';
import type { SelfCheck } from './report.js';

/**
 * The detection curve: how often one strategy is named slower than another that does less work, against how much
 * less, with the exact 95 % interval of each share. At 0 %, a strategy against itself, it is the false alarms.
 * Undefined where the drawing packages are missing.
 */
export function detectionChart(check: SelfCheck): Uint8Array | undefined {
  const drawing = openDrawing();
  return 'skipped' in drawing ? undefined : drawing.draw(picture(check));
}

const names = { quiet: 'quiet machine', busy: 'one core busy' };
/** Two looks that stay apart without their colours. */
const styles = { quiet: styleOf('worker-threads', []), busy: styleOf('child-process', []) };

function picture({ host, conditions, quick }: SelfCheck): Picture {
  const frame: Frame = {
    title: 'Self-check: how large must a difference be to be seen?',
    subtitle: [
      `${host.cpu}, ${host.usableCores} cores usable, Node ${host.node}${quick ? '; quick: indicative' : ''}`,
      'A strategy against the same one with more work, 8 rounds each; up to so many comparisons per point as the legend says',
    ],
    caption:
      'Higher is better, except at 0 %, where every winner that is named is a false alarm. Bands: exact 95 % intervals of the shares.',
  };
  return {
    type: 'line',
    data: {
      datasets: conditions.flatMap((figures) => {
        const { colour } = styles[figures.condition];
        const points = curve(figures);
        const line = (of: (share: Share) => number) =>
          points.map(({ more, share }) => ({ x: 100 * more, y: 100 * of(share) }));
        const edge = { borderWidth: 0, pointRadius: 0, order: 100 };
        return [
          { ...edge, data: line(({ interval }) => interval.low) },
          {
            ...edge,
            data: line(({ interval }) => interval.high),
            fill: '-1',
            backgroundColor: faded(colour, 0.18),
          },
          { data: line(({ share }) => share), borderColor: colour, borderWidth: 3, pointRadius: 0 },
        ];
      }),
    },
    plugins: [
      framePlugin(frame),
      legendPlugin(
        conditions.map(({ condition, same }) => ({
          text: `${names[condition]}: ${same.falseWinners.of}`,
          draw: (brush, x, y) => drawMarker(brush, styles[condition], x, y),
        })),
      ),
      {
        id: 'markers',
        afterDatasetsDraw: (chart) => {
          const brush: Brush = chart.ctx;
          for (const [index, { condition }] of conditions.entries()) {
            for (const { x, y } of chart.getDatasetMeta(3 * index + 2).data)
              drawMarker(brush, styles[condition], x, y);
          }
        },
      },
    ],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, legendWidth) },
      scales: {
        x: axis('work that the slower one does more', 22),
        y: axis('named slower', 100),
      },
      plugins: { legend: { display: false } },
    },
  };
}

function axis(title: string, max: number) {
  return {
    type: 'linear',
    min: 0,
    max,
    title: scaleTitle(title),
    ticks: { font: font(17), color: ink.text, callback: (value: number | string) => `${value} %` },
  } as const;
}

function curve({ same, slower }: ConditionFigures): { more: number; share: Share }[] {
  return [
    { more: 0, share: same.falseWinners },
    ...slower.map(({ seen, found }) => ({ more: seen, share: found })),
  ];
}
