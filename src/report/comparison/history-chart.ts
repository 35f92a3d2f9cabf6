import type { DrawnSeries, HistoryReport } from '../../compare/history/history.js';
import { formatPoint } from '../axes.js';
import { headroom, type Mark, markAnnotations, markLabelsPlugin } from '../charts/crossover-marks.js';
import { type Frame, framePlugin, padding, scaleTitle } from '../charts/frame.js';
import { font, ink } from '../charts/ink.js';
import type { Picture } from '../charts/picture.js';
import { type Range, rangeOf, valueScale, widened } from '../charts/scale.js';
import { formatNs, formatPercent, formatRatio } from '../units.js';
import type { ComparisonChart } from './charts.js';

const colours = { times: '#0072B2', changes: '#A01040', levels: '#1A1A1A' };

/** More hashes than these do not fit beside each other. */
const mostNamed = 10;

/** A picture of each series that a history holds for it: its commits, the level between two changes, and the changes. */
export function historyCharts({ drawn }: HistoryReport): ComparisonChart[] {
  return drawn.map((series, index) => ({
    name: `history-${index + 1}.png`,
    description: `Time per call of ${series.strategy} over the commits, ${series.account}, ${formatPoint(series.point)}`,
    picture: historyPicture(series),
  }));
}

function historyPicture({ scenario, strategy, account, point, points, changes }: DrawnSeries): Picture {
  const frame: Frame = {
    title: `${scenario}: ${strategy} over the commits`,
    subtitle: [`${account} · ${formatPoint(point)}`],
    caption:
      'Each dot is a commit, in the order of their dates; lower is faster. Black: mean between two changes. Upright: where it changed, and by how much.',
  };
  // Between the last commit before it and the first behind it.
  const marks: Mark[] = changes.map(({ at, ratio }) => ({
    crossover: { at: at - 0.5, interval: { low: at - 1, high: at }, bracketOnly: false },
    colour: colours.changes,
    text: `${points[at].commit.slice(0, 7)}: ${changeText(ratio)}`,
  }));
  const borders = [0, ...changes.map(({ at }) => at), points.length];
  const times = points.map(({ ns }) => ns);
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: strategy,
          data: times.map((y, index) => ({ x: index, y })),
          showLine: false,
          pointRadius: 5,
          pointBackgroundColor: colours.times,
          pointBorderColor: colours.times,
        },
        ...borders.slice(1).map((to, i) => {
          const from = borders[i];
          const y = geometricMean(times.slice(from, to));
          return {
            label: 'level',
            data: [
              { x: from - 0.4, y },
              { x: to - 0.6, y },
            ],
            borderColor: colours.levels,
            borderWidth: 3,
            pointRadius: 0,
          };
        }),
      ],
    },
    plugins: [framePlugin(frame), markLabelsPlugin(marks)],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, 40) },
      scales: {
        x: commitScale(points),
        y: timeScale(rangeOf(times), 0.1 + headroom(marks)),
      },
      plugins: { legend: { display: false }, annotation: { annotations: markAnnotations(marks) } },
    },
  };
}

/** Equal steps, since commits are counted; hashes of every so many, and of the last one. */
function commitScale(points: DrawnSeries['points']) {
  const step = Math.ceil(points.length / mostNamed);
  const last = points.length - 1;
  const named = points.map((_, place) => place).filter((place) => (last - place) % step === 0);
  return {
    type: 'linear',
    min: -0.7,
    max: last + 0.7,
    title: scaleTitle('commit, oldest first'),
    grid: { color: ink.grid },
    border: { color: ink.frame },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = named.map((value) => ({ value }));
    },
    ticks: {
      font: font(17),
      color: ink.text,
      autoSkip: false,
      maxRotation: 0,
      callback: (place: number | string) => points[Number(place)]?.commit.slice(0, 7) ?? '',
    },
  } as const;
}

/** Factors where times differ much; a linear scale, which has ticks for a few percent, where they do not. */
function timeScale({ min, max }: Range, above: number) {
  if (max / min >= 2) return valueScale(widened({ min, max }, 0.06, above), 'time per call', formatNs);
  const height = Math.max(max - min, 0.02 * max);
  return {
    type: 'linear',
    min: min - 0.1 * height,
    max: max + above * height,
    title: scaleTitle('time per call'),
    grid: { color: ink.grid },
    border: { color: ink.frame },
    ticks: {
      font: font(17),
      color: ink.text,
      callback: (value: number | string) => formatNs(Number(value)),
    },
  } as const;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

function changeText(ratio: number): string {
  if (ratio >= 2 || ratio <= 0.5) return formatRatio(ratio);
  return `${ratio > 1 ? '+' : '−'}${formatPercent(Math.abs(ratio - 1))}`;
}
