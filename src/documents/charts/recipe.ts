import { describeFailure, type FailedChart, type NamedChart } from '../../document/chart.js';

/* How charts are composed: each by itself, so that one that fails costs itself. */

export interface ComposedCharts<C extends NamedChart = NamedChart> {
  readonly charts: readonly C[];
  readonly failed: readonly FailedChart[];
}

/** What makes charts: none where there is nothing to draw. */
export interface Recipe<C extends NamedChart = NamedChart> {
  /** File name without extension, should it fail. */
  readonly name: string;
  /** Names without extension. */
  readonly make: () => readonly C[];
}

/** Never throws. A second chart of one name is numbered from 2. */
export function composeAll<C extends NamedChart>(recipes: readonly Recipe<C>[]): ComposedCharts<C> {
  const failed: FailedChart[] = [];
  const composed = recipes.flatMap(({ name, make }) => {
    try {
      return make();
    } catch (cause) {
      failed.push({ name: `${fileName(name)}.png`, reason: describeFailure(cause) });
      return [];
    }
  });
  const seen = new Map<string, number>();
  const charts = composed.map((one) => {
    const name = fileName(one.name);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...one, name: times === 1 ? `${name}.png` : `${name}-${times}.png` };
  });
  return { charts, failed };
}

/** A user's axis may hold what a file name must not, and be longer than one may be. */
function fileName(name: string): string {
  return name.replace(/[^\w-]+/g, '-').slice(0, 120);
}
