import type { Compared, Comparison, ScenarioInfo } from '../../compare/types.js';
import { type Frame, framePlugin, padding, scaleTitle } from '../charts/frame.js';
import { font, ink } from '../charts/ink.js';
import type { Picture } from '../charts/picture.js';
import { rangeOf } from '../charts/scale.js';
import { styleOf } from '../strategy-style.js';
import { formatPercent, formatRatio } from '../units.js';

/** More rows than this are too thin to read. Nine strategies have three accounts each. */
const mostRows = 30;

/** One row per strategy and account: head over base with its interval, and the limits. Undefined without intervals. */
export function changeChart(
  comparison: Comparison,
  scenario: ScenarioInfo,
  all: readonly Compared[],
): Picture | undefined {
  const times = all.filter(({ quantity }) => quantity === 'time' || quantity === 'ratio to for-loop');
  const whole = times.filter(({ point }) => point === undefined);
  const known = (whole.length > 0 ? whole : times).filter(({ ratio }) => ratio.interval !== undefined);
  if (known.length === 0) return undefined;
  const rows = mostChanged(known);
  const left = known.length - rows.length;
  const ends = rows.flatMap(({ ratio, limit }) => [
    ratio.interval?.low ?? ratio.value,
    ratio.interval?.high ?? ratio.value,
    1 + limit,
    1 / (1 + limit),
  ]);
  const { min, max } = rangeOf(ends);
  const limit = Math.min(...rows.map((row) => row.limit));
  const frame: Frame = {
    title: `${scenario.title}: what changed?`,
    subtitle: [sidesText(comparison), 'time on head over time on base, mean over all points'],
    caption: `Right of the shaded band (${formatPercent(limit)}) is slower than allowed; bars are 95 % intervals.${left === 0 ? '' : ` Left out: ${left}, less sure or smaller.`}`,
  };
  return {
    type: 'line',
    data: {
      datasets: rows.flatMap((row, index) => {
        const { colour } = styleOf(row.strategy, scenario.strategies);
        const { value, interval } = row.ratio;
        const line = [interval?.low ?? value, interval?.high ?? value].map((x) => ({ x, y: index }));
        return [
          {
            label: `${row.strategy} interval`,
            data: line,
            borderColor: colour,
            borderWidth: 5,
            pointRadius: 0,
          },
          {
            label: row.strategy,
            data: [{ x: value, y: index }],
            showLine: false,
            pointStyle: 'circle' as const,
            pointRadius: row.red ? 11 : 7,
            pointBorderWidth: row.red ? 4 : 2,
            pointBorderColor: row.red ? '#C00000' : colour,
            pointBackgroundColor: colour,
          },
        ];
      }),
    },
    plugins: [framePlugin(frame)],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, 40) },
      scales: {
        x: {
          type: 'logarithmic',
          min: min / 1.02,
          max: max * 1.02,
          title: scaleTitle('change (1× is none)'),
          grid: { color: ink.grid },
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = ticksIn(min / 1.02, max * 1.02).map((value) => ({ value }));
          },
          ticks: {
            font: font(17),
            color: ink.text,
            callback: (value: number | string) => formatRatio(Number(value)),
          },
        },
        y: {
          type: 'linear',
          reverse: true,
          min: -0.7,
          max: rows.length - 0.3,
          grid: { display: false },
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = rows.map((_, value) => ({ value }));
          },
          ticks: {
            font: font(rows.length > 12 ? 14 : 16),
            color: ink.text,
            autoSkip: false,
            callback: (value: number | string) => nameOf(rows[Number(value)]),
          },
        },
      },
      plugins: {
        legend: { display: false },
        annotation: {
          annotations: {
            allowed: {
              type: 'box',
              xMin: 1 / (1 + limit),
              xMax: 1 + limit,
              backgroundColor: '#0000000F',
              borderWidth: 0,
              drawTime: 'beforeDatasetsDraw',
            },
          },
        },
      },
    },
  };
}

/** Where there is room for some alone: what is red, then what is surely different, then what changed most; in the order they had. */
function mostChanged(rows: readonly Compared[]): Compared[] {
  const rankOf = ({ red, label }: Compared) => (red ? 0 : label === 'slower' || label === 'faster' ? 1 : 2);
  const sizeOf = ({ ratio }: Compared) => Math.abs(Math.log(ratio.value));
  const sorted = [...rows].sort((a, b) => rankOf(a) - rankOf(b) || sizeOf(b) - sizeOf(a));
  const kept = new Set(sorted.slice(0, mostRows));
  return rows.filter((row) => kept.has(row));
}

function nameOf(row: Compared | undefined): string {
  return row === undefined ? '' : `${row.strategy}, ${row.account ?? ''}`;
}

/** Round steps on both sides of 1: finer where the range is narrow. */
function ticksIn(min: number, max: number): number[] {
  const wide = [0.1, 0.2, 0.5, 0.7, 1, 1.4, 2, 3, 5, 10];
  const narrow = [0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.3];
  return (max / min > 2 ? wide : narrow).filter((value) => value >= min && value <= max);
}

/** "base main, head working tree". */
export function sidesText({ base, head }: Comparison): string {
  return `base ${base.name}, head ${head.name}`;
}
