import { analyse } from '../../src/analysis/analyse.js';
import type { Analysis } from '../../src/analysis/types.js';
import type { Document } from '../../src/document/document.js';
import { composeCharts } from '../../src/documents/charts/charts.js';
import { verdictDocument } from '../../src/documents/verdict/verdict.js';
import { modelsOf } from '../../src/model/profile.js';
import { scalingOf } from '../../src/model/scaling/scaling.js';
import type { Results } from '../../src/results/format.js';

/** What every test of a run's documents asks of it, worked out once. */
export interface Examined {
  readonly results: Results;
  readonly analysis: Analysis;
  readonly models: ReturnType<typeof modelsOf>;
}

const examined = new WeakMap<Results, Examined>();
const documents = new WeakMap<Results, Document>();

/** A run with its analysis and formulas. Equal runs are one only where they are the same object. */
export function examine(results: Results): Examined {
  const made = examined.get(results) ?? {
    results,
    analysis: analyse(results, { draws: 300 }),
    models: modelsOf(results),
  };
  examined.set(results, made);
  return made;
}

/** The verdict of a run, with a memory bandwidth from another and all of its charts. */
export function documentOf(results: Results): Document {
  const made = documents.get(results) ?? makeDocument(examine(results));
  documents.set(results, made);
  return made;
}

function makeDocument({ results, analysis, models }: Examined): Document {
  const bandwidth = { bytesPerNs: 20, run: 'another' };
  const scaling = scalingOf(results, models, { bandwidth });
  return verdictDocument(analysis, { charts: composeCharts(analysis).charts, models, scaling });
}
