import type { StrategyEntry } from '../catalog/strategy.js';
import { InputError } from '../contract/errors.js';
import type { Kernel, KernelPlugin, Options, Work } from '../contract/kernel.js';
import type { Point } from '../contract/scenario.js';
import type { Chunk } from '../contract/strategy.js';
import type { DictionarySpec } from '../dictionary/spec.js';
import {
  type CellHeader,
  type DataHeader,
  formatName,
  formatVersion,
  type HostRecord,
  type RunHeader,
  type ScenarioHeader,
  type StrategyHeader,
} from '../results/format.js';
import { type CellSize, cellBytes, heapMegabytes, runAloneBytes } from './memory.js';
import { type CellData, type CellOrder, fullSampling, quickSampling } from './order.js';
import { allPoints, cellSize, defaultsOf, pointName } from './points.js';

/** Everything that has been decided before a run: checked input, no file names of the user's machine in the header. */
export interface PlanRequest {
  readonly run: string;
  readonly createdAt: string;
  readonly tool: string;
  readonly command: readonly string[];
  readonly scenario: Omit<ScenarioHeader, 'kernel' | 'data'>;
  readonly kernel: {
    readonly id: string;
    readonly module: string;
    readonly options: Options;
    readonly plugin: KernelPlugin;
    /** Makes the kernel with a point's options: strategies are asked whether they support it. */
    make(options: Options): Kernel;
  };
  readonly strategies: readonly StrategyEntry[];
  readonly data?: PreparedData;
  readonly host: HostRecord;
  readonly calibration?: RunHeader['calibration'];
  readonly rounds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly workers: number;
  readonly limitMs: number;
  readonly budgetMs?: number;
  readonly margin: number;
}

/** Real data, read once into a columns file that every cell reads. */
export interface PreparedData {
  readonly path: string;
  readonly header: DataHeader;
  readonly lengths: Uint32Array;
  /** 'ints' where every number is a small integer. */
  readonly values: 'ints' | 'doubles';
}

export interface Plan {
  /** With the cells that were added so far. */
  readonly header: RunHeader;
  /** Those of them that can run. */
  readonly runnable: readonly CellHeader[];
  /** Cells of further points; such as are there already are not made again. */
  add(points: readonly Point[]): CellHeader[];
  /** What the process of a cell needs; throws on an unknown id. */
  order(cell: string): CellOrder;
}

/** Of the machine's memory: a cell that would take more is cut down to `run` alone. */
const largestShare = 0.8;

export function makePlan(request: PlanRequest): Plan {
  const points = allPoints(request);
  const defaults = defaultsOf(request);
  if (points.length === 0) throw new InputError(`scenario "${request.scenario.id}" has no points to measure`);
  const orders = new Map<string, CellOrder>();
  const cells: CellHeader[] = [];
  const known = new Set<string>();
  const add = (more: readonly Point[]) => {
    const added: CellHeader[] = [];
    for (const point of more) {
      // A point may be named more than once in one call too: a journal names it with each of its cells.
      if (known.has(pointName(point))) continue;
      known.add(pointName(point));
      for (const entry of request.strategies) {
        const made = cellOf(request, point, { ...defaults, ...point }, entry, `c${orders.size + 1}`);
        orders.set(made.header.id, made.order);
        added.push(made.header);
      }
    }
    cells.push(...added);
    return added;
  };
  add(points);
  const header = headerOf(request, points);
  return {
    get header() {
      return { ...header, cells };
    },
    get runnable() {
      return cells.filter(({ notApplicable }) => notApplicable === undefined);
    },
    add,
    order: (cell) => {
      const order = orders.get(cell);
      if (order === undefined) throw new Error(`the plan has no cell ${cell}`);
      return order;
    },
  };
}

/** One strategy at one point: what the results file says of it, and what its process needs. `full` has every axis. */
function cellOf(
  request: PlanRequest,
  point: Point,
  full: Point,
  { label, module, options: strategyOptions, strategy }: StrategyEntry,
  id: string,
): { header: CellHeader; order: CellOrder } {
  const { scenario, kernel, host } = request;
  const options = kernelOptions(request, point);
  const made = kernel.make(options);
  const { keys, elements } = cellSize(point, request.data);
  const answers = made.kind === 'reduce' ? keys : elements;
  const workers = Number(full.workers);
  const machine = { usableCores: host.usableCores, nodeVersion: host.node };
  const ref = { module: kernel.module, options };
  const support = strategy.supports?.(made, kernel.plugin, machine, ref) ?? true;
  const values = request.data?.values ?? (full.values as CellSize['values']);
  const size = { keys, elements, answers, from: scenario.from, values };
  // Answers that need not be equal to the bit are kept whole until they are compared: there is no room for that.
  const isLean = kernel.plugin.agree === 'exact';
  const { bytes: estimatedBytes, runAlone } = memoryOf(
    size,
    strategy,
    workers,
    isLean ? host.memoryBytes : Number.POSITIVE_INFINITY,
  );
  const work = workOf(made, keys, elements);
  const notApplicable = support === true ? {} : { notApplicable: support.reason };
  return {
    header: { id, strategy: label, point, keys, elements, ...work, estimatedBytes, ...notApplicable },
    order: {
      cell: id,
      label,
      strategy: { module, options: strategyOptions, ...(strategy.home ? { home: 'program' } : {}) },
      kernel: ref,
      from: scenario.from,
      data: dataOf(full, request),
      workers,
      chunk: full.chunk as Chunk,
      sampling: request.quick ? quickSampling : fullSampling,
      limitMs: request.limitMs,
      heapMegabytes: heapMegabytes(estimatedBytes),
      verify: true,
      ...(runAlone ? { runAlone } : {}),
    },
  };
}

/** All of a cell's life where the machine has room for it, else `run` alone, where the strategy says what that takes. */
function memoryOf(
  size: CellSize,
  { family, footprint = {} }: StrategyEntry['strategy'],
  workers: number,
  memoryBytes: number,
): { readonly bytes: number; readonly runAlone?: true } {
  const bytes = Math.round(cellBytes(size, family, footprint, workers));
  const alone =
    bytes > largestShare * memoryBytes ? runAloneBytes(size, family, footprint, workers) : undefined;
  return alone === undefined ? { bytes } : { bytes: Math.round(alone), runAlone: true };
}

/**
 * Of all lists, taken as equally long: exact where they are, or where work is in proportion to length. A user's plain
 * function does not say.
 */
function workOf(kernel: Kernel, keys: number, elements: number): { readonly work?: Work } {
  // A module in plain JavaScript may lack it.
  if (typeof kernel.work !== 'function') return {};
  const { flops, bytes } = kernel.work(Math.round(elements / keys));
  return Number.isFinite(flops + bytes) ? { work: { flops: keys * flops, bytes: keys * bytes } } : {};
}

function headerOf(request: PlanRequest, points: readonly Point[]): Omit<RunHeader, 'cells'> {
  const { scenario, kernel, strategies } = request;
  return {
    type: 'run',
    format: formatName,
    version: formatVersion,
    tool: request.tool,
    run: request.run,
    createdAt: request.createdAt,
    command: request.command,
    scenario: {
      ...scenario,
      kernel: {
        id: kernel.id,
        title: kernel.plugin.title,
        kind: kernel.make(kernelOptions(request, points[0])).kind,
        options: kernel.options,
      },
      ...(request.data ? { data: request.data.header } : {}),
    },
    strategies: strategies.map(strategyHeader),
    defaults: defaultsOf(request),
    rounds: request.rounds,
    seed: request.seed,
    quick: request.quick,
    margin: request.margin,
    limitMs: request.limitMs,
    ...(request.budgetMs === undefined ? {} : { budgetMs: request.budgetMs }),
    host: request.host,
    ...(request.calibration ? { calibration: request.calibration } : {}),
  };
}

function strategyHeader({ label, id, options, strategy }: StrategyEntry): StrategyHeader {
  const { title, family, home, onWorkers } = strategy;
  const parallel = family === 'threads' || family === 'processes';
  const inProgram = home === undefined ? {} : { home: 'program' as const, program: home.program };
  const told = onWorkers === undefined ? {} : { onWorkers };
  return { label, id, title, family, options, parallel, ...told, ...inProgram };
}

/** The kernel's options at a point: swept ones from the point, the rest as the scenario and calibration say. */
function kernelOptions({ kernel }: PlanRequest, point: Point): Options {
  const swept = Object.entries(point).filter(([axis]) => axis in kernel.plugin.options);
  return { ...kernel.options, ...Object.fromEntries(swept) };
}

function dataOf(point: Point, { data, seed }: PlanRequest): CellData {
  if (data !== undefined) {
    const limit = (axis: string) => (point[axis] === undefined ? undefined : Number(point[axis]));
    return { kind: 'file', path: data.path, keys: limit('keys'), length: limit('length') };
  }
  const spec: DictionarySpec = {
    keys: Number(point.keys),
    length: Number(point.length),
    skew: point.skew as DictionarySpec['skew'],
    values: point.values as DictionarySpec['values'],
    seed,
  };
  return { kind: 'generated', spec };
}
