import { mean } from '../analysis/round-logs.js';
import type { DrawnSeries, HistoryReport } from '../compare/history/history.js';
import type { LinesChart, Mark, Series } from '../document/chart.js';
import { formatPercent, formatRatio } from '../document/units.js';
import { plainText, pointText } from '../document/words.js';
import type { Recipe } from './charts/recipe.js';

const colours = { times: '#0072B2', changes: '#A01040', levels: '#1A1A1A' };

/** A picture of each series that a history holds for it: its commits, the level between two changes, and the changes. */
export function historyRecipes({ drawn }: HistoryReport): Recipe[] {
  return drawn.map((series, index) => {
    const name = `history-${index + 1}`;
    const description = `Time per call of ${series.strategy} over the commits, ${series.account}, ${plainText(pointText(series.point))}`;
    return { name, make: () => [{ name, description, chart: historyChart(series) }] };
  });
}

function historyChart({ scenario, strategy, account, point, points, changes }: DrawnSeries): LinesChart {
  const times = points.map(({ ns }, x) => ({ x, value: ns }));
  const borders = [0, ...changes.map(({ at }) => at), points.length];
  const levels = borders.slice(1).map((to, i): Series => {
    const from = borders[i];
    const value = Math.exp(mean(times.slice(from, to).map((time) => Math.log(time.value))));
    return {
      name: 'level',
      unnamed: true,
      style: { colour: colours.levels, marker: 'plus', dash: [], hollow: false, width: 3 },
      points: [from, to - 1].map((x) => ({ x, value })),
      bounds: [],
    };
  });
  return {
    kind: 'lines',
    title: `${scenario}: ${strategy} over the commits`,
    subtitle: [`${account} · ${plainText(pointText(point))}`],
    caption:
      'Each dot is a commit, in the order of their dates; lower is faster. Black: mean between two changes. Upright: where it changed, and by how much.',
    x: {
      title: 'commit, oldest first',
      unit: 'count',
      scale: 'linear',
      names: points.map(({ commit }) => commit.slice(0, 7)),
    },
    y: { title: 'time per call', unit: 'ns', scale: 'factors' },
    series: [
      {
        name: strategy,
        style: { colour: colours.times, marker: 'circle', dash: [2, 6], hollow: false, width: 1 },
        points: times,
        bounds: [],
      },
      ...levels,
    ],
    // Between the last commit before it and the first behind it.
    marks: changes.map(
      ({ at, ratio }): Mark => ({
        axis: 'x',
        at: at - 0.5,
        shaded: { low: at - 1, high: at },
        colour: colours.changes,
        text: `${points[at].commit.slice(0, 7)}: ${changeText(ratio)}`,
      }),
    ),
  };
}

function changeText(ratio: number): string {
  if (ratio >= 2 || ratio <= 0.5) return formatRatio(ratio);
  return `${ratio > 1 ? '+' : '−'}${formatPercent(Math.abs(ratio - 1))}`;
}
