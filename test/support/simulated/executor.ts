import type { Executor } from '../../../src/measure/measure.js';
import type { CellOrder } from '../../../src/measure/order.js';
import type { Outcome } from '../../../src/results/format.js';
import { measuredOutcome } from '../synthetic/outcome.js';
import type { Shape, StrategyModel } from '../synthetic.js';
import type { SimulatedClock } from './clock.js';
import { type Disturbance, processLuck } from './disturbance.js';

export interface SimulatedExecutorRequest {
  readonly models: readonly StrategyModel[];
  readonly disturbance: Disturbance;
  readonly clock: SimulatedClock;
  readonly seed: number;
}

/** Starting a process, making its data, leaving it. */
const processMs = 120;

/**
 * Measures nothing: answers what a process would have measured whose phase times are the model's, disturbed as asked,
 * and lets the simulated time pass that it would have taken. The same parameters as the real executor, so that the
 * whole pipeline runs on it unchanged.
 */
export function simulatedExecutor(request: SimulatedExecutorRequest): Executor {
  const { disturbance, clock, seed } = request;
  const models = new Map(request.models.map((model) => [model.label, model]));
  const rounds = new Map<string, number>();
  return {
    run: async (order, signal): Promise<Outcome> => {
      const model = models.get(order.label);
      if (model === undefined) return { status: 'crashed', message: `there is no model of ${order.label}` };
      const round = order.round ?? rounds.get(order.cell) ?? 0;
      rounds.set(order.cell, round + 1);
      const nowMs = clock.nowMs();
      const { luck, random } = processLuck(disturbance, {
        seed,
        cell: order.cell,
        round,
        nowMs,
        strategy: order.label,
      });
      // What was recorded of a series is its median: the noise of its samples is in it.
      const sigma = disturbance.recorded === undefined ? (disturbance.sample ?? 0) : 0;
      const full = measuredOutcome({ model, shape: shapeOf(order) }, luck, sigma, random);
      // Whole milliseconds: sums and differences of them are exact, so that a resumed run meets the very same times.
      clock.advance(Math.ceil(lifeMs(full, order)));
      if (signal.aborted) return { status: 'skipped', message: 'the run was interrupted' };
      if (order.only === 'resident') {
        const { oneShot: _, warm: __, ...resident } = full;
        return resident;
      }
      const overMs = full.oneShot.totalNs / 1e6;
      if (overMs <= order.limitMs) return full;
      const message = `its first session did not finish within the cell's ${order.limitMs / 1_000} s`;
      return { status: 'limit', limit: 'time', message, boundNs: order.limitMs * 1e6 };
    },
  };
}

function shapeOf({ data, workers, kernel }: CellOrder): Shape {
  if (data.kind === 'file') throw new Error('a simulated cell has no file to read');
  const { keys, length, skew, values } = data.spec;
  const point = { ...kernel.options, keys, length, skew, values, workers };
  return { point, keys, length, elements: keys * length, workers };
}

/** How long the process would have lived: its first session, and each series for its time or its least samples. */
function lifeMs(outcome: ReturnType<typeof measuredOutcome>, { sampling, limitMs, only }: CellOrder): number {
  const { oneShot, warm, resident } = outcome;
  const series = (samplesNs: readonly number[], timeMs: number) =>
    Math.max(timeMs, samplesNs.reduce((sum, ns) => sum + ns, 0) / 1e6) + sampling.warmupMs;
  const residentMs = resident.status === 'measured' ? series(resident.samplesNs, sampling.residentMs) : 0;
  if (only === 'resident') return Math.min(limitMs, processMs + residentMs + warm.samplesNs[0] / 1e6);
  const steadyMs =
    series(warm.samplesNs, 1.25 * sampling.warmMs) +
    (warm.stages ? series(warm.stages.samplesNs, sampling.stagesMs) : 0) +
    residentMs +
    2 * (warm.samplesNs[0] / 1e6);
  return Math.min(limitMs, processMs + oneShot.totalNs / 1e6 + steadyMs);
}
