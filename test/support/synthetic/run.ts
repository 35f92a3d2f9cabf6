import { pointKey } from '../../../src/contract/axes.js';
import type { Axes, AxisValue, Point } from '../../../src/contract/scenario.js';
import { singleThreadFamilies } from '../../../src/contract/strategy.js';
import {
  type CellHeader,
  type CellRecord,
  formatName,
  formatVersion,
  type HostRecord,
  type Results,
  type StrategyHeader,
} from '../../../src/results/format.js';
import { type Random, seededRandom, shuffled } from '../../../src/results/random.js';
import { normalLuck } from './luck.js';
import type { Shape, StrategyModel, SyntheticRun } from './model.js';
import { estimatedBytes, measuredOutcome, type SyntheticCell } from './outcome.js';

/** Results of a run whose true times are known. The same arguments give the same value. */
export function syntheticResults(run: SyntheticRun): Results {
  const seed = run.seed ?? 1;
  const rounds = run.rounds ?? 8;
  const random = seededRandom(seed);
  const cells = cellsOf(run);
  const runnable = cells.filter(({ header }) => header.notApplicable === undefined);
  const all = measureAll(run, runnable, rounds, random);
  const records = all.slice(0, run.stopAfter ?? all.length);
  const elapsedMs = records.reduce((sum, record) => sum + record.elapsedMs, 0);
  return {
    header: {
      type: 'run',
      format: formatName,
      version: formatVersion,
      tool: 'breakeven 0.1.0',
      run: '2025-01-02T03-04-05',
      createdAt: '2025-01-02T03:04:05.000Z',
      command: ['bench', '--scenario', run.scenario?.id ?? 'synthetic', '--seed', String(seed)],
      scenario: {
        id: run.scenario?.id ?? 'synthetic',
        title: run.scenario?.title ?? 'Synthetic',
        question: run.scenario?.question ?? 'Does the analysis find what the model says?',
        from: 'lists',
        sweeps: run.sweeps,
        ...(run.scenario?.quickNote === undefined ? {} : { quickNote: run.scenario.quickNote }),
        claims: run.claims ?? [],
        kernel: { id: 'square-minus-13', title: 'x² − 13', kind: run.kind ?? 'map', options: {} },
      },
      strategies: run.strategies.map(strategyHeader),
      cells: cells.map(({ header }) => header),
      defaults: { workers: run.workers ?? 2 },
      rounds,
      seed,
      quick: run.quick ?? false,
      margin: run.margin ?? 0.05,
      limitMs: 30_000,
      host: { ...exampleHost, ...run.host },
    },
    records,
    ...(run.stopAfter === undefined
      ? { end: { type: 'end', status: 'finished', elapsedMs, because: [] } as const }
      : { end: { type: 'end', status: 'interrupted', elapsedMs, because: [] } as const }),
    notes: [],
  };
}

const exampleHost: HostRecord = {
  fingerprint: '5c1f0e6a',
  cpu: 'Example CPU @ 2.80GHz',
  cores: 2,
  usableCores: 2,
  memoryBytes: 8 * 2 ** 30,
  os: 'linux 6.1',
  arch: 'x64',
  node: '20.20.0',
  v8: '11.3.244.8',
  clockStepNs: 40,
};

function strategyHeader(model: StrategyModel): StrategyHeader {
  const [id, inside = ''] = model.label.replace(/\]$/, '').split('[');
  const pairs = inside === '' ? [] : inside.split(',').map((pair) => pair.split('='));
  return {
    label: model.label,
    id,
    title: model.title ?? id,
    family: model.family,
    options: Object.fromEntries(pairs),
    parallel: !singleThreadFamilies.includes(model.family),
    ...(model.program === undefined ? {} : { home: 'program' as const, program: model.program }),
  };
}

function cellsOf(run: SyntheticRun): SyntheticCell[] {
  // Sweeps may share a point (8 keys × 1,000,000 is in both): it is one cell.
  const points = new Map<string, Point>();
  for (const point of [...run.sweeps.flatMap(pointsOf), ...(run.added ?? [])]) {
    points.set(pointKey(point), point);
  }
  const cells: SyntheticCell[] = [];
  for (const point of points.values()) {
    const shape = shapeOf(run, point);
    for (const model of run.strategies) {
      const reason = model.notApplicable?.(shape);
      const header: CellHeader = {
        id: `c${cells.length + 1}`,
        strategy: model.label,
        point,
        keys: shape.keys,
        elements: shape.elements,
        estimatedBytes: estimatedBytes(shape),
        ...(reason === undefined ? {} : { notApplicable: reason, ...needsOf(model) }),
      };
      cells.push({ header, model, shape });
    }
  }
  return cells;
}

function needsOf({ needs }: StrategyModel): Pick<CellHeader, 'needs'> {
  return needs === undefined ? {} : { needs };
}

function pointsOf(axes: Axes): Point[] {
  return Object.entries(axes).reduce<Record<string, AxisValue>[]>(
    (points, [axis, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value }))),
    [{}],
  );
}

function shapeOf(run: SyntheticRun, point: Point): Shape {
  const number = (axis: string, otherwise: number) =>
    typeof point[axis] === 'number' ? point[axis] : otherwise;
  const keys = number('keys', run.keys ?? 8);
  const length = number('length', run.length ?? 1000);
  return { point, keys, length, elements: keys * length, workers: number('workers', run.workers ?? 2) };
}

function measureAll(
  run: SyntheticRun,
  cells: readonly SyntheticCell[],
  rounds: number,
  random: Random,
): CellRecord[] {
  const records: CellRecord[] = [];
  const total = rounds * cells.length;
  let startedMs = 100;
  for (let round = 0; round < rounds; round++) {
    const roundFactor = (run.noise?.round ?? 0) * random.normal();
    for (const cell of shuffled(cells, random)) {
      const slow =
        roundFactor +
        (round === 0 ? (run.noise?.firstRound ?? 0) : 0) +
        ((run.noise?.drift ?? 0) * records.length) / Math.max(1, total - 1);
      const noise = run.noise ?? {};
      const measured = measuredOutcome(cell, normalLuck(slow, noise, random), noise.sample ?? 0, random);
      const outcome = run.outcome?.(cell.model.label, cell.shape.point, round) ?? measured;
      const elapsedMs = Math.round(
        120 + (outcome.status === 'measured' ? (3 * (outcome.oneShot?.totalNs ?? 0)) / 1e6 : 0),
      );
      records.push({
        type: 'cell',
        cell: cell.header.id,
        round,
        order: records.length,
        startedMs,
        elapsedMs,
        outcome,
      });
      startedMs += elapsedMs;
    }
  }
  return records;
}
