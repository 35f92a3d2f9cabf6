import { type Traced, tracedOf } from '../analysis/path/ladder.js';
import type { Analysis } from '../analysis/types.js';
import { headlinePoint, parallelLabels } from './headline.js';

/** The calls to workers that were traced at the largest point, warm, fastest strategy first. */
export function tracedPools(analysis: Analysis): Traced[] {
  const parallel = parallelLabels(analysis);
  return tracedOf(headlinePoint(analysis, 'warm')?.cells ?? [])
    .filter(({ cell }) => parallel.includes(cell.strategy))
    .sort((a, b) => a.time.value - b.time.value);
}
