import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findKernel, type KernelEntry } from '../catalog/kernel-entry.js';
import { InputError } from '../catalog/problem.js';
import { findScenario, type ScenarioEntry } from '../catalog/scenario.js';
import { findStrategies } from '../catalog/strategy.js';
import { suggest } from '../catalog/suggest.js';
import type { Options } from '../contract/kernel.js';
import type { Axes, DataSource } from '../contract/scenario.js';
import { defaultWorkers, readHost } from '../measure/host.js';
import { makePlan, type Plan, type PreparedData } from '../measure/plan.js';
import { calibrationOf } from '../measure/preflight/calibration.js';
import { probeKernel } from '../measure/preflight/preflight.js';
import type { BenchOptions } from './bench-options.js';
import { checkMemory } from './memory-check.js';
import { toolVersion } from './version.js';

export interface Prepared {
  readonly plan: Plan;
  /** Removes what preparing left outside the run's folder. */
  dispose(): void;
}

const defaultRounds = 8;
const quickRounds = 4;

/** From words to a plan: everything is looked up, checked and refused here, before anything is measured. */
export async function prepare(name: string, options: BenchOptions, now: Date): Promise<Prepared> {
  const entry = await findScenario(name);
  const host = readHost();
  const workers = options.workers ?? defaultWorkers(host.usableCores);
  const strategies = await findStrategies(options.strategies ?? entry.scenario.strategies);
  const kernel = await findKernel(options.kernel ?? entry.scenario.kernel.module);
  const sweeps = sweepsOf(entry, options, kernel);
  const source = sourceOf(entry, options);
  const temporary = source === undefined ? undefined : mkdtempSync(join(tmpdir(), 'breakeven-'));
  const dispose = () => temporary !== undefined && rmSync(temporary, { recursive: true, force: true });
  try {
    const data = source && (await prepareData(source, join(temporary as string, 'data.columns')));
    const calibration = await calibrationOf(kernel, host, () => now.toISOString());
    const given: Options = options.kernel === undefined ? entry.scenario.kernel.options : {};
    const request = {
      run: runId(now, options),
      createdAt: now.toISOString(),
      tool: toolVersion(),
      command: options.command,
      scenario: { ...describe(entry, options), sweeps },
      strategies,
      ...(data ? { data } : {}),
      host,
      ...(calibration ? { calibration } : {}),
      rounds: options.rounds ?? (options.quick ? quickRounds : defaultRounds),
      seed: options.seed,
      quick: options.quick,
      workers,
      limitMs: options.limitMs,
      margin: 0.05,
    };
    const planWith = (extra: Options) => {
      const all = { ...kernel.plugin.options, ...calibration?.options, ...given, ...extra };
      const make = (each: Options) => kernel.plugin.make({ ...kernel.plugin.options, ...each });
      return makePlan({ ...request, kernel: { ...kernel, options: all, make } });
    };
    const isOwn = options.kernel !== undefined && options.kernel !== kernel.id;
    // The smallest cell's data is enough to see what a kernel does.
    const extra = isOwn ? await probeOwn(kernel, planWith({})) : {};
    const plan = planWith(extra);
    checkMemory(plan);
    return { plan, dispose };
  } catch (cause) {
    dispose();
    throw cause;
  }
}

async function probeOwn(kernel: KernelEntry, plan: Plan): Promise<Options> {
  const smallest = [...plan.header.cells].sort((a, b) => a.elements - b.elements)[0];
  const order = plan.order(smallest.id);
  const { plainKind } = await probeKernel(
    { kernel: order.kernel, from: order.from, data: order.data },
    kernel.id,
  );
  return plainKind === undefined ? {} : { kind: plainKind };
}

/** The axes given on the command line take the place of the scenario's, in every sweep. */
function sweepsOf({ scenario }: ScenarioEntry, options: BenchOptions, kernel: KernelEntry): Axes[] {
  const known = [
    'keys',
    'length',
    'skew',
    'values',
    'workers',
    'chunk',
    ...Object.keys(kernel.plugin.options),
  ];
  for (const axis of Object.keys(options.axes)) {
    if (!known.includes(axis))
      throw new InputError(`there is no option or axis --${axis} here.${suggest(axis, known)}`);
  }
  const sweeps = options.quick ? scenario.quick : scenario.sweeps;
  const fitting = sweeps.map((sweep) => {
    const own = options.kernel === undefined ? sweep : dropForeign(sweep, known);
    return { ...own, ...options.axes };
  });
  for (const sweep of fitting) {
    for (const [axis, values] of Object.entries(sweep)) checkAxis(axis, values, known, scenario.from);
  }
  return fitting;
}

/** Axes of the scenario's own kernel mean nothing to another one. */
function dropForeign(sweep: Axes, known: readonly string[]): Axes {
  return Object.fromEntries(Object.entries(sweep).filter(([axis]) => known.includes(axis)));
}

function checkAxis(
  axis: string,
  values: readonly (string | number)[],
  known: readonly string[],
  from: string,
): void {
  if (!known.includes(axis))
    throw new InputError(`the scenario sweeps "${axis}", which is no axis here.${suggest(axis, known)}`);
  for (const value of values) {
    const whole = axis === 'keys' || axis === 'length' || axis === 'workers';
    if (whole && !(typeof value === 'number' && Number.isInteger(value) && value > 0)) {
      throw new InputError(`--${axis} ${value}: it must be a whole number above 0.`);
    }
    if (axis === 'keys' && Number(value) > 2 ** 24) {
      throw new InputError(
        `--keys ${value}: a dictionary holds at most 2^24 (16,777,216) keys, the limit of a Map.`,
      );
    }
    if (axis === 'values' && value !== 'ints' && value !== 'doubles') {
      throw new InputError(`--values ${value}: it must be ints or doubles.`);
    }
    if (axis === 'skew' && value !== 'equal' && !(typeof value === 'number' && value > 0)) {
      throw new InputError(`--skew ${value}: it must be equal, or a Zipf exponent above 0 like 1.1.`);
    }
    if (
      axis === 'chunk' &&
      value !== 'key' &&
      value !== 'balanced' &&
      !(typeof value === 'number' && Number.isInteger(value) && value > 0)
    ) {
      throw new InputError(`--chunk ${value}: it must be key, balanced, or a number of keys per message.`);
    }
  }
  void from;
}

function sourceOf(
  { scenario }: ScenarioEntry,
  { data, groupBy, value }: BenchOptions,
): DataSource | undefined {
  if (data === undefined) return scenario.data;
  return { file: data, ...(groupBy ? { groupBy } : {}), ...(value ? { value } : {}) };
}

async function prepareData(source: DataSource, path: string): Promise<PreparedData> {
  const { loadData } = await import('../dictionary/load.js');
  const { writeColumnsFile } = await import('../dictionary/columns-file.js');
  const { columns, header } = await loadData(source);
  writeColumnsFile(path, columns);
  const lengths = Uint32Array.from(
    columns.keys,
    (_, index) => columns.offsets[index + 1] - columns.offsets[index],
  );
  return { path, header, lengths };
}

function describe({ id, scenario }: ScenarioEntry, { quick, kernel, data }: BenchOptions) {
  const own = kernel !== undefined || data !== undefined;
  return {
    id,
    title: scenario.title,
    question: own ? ownQuestion(kernel, data) : scenario.question,
    from: scenario.from,
    // What a source says of its own function and data says nothing of the user's.
    claims: own ? [] : scenario.claims,
    ...(quick && scenario.quickNote ? { quickNote: scenario.quickNote } : {}),
  };
}

function ownQuestion(kernel: string | undefined, data: string | undefined): string {
  const what = kernel === undefined ? 'this work' : basename(kernel);
  const where = data === undefined ? 'generated dictionaries' : basename(data);
  return `When does going parallel, or vectorised, pay for ${what} on ${where}?`;
}

function runId(now: Date, { quick }: BenchOptions): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return quick ? `${stamp}-quick` : stamp;
}
