import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison, ScenarioInfo } from '../../compare/types.js';
import { axisTitle, pointKey } from '../../contract/axes.js';
import type { Account } from '../../contract/scenario.js';
import type { DotsChart, LinesChart, Series } from '../../document/chart.js';
import { formatPercent } from '../../document/units.js';
import { factorAxis, fixedPart, ranged, sweptAxis } from '../charts/frame.js';
import { type ComposedCharts, composeAll, type Recipe } from '../charts/recipe.js';
import { styleOf } from '../charts/style.js';
import { historyRecipes } from '../history-charts.js';
import { varyingAxes } from '../points.js';

/** More rows than this are too thin to read. Nine strategies have three accounts each. */
const mostRows = 30;

/**
 * The change of every strategy at a glance, and times before and after along each axis, account by account. Never
 * throws: odd figures cost the chart that they are on.
 */
export function comparisonCharts(comparison: Comparison): ComposedCharts {
  const { history } = comparison;
  return composeAll([
    ...comparison.scenarios.flatMap((scenario): Recipe[] => {
      const rows = comparison.rows.filter((row) => row.scenario === scenario.id);
      const times = grouped(
        rows.filter(({ quantity, point }) => quantity === 'time' && point !== undefined),
        ({ account }) => account ?? 'warm',
      );
      const change = `change-${scenario.id}`;
      return [
        {
          name: change,
          make: () =>
            [changeChart(comparison, scenario, rows) ?? []].flat().map((chart) => ({
              name: change,
              description: `Change of each strategy, ${scenario.title}`,
              chart,
            })),
        },
        ...[...times].map(([account, cells]) => ({
          name: `before-after-${scenario.id}-${account}`,
          make: () =>
            beforeAfter(comparison, scenario, account, cells).map(({ axis, chart }) => ({
              name: `before-after-${scenario.id}-${account}-${axis}`,
              description: `Time per run before and after against ${axisTitle(axis)}, account ${account}`,
              chart,
            })),
        })),
      ];
    }),
    ...(history === undefined ? [] : historyRecipes(history)),
  ]);
}

/** One row per strategy and account: head over base with its interval, and the limits. Undefined without intervals. */
export function changeChart(
  comparison: Comparison,
  scenario: ScenarioInfo,
  all: readonly Compared[],
): DotsChart | undefined {
  const times = all.filter(({ quantity }) => quantity === 'time' || quantity === 'ratio to for-loop');
  const whole = times.filter(({ point }) => point === undefined);
  const known = (whole.length > 0 ? whole : times).filter(({ ratio }) => ratio.interval !== undefined);
  if (known.length === 0) return undefined;
  const rows = mostChanged(known);
  const left = known.length - rows.length;
  const limits = rows.map(({ limit }) => limit);
  const [least, most] = [Math.min(...limits), Math.max(...limits)];
  return {
    kind: 'dots',
    title: `${scenario.title}: what changed?`,
    subtitle: [sidesText(comparison), 'time on head over time on base, mean over all points'],
    caption: `Right of the shaded band (${formatPercent(least)}) is slower than allowed, and ringed where that is sure; lines are 95 % intervals.${left === 0 ? '' : ` Left out: ${left}, less sure or smaller.`}`,
    value: {
      ...factorAxis('change of the time', 'change'),
      atLeast: { min: 1 / (1 + most), max: 1 + most },
    },
    columns: [
      { name: '', style: { colour: '#1A1A1A', marker: 'circle', dash: [], hollow: false, width: 3 } },
    ],
    rows: rows.map(({ strategy, account, ratio, red }) => ({
      name: `${strategy}, ${account ?? ''}`,
      dots: [
        {
          column: 0,
          ...ranged(ratio),
          colour: styleOf(strategy, scenario.strategies).colour,
          ...(red ? { alarm: true } : {}),
        },
      ],
    })),
    marks: [{ axis: 'x', shaded: { low: 1 / (1 + least), high: 1 + least }, colour: '#555555' }],
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

/** One chart per numeric axis on which the cells differ; other axes are held at their most frequent point. */
function beforeAfter(
  comparison: Comparison,
  scenario: ScenarioInfo,
  account: Account,
  cells: readonly Compared[],
): { readonly axis: string; readonly chart: LinesChart }[] {
  const points = cells.flatMap(({ point }) => (point === undefined ? [] : [point]));
  return varyingAxes(points).flatMap((axis) => {
    if (!points.every((point) => typeof point[axis] === 'number')) return [];
    const lines = grouped(cells, ({ point }) => pointKey({ ...point, [axis]: '' }));
    const [longest] = [...lines.values()].sort((a, b) => b.length - a.length);
    if (new Set(longest.map(({ point }) => point?.[axis])).size < 2) return [];
    const { [axis]: _, ...fixed } = longest[0].point ?? {};
    const held = fixedPart(fixed);
    const chart: LinesChart = {
      kind: 'lines',
      title: `${scenario.title}: before and after`,
      subtitle: [sidesText(comparison), held === '' ? account : `${account} · ${held}`],
      caption: 'Solid: head. Dotted, with outlines: base. Lower is faster. Band: 95 % interval.',
      x: sweptAxis(axis),
      y: factorAxis('time per run', 'ns'),
      series: [
        ...sideSeries('head', scenario, axis, longest),
        ...sideSeries('base', scenario, axis, longest),
      ],
      marks: [],
    };
    return [{ axis, chart }];
  });
}

function sideSeries(
  side: 'base' | 'head',
  { strategies }: ScenarioInfo,
  axis: string,
  cells: readonly Compared[],
): Series[] {
  return strategies.flatMap(({ label }) => {
    const points = cells
      .filter(({ strategy }) => strategy === label)
      .map((cell) => ({ x: Number(cell.point?.[axis]), ...ranged(cell[side]) }))
      .sort((a, b) => a.x - b.x);
    if (points.length === 0) return [];
    const series = { name: label, style: styleOf(label, strategies), points, bounds: [] };
    if (side === 'head') return [series];
    const style = { ...series.style, dash: [4, 6], hollow: true, width: 2 };
    return [{ ...series, style, unnamed: true }];
  });
}

/** "base main, head working tree". */
function sidesText({ base, head }: Comparison): string {
  return `base ${base.name}, head ${head.name}`;
}
