import type { AccountAnalysis, Analysis, Slice } from '../../analysis/types.js';
import type { Account, Point } from '../../contract/scenario.js';
import { axisTitle } from '../axes.js';
import { cutsOf, isNumeric } from '../slices.js';
import { bandwidthPlots } from './bandwidth-chart.js';
import { accountsChart, categoryChart } from './bar-chart.js';
import { describeFailure, type FailedChart } from './draw-charts.js';
import { pathChart } from './path-chart.js';
import { phasesChart } from './phases-chart.js';
import type { Picture } from './picture.js';
import { pricePictures } from './price-chart.js';
import { speedUpChart } from './speed-up-chart.js';
import { timeChart } from './time-chart.js';
import { winnerMap } from './winner-map.js';

/** What a chart is about: it decides where in the verdict it stands. */
export type ChartKind = 'time' | 'speed-up' | 'phases' | 'path' | 'map' | 'prices' | 'bandwidth';

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
  readonly picture: Picture;
}

/** The charts of an analysis, and those that it leads to and that cannot be composed. */
export interface ComposedCharts {
  /** In the order of the verdict. */
  readonly charts: readonly ReportChart[];
  readonly failed: readonly FailedChart[];
}

/** What may make some charts. Each is made by itself, so that one that fails costs itself. */
interface Recipe {
  /** File name without extension, should it fail. */
  readonly name: string;
  readonly make: () => readonly (ReportChart | undefined)[];
}

/** Composes all charts of an analysis. Never throws: odd figures cost the chart that they are on. */
export function composeCharts(analysis: Analysis): ComposedCharts {
  const failed: FailedChart[] = [];
  const composed = recipesOf(analysis).flatMap(({ name, make }) => {
    try {
      return make().filter((one) => one !== undefined);
    } catch (cause) {
      failed.push({ name: `${fileName(name)}.png`, reason: describeFailure(cause) });
      return [];
    }
  });
  return { charts: named(composed), failed };
}

function recipesOf(analysis: Analysis): Recipe[] {
  const prices = (['number', 'event'] as const).map((per) => ({
    name: `prices-${per}`,
    make: () => priceCharts(analysis, per),
  }));
  if (analysis.prices?.alone) return prices;
  const { lines, planes } = cutsOf(analysis);
  const recipes: Recipe[] = analysis.accounts.flatMap((account) => [
    ...lines.flatMap((line) => lineRecipes(analysis, account, line)),
    ...planes.map((plane) =>
      recipe(
        { name: `map-${account.account}`, kind: 'map', account: account.account },
        `Who wins over ${axisTitle(plane.x)} and ${axisTitle(plane.y)}, account ${account.account}`,
        () => winnerMap(analysis, account, plane),
      ),
    ),
  ]);
  if (lines.length === 0) {
    recipes.push(
      recipe({ name: 'time-accounts', kind: 'time' }, 'Time per run, by account', () =>
        accountsChart(analysis),
      ),
    );
  }
  for (const account of ['one-shot', 'warm'] as const) {
    const description = `Where the time goes at the largest point, account ${account}`;
    recipes.push(
      recipe({ name: `phases-${account}`, kind: 'phases', account }, description, () =>
        phasesChart(analysis, account),
      ),
    );
  }
  const path = 'Where the time of a warm call to workers goes at the largest point, along its critical path';
  recipes.push(recipe({ name: 'path-warm', kind: 'path', account: 'warm' }, path, () => pathChart(analysis)));
  return [...recipes, ...prices, { name: 'bandwidth', make: () => bandwidthCharts(analysis) }];
}

function priceCharts(analysis: Analysis, per: 'number' | 'event'): ReportChart[] {
  const about = { number: 'What each part costs per number', event: 'What each event costs' } as const;
  return pricePictures(analysis, per).map((picture) => ({
    name: `prices-${per}`,
    kind: 'prices' as const,
    description: about[per],
    picture,
  }));
}

/** One per combination of the axes that are no sizes, where the scenario asks for the section. */
function bandwidthCharts(analysis: Analysis): ReportChart[] {
  if (!analysis.header.scenario.bandwidth) return [];
  return bandwidthPlots(analysis).map((plot) => ({
    name: 'bandwidth',
    kind: 'bandwidth',
    description: 'Bytes per second by size',
    ...plot,
  }));
}

function lineRecipes(analysis: Analysis, account: AccountAnalysis, line: Slice): Recipe[] {
  const about = `against ${axisTitle(line.axis)}, account ${account.account}`;
  const time = {
    name: `time-${account.account}-${line.axis}`,
    kind: 'time',
    account: account.account,
  } as const;
  if (!isNumeric(line))
    return [recipe(time, `Time per run ${about}`, () => categoryChart(analysis, account, line))];
  const speedUp = {
    name: `speed-up-${account.account}-${line.axis}`,
    kind: 'speed-up',
    account: account.account,
  } as const;
  return [
    recipe(time, `Time per run ${about}`, () => timeChart(analysis, account, line)),
    recipe(speedUp, `Speed-up over the best single thread ${about}`, () =>
      speedUpChart(analysis, account, line),
    ),
  ];
}

function recipe(
  what: Pick<ReportChart, 'name' | 'kind' | 'account'>,
  description: string,
  compose: () => Picture | undefined,
): Recipe {
  return {
    name: what.name,
    make: () => {
      const picture = compose();
      return picture === undefined ? [] : [{ ...what, description, picture }];
    },
  };
}

/** File names: a second chart of one name is numbered from 2. */
function named(charts: readonly ReportChart[]): ReportChart[] {
  const seen = new Map<string, number>();
  return charts.map((one) => {
    const name = fileName(one.name);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...one, name: times === 1 ? `${name}.png` : `${name}-${times}.png` };
  });
}

/** A user's axis may hold what a file name must not, and be longer than one may be. */
function fileName(name: string): string {
  return name.replace(/[^\w-]+/g, '-').slice(0, 120);
}
