import { axes, pointKey } from '../contract/axes.js';
import { InputError } from '../contract/errors.js';
import type { Options, Work } from '../contract/kernel.js';
import type { Axes, AxisValue, Point } from '../contract/scenario.js';
import type { Chunk, StrategyTraits } from '../contract/strategy.js';
import type { DictionarySpec } from '../dictionary/spec.js';
import type { KernelEntry, StrategyEntry } from '../plugins/find.js';
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
import type { MeasuredCode } from './code.js';
import type { PointDecision, PointQuestion } from './inspect/messages.js';
import { type CellSize, cellBytes, heapMegabytes, runAloneBytes } from './memory.js';
import { type CellData, type CellOrder, fullSampling, quickSampling } from './order.js';

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
    readonly plugin: Pick<KernelEntry['plugin'], 'title' | 'options' | 'agree'>;
  };
  readonly strategies: readonly StrategyEntry[];
  /** What ships for plain Node and takes no part. `decide` answers for them, too, after the strategies. */
  readonly leftOut?: readonly StrategyEntry[];
  readonly data?: PreparedData;
  readonly host: HostRecord;
  readonly calibration?: RunHeader['calibration'];
  readonly rounds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly workers: number;
  readonly limitMs: number;
  readonly budgetMs?: number;
  /** With a budget: stops earlier, where every field is answered. */
  readonly until?: 'answered';
  readonly margin: number;
  /** Warm calls meet the same data again and again; absent: fresh data. */
  readonly cache?: 'warm';
  /** Processors that cells are kept to, like `0,2,3`. */
  readonly cpus?: string;
  /** What the tools of programs say of their versions, by name. */
  readonly tools?: RunHeader['tools'];
  /** Of kernel, strategies and scenario; absent in simulated plans. */
  readonly code?: MeasuredCode;
  /** What kernel and strategies say of points, in their order. They are asked elsewhere: no plug-in runs here. */
  decide(points: readonly PointQuestion[], signal?: AbortSignal): Promise<readonly PointDecision[]>;
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
  /** Cells of further points; such as are there already are not made again. Rejects when `signal` aborts. */
  add(points: readonly Point[], signal?: AbortSignal): Promise<CellHeader[]>;
  /** What the process of a cell needs; throws on an unknown id. */
  order(cell: string): CellOrder;
  /** Says which file of the code is not what it was when the plan was made; absent in simulated plans. */
  findChangedCode?(): string | undefined;
}

/** Of the machine's memory: a cell that would take more is cut down to `run` alone. */
const largestShare = 0.8;

/** More cells than this nobody waits for, and a driver that holds them is slow itself. */
const mostCells = 20_000;

/** Throws an InputError where there are no points, or more cells than anybody measures. */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  checkCells(request);
  const points = allPoints(request);
  const defaults = defaultsOf(request);
  if (points.length === 0) throw new InputError(`scenario "${request.scenario.id}" has no points to measure`);
  const orders = new Map<string, CellOrder>();
  const cells: CellHeader[] = [];
  const known = new Map<string, PointDecision>();
  const add = async (more: readonly Point[], signal?: AbortSignal) => {
    // A point may be named more than once in one call too: a journal names it with each of its cells.
    const named = new Map(more.map((point) => [pointKey(point), point]));
    const fresh = [...named].filter(([name]) => !known.has(name));
    if (fresh.length === 0) return [];
    const decisions = await request.decide(
      fresh.map(([, point]) => questionOf(request, point)),
      signal,
    );
    const added: CellHeader[] = [];
    for (const [index, [name, point]] of fresh.entries()) {
      known.set(name, decisions[index]);
      for (const [place, entry] of request.strategies.entries()) {
        const id = `c${orders.size + 1}`;
        const full = { ...defaults, ...point };
        const made = cellOf(request, { point, full, decision: decisions[index], place, entry, id });
        orders.set(id, made.order);
        added.push(made.header);
      }
    }
    for (const cell of added) cells.push(cell);
    return added;
  };
  await add(points);
  const header = headerOf(request, known.get(pointKey(points[0])) as PointDecision);
  return {
    get header() {
      return { ...header, cells };
    },
    get runnable() {
      return cells.filter(({ notApplicable }) => notApplicable === undefined);
    },
    add,
    ...(request.code === undefined ? {} : { findChangedCode: request.code.findChange }),
    order: (cell) => {
      const order = orders.get(cell);
      if (order === undefined) throw new Error(`the plan has no cell ${cell}`);
      return order;
    },
  };
}

function checkCells({ scenario, strategies }: PlanRequest): void {
  const points = countPoints(scenario.sweeps);
  const cells = points * strategies.length;
  if (cells <= mostCells) return;
  const [longest] = scenario.sweeps
    .flatMap((sweep) => Object.entries(sweep).map(([axis, values]) => ({ axis, count: values.length })))
    .sort((a, b) => b.count - a.count);
  throw new InputError(
    `scenario "${scenario.id}" has ${points} points, which makes ${cells} cells with ${strategies.length} strategies; at most ` +
      `${mostCells} are measured. Cut an axis: ${longest.axis} has ${longest.count} values.`,
  );
}

function questionOf(request: PlanRequest, point: Point): PointQuestion {
  const { keys, elements } = cellSize(point, request.data);
  return { options: kernelOptions(request, point), length: Math.round(elements / keys) };
}

/** One strategy at one point. */
interface PlannedCell {
  readonly point: Point;
  /** With every axis. */
  readonly full: Point;
  readonly decision: PointDecision;
  readonly entry: StrategyEntry;
  /** Of the strategy among all. */
  readonly place: number;
  readonly id: string;
}

/** What the results file says of a cell, and what its process needs. */
function cellOf(
  request: PlanRequest,
  { point, full, decision, entry, place, id }: PlannedCell,
): { header: CellHeader; order: CellOrder } {
  const { scenario, kernel, host } = request;
  const { label, module, options: strategyOptions, strategy, needs } = entry;
  const options = kernelOptions(request, point);
  const { keys, elements } = cellSize(point, request.data);
  const answers = decision.kind === 'reduce' ? keys : elements;
  const workers = Number(full.workers);
  const ref = { module: kernel.module, options };
  const support =
    needs === undefined ? decision.supports[place] : { reason: `skipped: needs ${needs}`, needs };
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
  const work = workOf(decision.work, keys);
  const notApplicable =
    support === true
      ? {}
      : { notApplicable: support.reason, ...('needs' in support ? { needs: support.needs } : {}) };
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
      ...(request.cache ? { cache: request.cache } : {}),
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
function workOf(ofList: Work | undefined, keys: number): { readonly work?: Work } {
  return ofList === undefined ? {} : { work: { flops: keys * ofList.flops, bytes: keys * ofList.bytes } };
}

function headerOf(request: PlanRequest, { kind, supports }: PointDecision): Omit<RunHeader, 'cells'> {
  const { scenario, kernel, strategies, leftOut = [] } = request;
  const notTried = leftOut.flatMap(({ label }, i) =>
    supports[strategies.length + i] === true ? [label] : [],
  );
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
        kind,
        options: kernel.options,
      },
      ...(request.data ? { data: request.data.header } : {}),
    },
    strategies: strategies.map(strategyHeader),
    ...(notTried.length === 0 ? {} : { notTried }),
    defaults: defaultsOf(request),
    rounds: request.rounds,
    seed: request.seed,
    quick: request.quick,
    margin: request.margin,
    limitMs: request.limitMs,
    ...(request.cache === undefined ? {} : { cache: request.cache }),
    ...(request.cpus === undefined ? {} : { cpus: request.cpus }),
    ...(request.tools === undefined ? {} : { tools: request.tools }),
    ...(request.budgetMs === undefined ? {} : { budgetMs: request.budgetMs }),
    ...(request.until === undefined ? {} : { until: request.until }),
    host: request.host,
    ...(request.calibration ? { calibration: request.calibration } : {}),
    ...(request.code === undefined ? {} : { code: request.code.record }),
  };
}

function strategyHeader({ label, id, options, strategy }: StrategyEntry): StrategyHeader {
  const { title, family, home, onWorkers } = strategy;
  const parallel = family === 'threads' || family === 'processes';
  const inProgram = home === undefined ? {} : { home: 'program' as const, program: home.program };
  const told = onWorkers === undefined ? {} : { onWorkers };
  return { label, id, title, family, options, parallel, ...told, ...inProgram, ...traitsOf(strategy) };
}

/** An older commit's strategies, in a comparison, declare nothing: then the header has none, as files of then. */
function traitsOf({
  baseline,
  baselineLoop,
  computesOn,
  style,
}: StrategyTraits): Pick<StrategyHeader, 'traits'> {
  const traits = {
    ...(baseline === undefined ? {} : { baseline }),
    ...(baselineLoop === undefined ? {} : { baselineLoop }),
    ...(computesOn === undefined ? {} : { computesOn }),
    ...(style === undefined ? {} : { style }),
  };
  return Object.keys(traits).length === 0 ? {} : { traits };
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

interface PointsRequest {
  readonly scenario: { readonly sweeps: readonly Axes[] };
  readonly data?: PreparedData;
  readonly workers: number;
}

/** Standard values of the axes of a sort; `workers` has the machine's. */
function standardsOf(sort: 'size' | 'kind' | 'run'): Point {
  return Object.fromEntries(
    [...axes].flatMap(([name, { of, standard }]) =>
      of === sort && standard !== undefined ? [[name, standard]] : [],
    ),
  );
}

/** Values of the axes that no sweep names: the same for every point, and so no part of it. */
function defaultsOf({ scenario, data, workers }: PointsRequest): Point {
  const all: Point = { ...(data === undefined ? standardsOf('kind') : {}), workers, ...standardsOf('run') };
  const swept = new Set(scenario.sweeps.flatMap((sweep) => Object.keys(sweep)));
  return Object.fromEntries(Object.entries(all).filter(([axis]) => !swept.has(axis)));
}

/** How many points the sweeps make before equal ones are dropped: counted, since making them may take all memory there is. */
function countPoints(sweeps: readonly Axes[]): number {
  return sweeps.reduce(
    (sum, sweep) => sum + Object.values(sweep).reduce((product, values) => product * values.length, 1),
    0,
  );
}

/** All points of all sweeps, each once, in order of appearance, with every axis that any sweep names. */
export function allPoints(request: PointsRequest): Point[] {
  const { scenario, data } = request;
  const size: Point = data === undefined ? standardsOf('size') : { keys: data.header.keys };
  const unswept = defaultsOf(request);
  const everything = defaultsOf({ ...request, scenario: { sweeps: [] } });
  const swept = Object.fromEntries(Object.entries(everything).filter(([axis]) => !(axis in unswept)));
  const points = new Map<string, Point>();
  for (const sweep of scenario.sweeps) {
    for (const combination of combinations(Object.entries(sweep))) {
      const point: Point = { ...size, ...swept, ...combination };
      points.set(pointKey(point), point);
    }
  }
  return [...points.values()];
}

/** How much data a point is. Real data is cut to its first `keys` keys and to `length` numbers per list. */
function cellSize(point: Point, data: PreparedData | undefined): { keys: number; elements: number } {
  if (data === undefined)
    return { keys: Number(point.keys), elements: Number(point.keys) * Number(point.length) };
  const keys = Math.min(Number(point.keys), data.lengths.length);
  const most = point.length === undefined ? Number.POSITIVE_INFINITY : Number(point.length);
  let elements = 0;
  for (let index = 0; index < keys; index++) elements += Math.min(most, data.lengths[index]);
  return { keys, elements };
}

function combinations(axes: readonly (readonly [string, readonly AxisValue[]])[]): Point[] {
  return axes.reduce<Point[]>(
    (points, [axis, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value }))),
    [{}],
  );
}

/** The plan with other orders for each cell: other series, less of its life. */
export function withOrders(plan: Plan, changes: Partial<CellOrder>): Plan {
  return {
    get header() {
      return plan.header;
    },
    get runnable() {
      return plan.runnable;
    },
    findChangedCode: () => plan.findChangedCode?.(),
    add: (points, signal) => plan.add(points, signal),
    order: (cell) => ({ ...plan.order(cell), ...changes }),
  };
}
