import { formatNs } from '../units.js';
import { type Frame, framePlugin, padding, scaleTitle } from './frame.js';
import { brushFont, font, ink } from './ink.js';
import { legendPlugin, legendWidth } from './legend.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';

/** One part of a strategy's time. */
export interface BarPart {
  readonly part: string;
  readonly ns: number;
}

/** One strategy's time, split. The parts need not add up to the total where sending and computing overlap. */
export interface ShareBar {
  readonly label: string;
  readonly totalNs: number;
  readonly parts: readonly BarPart[];
}

/** How a part looks. */
export interface PartLook {
  readonly fill: string;
  readonly text: string;
  readonly means: string;
}

const totalWidth = 110;

/**
 * One bar per strategy, all of one length, since their times lie factors apart and the question is about shares. The
 * times stand beside and inside the bars. Parts come in the order of `looks`.
 */
export function shareBars(
  frame: Frame,
  bars: readonly ShareBar[],
  looks: Readonly<Record<string, PartLook>>,
): Picture {
  const parts = Object.keys(looks).filter((part) => bars.some((bar) => partNs(bar, part) > 0));
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: parts.map((part) => ({
        label: part,
        data: bars.map((bar) => partNs(bar, part) / sumNs(bar)),
        backgroundColor: looks[part].fill,
        borderColor: '#FFFFFF',
        borderWidth: { left: 0, right: 2, top: 0, bottom: 0 },
        borderSkipped: false as const,
        maxBarThickness: 52,
        categoryPercentage: 0.9,
        barPercentage: 0.86,
      })),
    },
    plugins: [
      framePlugin(frame),
      barTextPlugin(bars, parts, looks),
      legendPlugin(
        parts.map((part) => ({
          text: looks[part].means,
          draw: (brush, x, y) => {
            brush.fillStyle = looks[part].fill;
            brush.fillRect(x - 18, y - 11, 36, 22);
          },
        })),
      ),
    ],
    options: {
      devicePixelRatio: 2,
      indexAxis: 'y',
      layout: { padding: padding(frame, legendWidth + totalWidth) },
      scales: {
        x: {
          stacked: true,
          min: 0,
          max: 1,
          title: scaleTitle('share of the time'),
          grid: { color: ink.grid },
          ticks: {
            font: font(17),
            color: ink.text,
            callback: (value) => `${Math.round(Number(value) * 100)} %`,
          },
        },
        y: {
          stacked: true,
          grid: { display: false },
          ticks: {
            autoSkip: false,
            font: font(17),
            color: ink.text,
            callback: (_, index) => rowName(bars[index].label, bars.length),
          },
        },
      },
      plugins: { legend: { display: false } },
    },
  };
}

/** Two lines where there is room; else the id and the value of its option: "child-process json". */
function rowName(label: string, rows: number): string | string[] {
  if (rows <= 10) return label.replace(/\]$/, '').split('[');
  return label
    .replace(/\[[^=]*=/, ' ')
    .replace(/,[^=]*=/g, ' ')
    .replace(/\]$/, '');
}

function partNs(bar: ShareBar, part: string): number {
  return bar.parts.find((each) => each.part === part)?.ns ?? 0;
}

function sumNs(bar: ShareBar): number {
  return bar.parts.reduce((sum, { ns }) => sum + ns, 0) || 1;
}

/** The time of each part inside it, where it fits, and the time of the whole behind the bar. */
function barTextPlugin(
  bars: readonly ShareBar[],
  parts: readonly string[],
  looks: Readonly<Record<string, PartLook>>,
): PicturePlugin {
  return {
    id: 'bar-text',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.textBaseline = 'middle';
      for (const [row, bar] of bars.entries()) {
        let share = 0;
        const { y } = chart.getDatasetMeta(0).data[row];
        for (const part of parts) {
          const ns = partNs(bar, part);
          const [from, to] = [share, share + ns / sumNs(bar)].map((at) =>
            chart.scales.x.getPixelForValue(at),
          );
          share += ns / sumNs(bar);
          brush.font = brushFont(16);
          const text = [`${part} ${formatNs(ns)}`, formatNs(ns)].find(
            (words) => brush.measureText(words).width + 12 <= to - from,
          );
          if (ns === 0 || text === undefined) continue;
          brush.fillStyle = looks[part].text;
          brush.textAlign = 'center';
          brush.fillText(text, (from + to) / 2, y);
        }
        brush.font = brushFont(18, 600);
        brush.fillStyle = ink.text;
        brush.textAlign = 'left';
        brush.fillText(formatNs(bar.totalNs), chart.chartArea.right + 12, y);
      }
      brush.restore();
    },
  };
}
