import type { Kernel, Options } from '../../src/contract/kernel.js';
import type { Strategy } from '../../src/contract/strategy.js';
import { decidePoints } from '../../src/measure/inspect/plugin-answers.js';
import type { PlanRequest } from '../../src/measure/plan.js';
import type { LoadedKernelEntry } from '../../src/plugins/kernel.js';
import type { LoadedStrategy } from '../../src/plugins/strategy.js';
import type { HostRecord } from '../../src/results/format.js';

/** A machine for tests. */
export const madeUpHost: HostRecord = {
  fingerprint: 'made up',
  cpu: 'made-up processor',
  cores: 2,
  usableCores: 2,
  memoryBytes: 4 * 2 ** 30,
  os: 'none',
  arch: 'none',
  node: '20.20.0',
  v8: '11',
  clockStepNs: 40,
};

/** Loaded plug-ins, which are asked here and now. */
interface MadeUp extends Partial<Omit<PlanRequest, 'kernel' | 'strategies' | 'decide'>> {
  readonly kernel?: LoadedKernelEntry & { readonly options: Options };
  readonly strategies?: readonly LoadedStrategy[];
}

/** What tests plan with: two strategies and one sweep of two points. */
export function madeUpRequest(given: MadeUp = {}): PlanRequest {
  const kernel: Kernel = { kind: 'map', list: () => {}, work: () => ({ flops: 0, bytes: 0 }) };
  const plugin = {
    title: 'made-up kernel',
    options: { steps: 1 },
    split: 'never',
    agree: 'exact',
    make: () => kernel,
  } as const;
  const strategies = given.strategies ?? [madeUpStrategy('one'), madeUpStrategy('two')];
  const loaded = { id: 'kernel', module: 'file:///kernel.js', options: { steps: 1 }, plugin };
  const asked = given.kernel ?? loaded;
  const host = { usableCores: madeUpHost.usableCores, nodeVersion: madeUpHost.node };
  return {
    run: 'run',
    createdAt: '2026-01-01T00:00:00.000Z',
    tool: '0.0.0',
    command: ['bench'],
    scenario: {
      id: 'made-up',
      title: 'Made up',
      question: 'Which?',
      from: 'lists',
      sweeps: [{ keys: [4, 8], length: [10] }],
      claims: [],
    },
    decide: async (points) => decidePoints({ kernel: asked, strategies, host }, points),
    host: madeUpHost,
    rounds: 4,
    seed: 1,
    quick: true,
    workers: 2,
    limitMs: 1_000,
    margin: 0.05,
    ...given,
    kernel: asked,
    strategies,
  };
}

export function madeUpStrategy(id: string, given: Partial<Strategy> = {}): LoadedStrategy {
  const open = () => {
    throw new Error('a made-up strategy is never opened');
  };
  const strategy: Strategy = { title: id, family: 'serial', open, ...given };
  return { id, label: id, module: `file:///${id}.js`, options: {}, strategy };
}
