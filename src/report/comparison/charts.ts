import { grouped } from '../../analysis/grouped.js';
import type { Compared, Comparison, ScenarioInfo } from '../../compare/types.js';
import type { Account } from '../../contract/scenario.js';
import { axisTitle, formatAxisValue, formatPoint, varyingAxes } from '../axes.js';
import { describeFailure, type FailedChart } from '../charts/draw-charts.js';
import { endLabelsPlugin, endLabelsWidth } from '../charts/end-labels.js';
import { type Frame, framePlugin, padding } from '../charts/frame.js';
import { endLabels, type Line, lineDatasets, valuesOf } from '../charts/lines.js';
import type { Picture } from '../charts/picture.js';
import { rangeOf, sizeScale, valueScale, widened } from '../charts/scale.js';
import { styleOf } from '../strategy-style.js';
import { formatNs } from '../units.js';
import { changeChart, sidesText } from './change-chart.js';
import { historyCharts } from './history-chart.js';

export interface ComparisonChart {
  /** File name with extension. */
  readonly name: string;
  readonly description: string;
  readonly picture: Picture;
}

/**
 * The change of every strategy at a glance, and times before and after along each axis, account by account. Never
 * throws: odd figures cost the chart that they are on.
 */
export function comparisonCharts(comparison: Comparison): {
  readonly charts: readonly ComparisonChart[];
  readonly failed: readonly FailedChart[];
} {
  const failed: FailedChart[] = [];
  const tried = (name: string, make: () => ComparisonChart[]): ComparisonChart[] => {
    try {
      return make();
    } catch (cause) {
      failed.push({ name: `${safe(name)}.png`, reason: describeFailure(cause) });
      return [];
    }
  };
  const charts = comparison.scenarios.flatMap((scenario) => {
    const rows = comparison.rows.filter((row) => row.scenario === scenario.id);
    const times = grouped(
      rows.filter(({ quantity, point }) => quantity === 'time' && point !== undefined),
      ({ account }) => account ?? 'warm',
    );
    return [
      ...tried(`change-${scenario.id}`, () => changeCharts(comparison, scenario, rows)),
      ...[...times].flatMap(([account, cells]) =>
        tried(`before-after-${scenario.id}-${account}`, () =>
          beforeAfter(comparison, scenario, account, cells),
        ),
      ),
    ];
  });
  const { history } = comparison;
  const past = history === undefined ? [] : tried('history', () => historyCharts(history));
  return { charts: [...charts, ...past], failed };
}

function changeCharts(
  comparison: Comparison,
  scenario: ScenarioInfo,
  rows: readonly Compared[],
): ComparisonChart[] {
  const picture = changeChart(comparison, scenario, rows);
  if (picture === undefined) return [];
  const description = `Change of each strategy, ${scenario.title}`;
  return [{ name: `change-${safe(scenario.id)}.png`, description, picture }];
}

/** One chart per numeric axis on which the cells differ; other axes are held at their most frequent point. */
function beforeAfter(
  comparison: Comparison,
  scenario: ScenarioInfo,
  account: Account,
  cells: readonly Compared[],
): ComparisonChart[] {
  const points = cells.flatMap(({ point }) => (point === undefined ? [] : [point]));
  return varyingAxes(points).flatMap((axis) => {
    if (!points.every((point) => typeof point[axis] === 'number')) return [];
    const lines = grouped(cells, ({ point }) => JSON.stringify({ ...point, [axis]: null }));
    const [longest] = [...lines.values()].sort((a, b) => b.length - a.length);
    const xs = [...new Set(longest.map(({ point }) => Number(point?.[axis])))].sort((a, b) => a - b);
    if (xs.length < 2) return [];
    const { [axis]: _, ...fixed } = longest[0].point ?? {};
    const held = Object.keys(fixed).length === 0 ? '' : ` · ${formatPoint(fixed)}`;
    const picture = timesPicture(comparison, scenario, `${account}${held}`, axis, xs, longest);
    const description = `Time per run before and after against ${axisTitle(axis)}, account ${account}`;
    return [
      { name: safe(`before-after-${scenario.id}-${account}-${axis}`).concat('.png'), description, picture },
    ];
  });
}

function timesPicture(
  comparison: Comparison,
  scenario: ScenarioInfo,
  what: string,
  axis: string,
  xs: readonly number[],
  cells: readonly Compared[],
): Picture {
  const side = (which: 'base' | 'head'): Line[] =>
    scenario.strategies.flatMap(({ label }) => {
      const own = cells.filter(({ strategy }) => strategy === label);
      const points = own
        .map((cell) => ({ x: Number(cell.point?.[axis]), estimate: cell[which] }))
        .sort((a, b) => a.x - b.x);
      const style = styleOf(label, scenario.strategies);
      const old = { ...style, dash: [4, 6], hollow: true, width: 2 };
      return points.length === 0
        ? []
        : [{ label, style: which === 'base' ? old : style, points, bounds: [], beside: false }];
    });
  const head = side('head');
  const lines = [...head, ...side('base')];
  const frame: Frame = {
    title: `${scenario.title}: before and after`,
    subtitle: [sidesText(comparison), what],
    caption: 'Solid: head. Dotted, with outlines: base. Lower is faster. Band: 95 % interval.',
  };
  return {
    type: 'line',
    data: { datasets: lineDatasets(lines) },
    plugins: [framePlugin(frame), endLabelsPlugin(endLabels(lines).slice(0, head.length))],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, endLabelsWidth) },
      scales: {
        x: sizeScale(xs, axisTitle(axis), (value) => formatAxisValue(axis, value)),
        y: valueScale(widened(rangeOf(valuesOf(lines)), 0.04, 0.05), 'time per run', formatNs),
      },
      plugins: { legend: { display: false } },
    },
  };
}

function safe(name: string): string {
  return name.replace(/[^\w-]+/g, '-').slice(0, 120);
}
