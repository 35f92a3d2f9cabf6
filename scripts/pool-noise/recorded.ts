import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../src/contract/scenario.js';
import { type CellOrder, fullSampling } from '../../src/measure/order.js';
import type { LoadedKernelEntry } from '../../src/plugins/kernel.js';
import type { LoadedStrategy } from '../../src/plugins/strategy.js';
import type { HostRecord } from '../../src/results/format.js';
import type { Condition } from '../self-check/pool.js';

/*
 * How pools differed from process to process on a real machine, small enough to be committed: per condition, strategy,
 * point and account the logarithms of the mean time per call, as deviations from their mean over all rounds, so that the
 * truth of whoever draws from them is 0.
 * History of the version:
 *   1  first version
 */
const format = 'breakeven-pool-noise';
const version = 1;

export const poolNoisePath = join('reports', 'self-check', 'pool-noise.json');

/** Fewer would be drawn again and again, and their rare slow ones are what matters. */
export const leastRounds = 60;

export const poolStrategies = [
  'worker-threads',
  'worker-threads-shared',
  'wasm-simd-threads',
  'child-process[serialization=json]',
] as const;

/** From a call that hardly pays to one that surely does. */
export const poolPoints = [
  { keys: 16, length: 1_000 },
  { keys: 64, length: 1_000 },
  { keys: 64, length: 10_000 },
  { keys: 256, length: 10_000 },
] as const;

/** One process. */
export interface PoolDraw {
  readonly condition: Condition;
  readonly round: number;
  /** Index in `poolPoints`. */
  readonly point: number;
  readonly strategy: string;
  /** Mean time per call. */
  readonly ns: Readonly<Partial<Record<Account, number>>>;
}

/** A step of the numbers in the file, on the log scale: a tenth of a per cent. */
const unit = 1e-3;

export interface PoolNoise {
  readonly format: typeof format;
  readonly version: number;
  readonly host: Pick<HostRecord, 'cpu' | 'usableCores' | 'node'>;
  readonly startedAt: string;
  readonly unit: number;
  /** The deviations of all rounds, in their order; `point` in words. */
  readonly cells: readonly {
    readonly condition: Condition;
    readonly strategy: string;
    readonly point: string;
    readonly account: Account;
    readonly rounds: readonly number[];
  }[];
}

/** One cell a line: a text that git shows the changes of. Rounds that lack a process are left out whole. */
export function poolNoiseText(
  draws: readonly PoolDraw[],
  { host: { cpu, usableCores, node }, startedAt }: { readonly host: HostRecord; readonly startedAt: string },
): string {
  const conditions = ['quiet', 'busy'] as const;
  const cells = conditions.flatMap((condition) =>
    poolStrategies.flatMap((strategy) =>
      poolPoints.flatMap(({ keys, length }, point) =>
        (['one-shot', 'warm', 'resident'] as const).flatMap((account) => {
          const logs = draws
            .filter((one) => one.condition === condition && one.strategy === strategy && one.point === point)
            .toSorted((a, b) => a.round - b.round)
            .flatMap(({ ns }) => (ns[account] === undefined ? [] : [Math.log(ns[account])]));
          if (logs.length === 0) return [];
          return [{ condition, strategy, point: `${keys} × ${length}`, account, rounds: deviationsOf(logs) }];
        }),
      ),
    ),
  );
  const head = { format, version, host: { cpu, usableCores, node }, startedAt, unit };
  const lines = cells.map((cell) => `    ${JSON.stringify(cell)}`).join(',\n');
  return `${JSON.stringify(head, null, 2).replace(/\n}$/, ',\n  "cells": [\n')}${lines}\n  ]\n}\n`;
}

function deviationsOf(logs: readonly number[]): number[] {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  // Plus zero: JSON knows no −0.
  return logs.map((log) => Math.round((log - mean) / unit) + 0);
}

/** Throws where the text is of another version or no such record. */
export function readPoolNoise(text: string): PoolNoise {
  const file = JSON.parse(text) as PoolNoise;
  if (file.format !== format || file.version !== version)
    throw new Error(
      `this is no ${format} of version ${version}: make it anew by \`npm run lab -- pool-noise\``,
    );
  return file;
}

/** What is committed; undefined before anybody has recorded it. */
export function committedPoolNoise(): PoolNoise | undefined {
  return existsSync(poolNoisePath) ? readPoolNoise(readFileSync(poolNoisePath, 'utf8')) : undefined;
}

/** Log deviations of one strategy in one account, by point. Rounding is taken out: their mean is 0. */
export function deviationsByPoint(
  { cells, unit: step }: PoolNoise,
  condition: Condition,
  strategy: string,
  account: Account,
): number[][] {
  return cells
    .filter((cell) => cell.condition === condition && cell.strategy === strategy && cell.account === account)
    .map(({ rounds }) => {
      const mean = rounds.reduce((sum, one) => sum + one, 0) / rounds.length;
      return rounds.map((one) => step * (one - mean));
    });
}

/** As `bench` measures it, but for the checks of answers, which are the same in every round. */
export function poolOrder(
  { label, module, options }: LoadedStrategy,
  kernel: LoadedKernelEntry,
  { point, round }: Pick<PoolDraw, 'point' | 'round'>,
): CellOrder {
  const { keys, length } = poolPoints[point];
  return {
    cell: `${label} ${point}`,
    // Later rounds leave out what need be seen only once.
    round: round + 2,
    label,
    strategy: { module, options },
    kernel: { module: kernel.module, options: kernel.plugin.options },
    from: 'lists',
    data: { kind: 'generated', spec: { keys, length, skew: 'equal', values: 'doubles', seed: 1 } },
    workers: 2,
    chunk: 'balanced',
    sampling: { ...fullSampling, stagesMs: 1 },
    limitMs: 60_000,
    heapMegabytes: 2_048,
    verify: round === 0,
  };
}
