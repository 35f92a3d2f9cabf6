import { makePlan, type Plan } from '../../../src/measure/plan.js';
import type { StrategyEntry } from '../../../src/plugins/find.js';
import type { HostRecord } from '../../../src/results/format.js';
import type { StrategyModel, SyntheticRun } from '../synthetic.js';

/** The machine that simulated runs are said to come from. */
const simulatedHost: HostRecord = {
  fingerprint: 'simulated',
  cpu: 'simulated processor',
  cores: 2,
  usableCores: 2,
  memoryBytes: 8 * 2 ** 30,
  os: 'none',
  arch: 'none',
  node: '20.20.0',
  v8: '11.3',
  clockStepNs: 40,
};

/** A real plan, made by the same code as any other, whose strategies are models and are never opened. */
export function simulatedPlan(run: SyntheticRun & { readonly limitMs?: number }): Promise<Plan> {
  const supports = run.strategies.map(() => true as const);
  const decision = {
    kind: run.kind === 'wait' ? 'wait' : 'map',
    work: { flops: 0, bytes: 0 },
    supports,
  } as const;
  return makePlan({
    run: 'simulated',
    createdAt: '2026-01-01T00:00:00.000Z',
    tool: '0.0.0',
    command: ['bench', '--scenario', run.scenario?.id ?? 'simulated'],
    scenario: {
      id: run.scenario?.id ?? 'simulated',
      title: run.scenario?.title ?? 'Simulated',
      question: run.scenario?.question ?? 'Does the analysis find what the model says?',
      from: 'lists',
      sweeps: run.sweeps,
      claims: run.claims ?? [],
    },
    kernel: {
      id: 'simulated',
      module: 'file:///simulated.js',
      options: { cost: 1 },
      plugin: { title: 'simulated work', options: { cost: 1 }, agree: 'exact' },
    },
    decide: async (points) => points.map(() => ({ ...decision, supports: [...supports] })),
    strategies: run.strategies.map(entryOf),
    host: { ...simulatedHost, ...run.host },
    rounds: run.rounds ?? 8,
    seed: run.seed ?? 1,
    quick: run.quick ?? false,
    workers: run.workers ?? 2,
    limitMs: run.limitMs ?? 60_000,
    margin: run.margin ?? 0.05,
    ...(run.budgetMs === undefined ? {} : { budgetMs: run.budgetMs }),
    ...(run.until === undefined ? {} : { until: run.until }),
  });
}

function entryOf({ label, title = label, family }: StrategyModel): StrategyEntry {
  const id = label.replace(/\[.*/, '');
  return { id, label, module: `file:///${id}.js`, options: {}, strategy: { title, family } };
}
