import type { AccountAnalysis, Analysis, Slice } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import type { Account, Point } from '../../contract/scenario.js';
import type { Chart } from '../../document/chart.js';
import { bandwidthPlots, speedUpChart, timeChart } from './lines.js';
import { winnerMap } from './map.js';
import { type ComposedCharts, composeAll, type Recipe } from './recipe.js';
import { accountCharts, categoryCharts, priceCharts } from './rows.js';
import { cutsOf, isNumeric } from './slices.js';
import { timelineChart } from './timeline.js';

/** What a chart is about: it decides where in the verdict it stands. */
export type ChartKind = 'time' | 'speed-up' | 'timeline' | 'map' | 'prices' | 'bandwidth';

/** One chart of a report. */
export interface ReportChart {
  /** File name with extension; the same for the same question in every run. */
  readonly name: string;
  readonly kind: ChartKind;
  readonly account?: Account;
  /** What the picture shows, for those who cannot see it. */
  readonly description: string;
  /** The part of the points that it is about, where there is a picture for each. */
  readonly at?: Point;
  readonly chart: Chart;
}

/** Composes all charts of an analysis, in the order of the verdict. Never throws: odd figures cost the chart that they are on. */
export function composeCharts(analysis: Analysis): ComposedCharts<ReportChart> {
  const { charts, ...rest } = composeAll(recipesOf(analysis));
  const chosen = new Set([...charts].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, mostCharts));
  return { ...rest, charts: charts.filter((chart) => chosen.has(chart)) };
}

/** More pictures than these nobody looks at. */
const mostCharts = 8;

/** What explains most stays: the call itself and maps, then a server, then the same data, then a script. */
function placeOf({ kind, account }: ReportChart): number {
  if (kind !== 'time' && kind !== 'speed-up') return 0;
  const situation = account === undefined ? 0 : ['warm', 'resident', 'one-shot'].indexOf(account);
  return 1 + 2 * situation + (kind === 'time' ? 0 : 1);
}

function recipesOf(analysis: Analysis): Recipe<ReportChart>[] {
  const prices = [
    recipe({ name: 'prices-number', kind: 'prices' }, 'What each part costs per number', () =>
      priceCharts(analysis, 'number'),
    ),
    recipe({ name: 'prices-event', kind: 'prices' }, 'What each event costs', () =>
      priceCharts(analysis, 'event'),
    ),
  ];
  if (analysis.prices?.alone) return prices;
  const { lines, planes } = cutsOf(analysis);
  return [
    ...analysis.accounts.flatMap((account) => [
      ...lines.flatMap((line) => lineRecipes(analysis, account, line)),
      ...planes.map((plane) =>
        recipe(
          { name: `map-${account.account}`, kind: 'map', account: account.account },
          `Who wins over ${axisTitle(plane.x)} and ${axisTitle(plane.y)}, account ${account.account}`,
          () => winnerMap(analysis, account, plane),
        ),
      ),
    ]),
    ...(lines.length > 0
      ? []
      : [
          recipe({ name: 'time-accounts', kind: 'time' }, 'Time per run, by account', () =>
            accountCharts(analysis),
          ),
        ]),
    ...analysis.calls.map((at) =>
      recipe(
        { name: at.place === 'largest' ? 'timeline' : 'timeline-border', kind: 'timeline', account: 'warm' },
        `Who does what, and when, in one call with fresh data ${at.place === 'largest' ? 'at the largest size' : 'next to the border'}`,
        () => timelineChart(analysis, at),
      ),
    ),
    ...prices,
    bandwidthRecipe(analysis),
  ];
}

function lineRecipes(analysis: Analysis, account: AccountAnalysis, line: Slice): Recipe<ReportChart>[] {
  const about = `against ${axisTitle(line.axis)}, account ${account.account}`;
  const of = { account: account.account };
  const time = { ...of, name: `time-${account.account}-${line.axis}`, kind: 'time' } as const;
  if (!isNumeric(line))
    return [recipe(time, `Time per run ${about}`, () => categoryCharts(analysis, account, line))];
  const speedUp = { ...of, name: `speed-up-${account.account}-${line.axis}`, kind: 'speed-up' } as const;
  return [
    recipe(time, `Time per run ${about}`, () => timeChart(analysis, account, line)),
    recipe(speedUp, `Speed-up over the best single thread ${about}`, () =>
      speedUpChart(analysis, account, line),
    ),
  ];
}

/** One chart for each combination of the axes that are no sizes, where the scenario asks for the section. */
function bandwidthRecipe(analysis: Analysis): Recipe<ReportChart> {
  const what = { name: 'bandwidth', kind: 'bandwidth', description: 'Bytes per second by size' } as const;
  return {
    name: what.name,
    make: () =>
      analysis.header.scenario.bandwidth
        ? bandwidthPlots(analysis).map((plot) => ({ ...what, ...plot }))
        : [],
  };
}

function recipe(
  what: Pick<ReportChart, 'name' | 'kind' | 'account'>,
  description: string,
  compose: () => Chart | readonly Chart[] | undefined,
): Recipe<ReportChart> {
  return {
    name: what.name,
    make: () => [compose() ?? []].flat().map((chart) => ({ ...what, description, chart })),
  };
}
