import type { Analysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { headlinePoint, placeOf } from '../headline.js';
import { formatNs } from '../units.js';
import { type Frame, framePlugin, padding, scaleTitle, subtitle } from './frame.js';
import { brushFont, font, ink } from './ink.js';
import { legendPlugin, legendWidth } from './legend.js';
import { type PhaseBar, phaseBars } from './phase-bars.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';

/** How a phase looks: moving is warm in colour, computing green, starting and ending violet. */
interface PhaseLook {
  readonly fill: string;
  readonly text: string;
  readonly means: string;
}

const looks: Readonly<Record<string, PhaseLook>> = {
  import: { fill: '#D0D0D0', text: ink.text, means: 'import: load the code' },
  open: { fill: '#5B4B9A', text: '#FFFFFF', means: 'open: start workers, compile' },
  place: { fill: '#E69F3A', text: ink.text, means: 'place: bring the data there' },
  move: { fill: '#C9761A', text: ink.text, means: 'move: send there and back' },
  compute: { fill: '#1F6F54', text: '#FFFFFF', means: 'compute' },
  run: { fill: '#7FB8A4', text: ink.text, means: 'run: move and compute' },
  collect: { fill: '#F7D9A0', text: ink.text, means: 'collect: bring answers back' },
  release: { fill: '#8A8A8A', text: '#FFFFFF', means: 'release' },
  close: { fill: '#B9AEE0', text: ink.text, means: 'close: stop the workers' },
};

const totalWidth = 110;

/**
 * Where the time goes at the largest point: one bar per strategy, all of one length, since their times lie factors
 * apart and the question is about shares. The times stand beside and inside the bars.
 */
export function phasesChart(analysis: Analysis, account: Account): Picture | undefined {
  const bars = phaseBars(analysis, account);
  const point = headlinePoint(analysis, account);
  if (point === undefined || bars.length === 0) return undefined;
  const phases = Object.keys(looks).filter((phase) => bars.some((bar) => partNs(bar, phase) > 0));
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: where does the time go?`,
    subtitle: subtitle(analysis, account, placeOf(point.cells[0])),
    caption:
      'Fastest strategy first. Bars show shares of their own time; the figure at the end is the time of a whole run. ' +
      'Where sending and computing overlap, it is less than the sum of the parts.',
  };
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: phases.map((phase) => ({
        label: phase,
        data: bars.map((bar) => partNs(bar, phase) / sumNs(bar)),
        backgroundColor: looks[phase].fill,
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
      barTextPlugin(bars, phases),
      legendPlugin(
        phases.map((phase) => ({
          text: looks[phase].means,
          draw: (brush, x, y) => {
            brush.fillStyle = looks[phase].fill;
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

function partNs(bar: PhaseBar, phase: string): number {
  return bar.parts.find((part) => part.phase === phase)?.ns ?? 0;
}

function sumNs(bar: PhaseBar): number {
  return bar.parts.reduce((sum, { ns }) => sum + ns, 0) || 1;
}

/** The time of each part inside it, where it fits, and the time of the whole behind the bar. */
function barTextPlugin(bars: readonly PhaseBar[], phases: readonly string[]): PicturePlugin {
  return {
    id: 'bar-text',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.textBaseline = 'middle';
      for (const [row, bar] of bars.entries()) {
        let share = 0;
        const { y } = chart.getDatasetMeta(0).data[row];
        for (const phase of phases) {
          const ns = partNs(bar, phase);
          const [from, to] = [share, share + ns / sumNs(bar)].map((at) =>
            chart.scales.x.getPixelForValue(at),
          );
          share += ns / sumNs(bar);
          brush.font = brushFont(16);
          const text = [`${phase} ${formatNs(ns)}`, formatNs(ns)].find(
            (words) => brush.measureText(words).width + 12 <= to - from,
          );
          if (ns === 0 || text === undefined) continue;
          brush.fillStyle = looks[phase].text;
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
