import { singleThreadFamilies } from '../../../src/contract/strategy.js';
import type { CellHeader, MeasuredInFull, Series, StageSeries } from '../../../src/results/format.js';
import type { Random } from '../../../src/results/random.js';
import type { Luck, Timed } from './luck.js';
import type { Shape, StrategyModel } from './model.js';

/** One strategy at one point. */
export interface SyntheticCell {
  readonly header: CellHeader;
  readonly model: StrategyModel;
  readonly shape: Shape;
}

const baseBytes = 45e6;

export function estimatedBytes(shape: Shape): number {
  return baseBytes + 4 * 8 * shape.elements;
}

/** One record: the model's times and the luck of a process. `sigma`: of single samples, on the log scale. */
export function measuredOutcome(
  cell: Pick<SyntheticCell, 'model' | 'shape'>,
  luck: Luck,
  sigma: number,
  random: Random,
): MeasuredInFull {
  const { model, shape } = cell;
  const factor = (of: Timed) => Math.exp(luck.time(of));
  const sampled = (meanNs: number) => samples(meanNs, sigma, random);
  const place = model.place?.(shape);
  const collect = model.collect?.(shape);
  const compute = model.compute(shape);
  const staged = place !== undefined && collect !== undefined;
  const warmNs = model.run?.(shape) ?? (place ?? 0) + compute + (collect ?? 0);
  const parallel = !singleThreadFamilies.includes(model.family);
  const cpuOf = (ns: number, of: Timed) =>
    (parallel ? ns * (1 + 0.3 * shape.workers) : ns) * Math.exp(luck.cpu(of));

  const cold = factor('one-shot');
  const phases = {
    importNs: (model.importNs ?? 3e6) * cold,
    openNs: (model.openNs ?? 0) * cold,
    runNs: warmNs * (model.cold ?? 1) * cold,
    closeNs: (model.closeNs ?? 0) * cold,
  };
  const totalNs = phases.importNs + phases.openNs + phases.runNs + phases.closeNs;
  const warm = sampled(warmNs * factor('warm'));
  const stages = staged ? stageSeries({ place, compute, collect }, factor('stages'), sampled) : undefined;
  const residentNs = model.resident === 'none' ? undefined : (model.resident ?? model.compute)(shape);
  const residentFactor = factor('resident');
  const trace = model.trace?.(shape);
  const busyNs = parallel ? compute * (warm[0] / warmNs) : undefined;
  return {
    status: 'measured',
    oneShot: { totalNs, phases, cpuNs: cpuOf(totalNs, 'one-shot') },
    warm: {
      ...series(warm, cpuOf(warmNs, 'warm')),
      ...(warmNs >= 1e6 ? { naturalNs: warm[0] * 1.15 } : {}),
      stallNs: parallel ? warm[0] * 0.6 : warm[0],
      ...(busyNs === undefined ? {} : { busyNs }),
      ...(stages === undefined ? {} : { stages }),
      ...(trace === undefined ? {} : { trace }),
    },
    resident:
      staged && residentNs !== undefined
        ? {
            status: 'measured',
            streamed: false,
            ...series(sampled(residentNs * residentFactor), residentNs * Math.exp(luck.cpu('resident'))),
          }
        : { status: 'not applicable', reason: 'the data lives in this thread; every run sends it' },
    peakBytes: Math.round(estimatedBytes(shape) * 0.9 * Math.exp(luck.peak)),
    baseBytes,
    elements: 'doubles',
  };
}

function samples(meanNs: number, sigma: number, random: Random): number[] {
  const count = meanNs < 10e6 ? 10 : meanNs < 250e6 ? 5 : meanNs < 1e9 ? 2 : 1;
  return Array.from({ length: count }, () => meanNs * (sigma === 0 ? 1 : Math.exp(sigma * random.normal())));
}

function series(samplesNs: readonly number[], cpuNs: number): Series {
  const passes = samplesNs[0] >= 100e3 ? 1 : Math.ceil(100e3 / samplesNs[0]);
  return { samplesNs, passes, warmupCalls: 16, cpuNs, gcNs: samplesNs[0] * 0.01 };
}

function stageSeries(
  costs: { place: number; compute: number; collect: number },
  factor: number,
  sampled: (meanNs: number) => number[],
): StageSeries {
  const totals = sampled((costs.place + costs.compute + costs.collect) * factor);
  const share = (cost: number) =>
    totals.map((ns) => (ns * cost) / (costs.place + costs.compute + costs.collect));
  return {
    ...series(totals, totals[0]),
    phasesNs: {
      place: share(costs.place),
      compute: share(costs.compute),
      collect: share(costs.collect),
      release: totals.map(() => 0),
    },
  };
}
