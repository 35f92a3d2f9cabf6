import { accounts, tableOf } from '../analysis/table.js';
import {
  type AccountProfile,
  type Profile,
  profileFormat,
  profileVersion,
  type Shape,
} from '../choose/choose.js';
import type { Account } from '../contract/scenario.js';
import type { Results, RunHeader } from '../results/format.js';
import { packsLists, traitsOf } from '../results/older-traits.js';
import { deviationsOf } from './held-out.js';
import { type Observation, observe, unknownAxes, workOption } from './observation.js';
import { modelOf, type StrategyModel } from './strategy-model.js';

/** All strategies of one account, and those that cannot be trusted, with the reason. */
export interface AccountModel {
  readonly account: Account;
  readonly models: readonly StrategyModel[];
  readonly failed: readonly { readonly strategy: string; readonly reason: string }[];
}

/**
 * A formula for each strategy and account of a run, or the reason why not. A pure function of the results. Empty where
 * an axis was swept that no formula knows.
 */
export function modelsOf(results: Results): AccountModel[] {
  if (unknownAxes(results.header).length > 0) return [];
  const { caches = [] } = results.header.host;
  const table = tableOf(results, 2);
  return accounts.map((account) => {
    const observed = observe(table, account);
    return {
      account,
      models: observed.filter(({ failed }) => failed === undefined).map((one) => modelOf(one, caches)),
      failed: observed.flatMap(({ strategy, failed }) =>
        failed === undefined ? [] : [{ strategy, reason: failed }],
      ),
    };
  });
}

/**
 * What `choose` reads. A strategy whose formula was rejected stays in, by its measured points. Programs whose data starts
 * in themselves are rulers, not a choice: what it takes to get there from Node is in none of their times. Neither are promises,
 * where nothing waits: they are the loop with something around it, and what they differ by is noise.
 */
export function profileOf({ header }: Pick<Results, 'header'>, models: readonly AccountModel[]): Profile {
  const { scenario, host, tool, createdAt } = header;
  const option = workOption(header);
  const { kind } = scenario.kernel;
  const noChoice = new Set(
    header.strategies
      .filter(({ home, family }) => home === 'program' || (family === 'concurrent' && kind !== 'wait'))
      .map(({ label }) => label),
  );
  const measured = models
    .map((account) => ({
      ...account,
      models: account.models.filter(({ strategy }) => !noChoice.has(strategy)),
    }))
    .filter((account) => account.models.length > 0);
  return {
    format: profileFormat,
    version: profileVersion,
    tool,
    createdAt,
    host: {
      fingerprint: host.fingerprint,
      cpu: host.cpu,
      usableCores: host.usableCores,
      memoryBytes: host.memoryBytes,
      node: host.node,
      ...(host.memory === undefined ? {} : { pageNs: host.memory.againNs }),
    },
    from: scenario.from,
    kernel: { id: scenario.kernel.id, title: scenario.kernel.title },
    ...(option === undefined ? {} : { workOption: option }),
    leastNsPerNumber: Math.min(
      ...measured.flatMap(({ models: each }) =>
        each.flatMap(({ observations }) => observations.map(({ ns, shape }) => ns / shape.elements)),
      ),
    ),
    accounts: Object.fromEntries(
      measured.map((account) => [account.account, accountProfile(account, header)]),
    ),
  };
}

function accountProfile({ models }: AccountModel, { strategies }: RunHeader): AccountProfile {
  const traits = new Map(strategies.map((header) => [header.label, traitsOf(header)]));
  const known = new Map<string, Shape>();
  for (const { shape } of models.flatMap(({ observations }) => observations))
    known.set(shapeKey(shape), shape);
  return {
    known: [...known.values()],
    strategies: models.map(({ strategy, parallel, verdict, coefficients, method, observations, band }) => {
      const formula = coefficients.map(({ coefficient }) => coefficient);
      const logs = deviationsOf(formula, observations);
      const at = new Map(observations.map(({ shape }, i) => [shapeKey(shape), logs[i]]));
      return {
        strategy,
        ...(traits.get(strategy)?.baseline ? { baseline: true } : {}),
        ...(packsLists(traits.get(strategy)) ? { packs: true } : {}),
        parallel,
        basis: verdict === 'fits' || verdict === 'fits in two regimes' ? 'formula' : 'interpolation',
        formula,
        deviations: method === 'formula' ? [] : [...known.keys()].map((key) => at.get(key) ?? null),
        band,
        ...cpuRatioOf(observations),
      };
    }),
  };
}

function cpuRatioOf(observations: readonly Observation[]): { cpuRatio?: number } {
  const largest = observations.reduce((a, b) =>
    b.shape.elements * b.shape.work >= a.shape.elements * a.shape.work ? b : a,
  );
  return largest.cpuRatio === undefined ? {} : { cpuRatio: largest.cpuRatio };
}

function shapeKey({ keys, elements, work, workers }: Shape): string {
  return [keys, elements, work, workers].join(' ');
}
