import { InputError } from '../catalog/problem.js';
import type { StrategyEntry } from '../catalog/strategy.js';
import type { Form } from '../contract/dictionary.js';
import type { Kernel, KernelPlugin, Options } from '../contract/kernel.js';
import type { Axes, Claim, Point } from '../contract/scenario.js';
import type { Chunk } from '../contract/strategy.js';
import type { DictionarySpec } from '../dictionary/spec.js';
import {
  type CellHeader,
  type DataHeader,
  formatName,
  formatVersion,
  type HostRecord,
  type RunHeader,
} from '../results/format.js';
import { cellBytes, heapMegabytes } from './memory.js';
import { type CellData, type CellOrder, fullSampling, quickSampling } from './order.js';
import { allPoints, cellSize } from './points.js';

/** Everything that has been decided before a run: checked input, no file names of the user's machine in the header. */
export interface PlanRequest {
  readonly run: string;
  readonly createdAt: string;
  readonly tool: string;
  readonly command: readonly string[];
  readonly scenario: {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly from: Form;
    readonly sweeps: readonly Axes[];
    readonly quickNote?: string;
    readonly claims: readonly Claim[];
  };
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
  readonly margin: number;
}

/** Real data, read once into a columns file that every cell reads. */
export interface PreparedData {
  readonly path: string;
  readonly header: DataHeader;
  readonly lengths: Uint32Array;
}

export interface Plan {
  readonly header: RunHeader;
  /** Cells that can run, in the order of the header. */
  readonly runnable: readonly CellHeader[];
  /** What the process of a cell needs; throws on an unknown id. */
  order(cell: string): CellOrder;
}

export function makePlan(request: PlanRequest): Plan {
  const { scenario, kernel, strategies, host } = request;
  const points = allPoints(request);
  const orders = new Map<string, CellOrder>();
  const cells: CellHeader[] = [];
  for (const point of points) {
    const options = kernelOptions(request, point);
    const made = kernel.make(options);
    const { keys, elements } = cellSize(point, request.data);
    const answers = made.kind === 'reduce' ? keys : elements;
    for (const entry of strategies) {
      const id = `c${cells.length + 1}`;
      const support =
        entry.strategy.supports?.(made, kernel.plugin, {
          usableCores: host.usableCores,
          nodeVersion: host.node,
        }) ?? true;
      const workers = Number(point.workers);
      const estimatedBytes = Math.round(
        cellBytes(
          { keys, elements, answers, from: scenario.from },
          entry.strategy.family,
          entry.strategy.footprint ?? {},
          workers,
        ),
      );
      const notApplicable = support === true ? {} : { notApplicable: support.reason };
      cells.push({ id, strategy: entry.label, point, keys, elements, estimatedBytes, ...notApplicable });
      orders.set(id, {
        cell: id,
        label: entry.label,
        strategy: { module: entry.module, options: entry.options },
        kernel: { module: kernel.module, options },
        from: scenario.from,
        data: dataOf(point, request),
        workers,
        chunk: point.chunk as Chunk,
        sampling: request.quick ? quickSampling : fullSampling,
        limitMs: request.limitMs,
        heapMegabytes: heapMegabytes(estimatedBytes),
        verify: true,
      });
    }
  }
  return {
    header: headerOf(request, cells, points),
    runnable: cells.filter((cell) => cell.notApplicable === undefined),
    order: (cell) => {
      const order = orders.get(cell);
      if (order === undefined) throw new Error(`the plan has no cell ${cell}`);
      return order;
    },
  };
}

function headerOf(request: PlanRequest, cells: readonly CellHeader[], points: readonly Point[]): RunHeader {
  const { scenario, kernel, strategies } = request;
  if (points.length === 0) throw new InputError(`scenario "${scenario.id}" has no points to measure`);
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
    strategies: strategies.map(({ label, id, options, strategy: { title, family } }) => {
      return { label, id, title, family, options, parallel: family === 'threads' || family === 'processes' };
    }),
    cells,
    rounds: request.rounds,
    seed: request.seed,
    quick: request.quick,
    margin: request.margin,
    limitMs: request.limitMs,
    host: request.host,
    ...(request.calibration ? { calibration: request.calibration } : {}),
  };
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
