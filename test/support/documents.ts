import { analyse } from '../../src/analysis/analyse.js';
import type { Document } from '../../src/document/document.js';
import { composeCharts } from '../../src/documents/charts/charts.js';
import { verdictDocument } from '../../src/documents/verdict/verdict.js';
import { modelsOf } from '../../src/model/profile.js';
import { scalingOf } from '../../src/model/scaling/scaling.js';
import type { Results } from '../../src/results/format.js';

/** The verdict of a run, with a memory bandwidth from another and all of its charts. */
export function documentOf(results: Results): Document {
  const analysis = analyse(results, { draws: 300 });
  const models = modelsOf(results);
  const bandwidth = { bytesPerNs: 20, run: 'another' };
  const scaling = scalingOf(results, models, { bandwidth });
  return verdictDocument(analysis, { charts: composeCharts(analysis).charts, models, scaling });
}
