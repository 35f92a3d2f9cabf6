import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fullRounds, quickRounds } from '../../analysis/estimate.js';
import { InputError } from '../../contract/errors.js';
import type { Options } from '../../contract/kernel.js';
import type { DataSource } from '../../contract/scenario.js';
import { readMeasuredCode } from '../../measure/code.js';
import { defaultWorkers } from '../../measure/host.js';
import { type DecideRequest, Inspector, inspecting } from '../../measure/inspect/inspector.js';
import { makePlan, type Plan, type PlanRequest, type PreparedData } from '../../measure/plan.js';
import { isProgramHref } from '../../plugins/external/program.js';
import {
  chosenStrategyFiles,
  findKernelFile,
  findScenarioFile,
  type KernelEntry,
  leftOutStrategyFiles,
  type ScenarioEntry,
  type StrategyEntry,
  shippedPeerFiles,
} from '../../plugins/find.js';
import { type Home, packageHref, type SelfBelow, toolVersion } from '../../plugins/module.js';
import type { HostRecord, RunHeader } from '../../results/format.js';
import { parseBudget } from '../quantity.js';
import type { TemporaryFolder } from '../temporary-folder.js';
import { checkDictionaries, checkHeader, checkKernelOptions, checkMemory, leastBudgetMs } from './checks.js';
import { prepareData, sourceOf } from './data.js';
import { listProcessors } from './host.js';
import type { BenchOptions } from './options.js';
import { sweepsOf } from './sweeps.js';

export interface Preparation {
  readonly now: Date;
  readonly host: HostRecord;
  /** For data that is read once and shared by all cells. */
  readonly folder: TemporaryFolder;
  /** The run that is resumed: its budget is kept, though prices may have changed since. */
  readonly before?: Pick<RunHeader, 'budgetMs' | 'until'>;
  /** Where names are looked up; absent for this tool's own. */
  readonly home?: Home;
  /** What `import 'breakeven'` means to plug-ins there; absent where it is this tool. */
  readonly self?: SelfBelow;
  /** Of the other side of a comparison: both do the same work. */
  readonly calibration?: RunHeader['calibration'];
  /** What somebody's own kernel was found to be, where it has been tried before. */
  readonly tried?: Options;
  /** The file of `options.data`, where it has been read before. */
  readonly data?: PreparedData;
  /** Says what takes its time before the first cell. */
  note(line: string): void;
}

/** Two strategies are the same within this. */
const margin = 0.05;

/** From words to a plan: everything is looked up, checked and refused here, before anything is measured. */
export async function prepare(name: string, options: BenchOptions, at: Preparation): Promise<Plan> {
  const inspector = new Inspector({ self: at.self });
  try {
    return await planned(inspector, name, options, at);
  } finally {
    inspector.close();
  }
}

async function planned(
  inspector: Inspector,
  name: string,
  options: BenchOptions,
  at: Preparation,
): Promise<Plan> {
  const { now, host } = at;
  const entry = await inspector.scenario(findScenarioFile(name, at.home));
  const { scenario } = entry;
  const asked = distinct(
    await inspector.strategies([
      ...chosenStrategyFiles(scenario, { only: options.only, added: options.strategies }, at.home),
      ...(options.peers ? shippedPeerFiles(at.home) : []),
    ]),
  );
  const leftOut = scenario.prices?.alone
    ? []
    : await inspector.strategies(leftOutStrategyFiles(asked, at.home));
  const kernel = await inspector.kernel(findKernelFile(options.kernel ?? scenario.kernel.module, at.home));
  const given: Options = options.kernel === undefined ? scenario.kernel.options : {};
  checkKernelOptions(kernel, given);
  const { strategies, tools } = await readyPrograms(asked, kernel, options, at);
  const source = sourceOf(scenario, options);
  // What the command line says is checked before a large file is read; against the data, after.
  const sweeping = { entry, kernel, strategies, options, usableCores: host.usableCores };
  sweepsOf(sweeping);
  const data = at.data ?? (source && (await prepareData(source, at.folder, at.note)));
  const sweeps = sweepsOf({ ...sweeping, dataKeys: data?.header.keys });
  const calibration = await calibrated(kernel, at);
  const decide = decider(inspector, at, {
    kernel,
    strategies: [...strategies, ...leftOut],
    host: { usableCores: host.usableCores, nodeVersion: host.node },
  });
  const code = readMeasuredCode(
    {
      kernel: kernel.module,
      others: [entry.module, ...strategies.map(({ module }) => module)],
      self: at.self,
    },
    options.nodeArgs,
  );
  if (code.isCut)
    at.note(
      'The plug-ins lead to more files than are watched: a change in the last of them would go unseen.',
    );
  let { budgetMs, until } = at.before ?? stoppingOf(entry, options);
  const planWith = (found: Options) =>
    makePlan({
      run: runId(now, options),
      createdAt: now.toISOString(),
      tool: toolVersion(),
      command: options.command,
      scenario: { ...questionOf(entry, options), sweeps },
      strategies,
      leftOut,
      data,
      host,
      calibration,
      rounds: options.rounds ?? (options.quick ? quickRounds : fullRounds),
      seed: options.seed,
      quick: options.quick,
      workers: defaultWorkers(host.usableCores),
      limitMs: options.limitMs,
      cache: options.cache,
      cpus: options.cpus && listProcessors(options.cpus),
      tools,
      budgetMs,
      until,
      margin,
      code,
      kernel: {
        ...kernel,
        options: { ...kernel.plugin.options, ...calibration?.options, ...given, ...found },
      },
      decide,
    });
  let plan = await planWith({});
  if (at.before === undefined && typeof options.budgetMs === 'string' && budgetMs !== undefined) {
    if (until !== undefined && isSmall(plan)) budgetMs = Math.min(budgetMs, smallBudgetMs);
    budgetMs = Math.max(budgetMs, leastBudgetMs(plan));
    plan = await planWith({});
  }
  checkDictionaries(plan);
  checkMemory(plan);
  checkHeader(plan.header);
  return isOwn(kernel) ? planWith(at.tried ?? (await tryOwnKernel(kernel, plan))) : plan;
}

/** Of the process that is there; of a fresh one for points that are added later, when that has been closed. */
function decider(inspector: Inspector, at: Preparation, request: DecideRequest): PlanRequest['decide'] {
  return (points, signal) =>
    inspector.isClosed
      ? inspecting({ self: at.self, signal }, (fresh) => fresh.decide(request, points))
      : inspector.decide(request, points);
}

/** Where a scenario names no budget of its own. */
const usualBudgetMs = 180_000;
/** A quick run, and a small one, has so much: with its start and its charts half a minute. */
const smallBudgetMs = 25_000;
/** Numbers in all up to which somebody's own data is small. */
const smallNumbers = 100_000;

function isSmall({ header, runnable }: Plan): boolean {
  return header.scenario.data !== undefined && runnable.every(({ elements }) => elements <= smallNumbers);
}

/** When a run stops: at a budget, where its questions are answered (or there is no more budget), or by its rounds. */
function stoppingOf(
  entry: ScenarioEntry,
  options: BenchOptions,
): { readonly budgetMs?: number; readonly until?: 'answered' } {
  if (options.budgetMs !== 'answered') return { budgetMs: budgetOf(entry, options) };
  const { id, scenario } = entry;
  // Nobody is anybody's rival there: rounds decide.
  if (scenario.prices?.alone) return {};
  const own =
    scenario.budget === undefined ? usualBudgetMs : parseBudget(scenario.budget, `scenario ${id}: budget`);
  return { budgetMs: options.quick ? Math.min(own, smallBudgetMs) : own, until: 'answered' };
}

/** The scenario's own is a time for its own sweeps; it grows where four rounds of what is asked for take longer. */
function budgetOf({ id, scenario }: ScenarioEntry, { budgetMs }: BenchOptions): number | undefined {
  if (budgetMs !== undefined && scenario.prices?.alone)
    throw new InputError(
      `--budget: the strategies of scenario ${id} are no rivals, so there is no doubt to spend a budget on. Measure it by itself, with --rounds.`,
    );
  if (budgetMs === 'answered' || budgetMs === undefined) return undefined;
  if (budgetMs !== 'default') return budgetMs;
  if (scenario.budget === undefined)
    throw new InputError(
      `--budget default: scenario ${id} names no budget of its own; give a time, like --budget 5m.`,
    );
  return parseBudget(scenario.budget, `scenario ${id}: budget`);
}

/** A label stands for one column of the results. */
function distinct(strategies: readonly StrategyEntry[]): StrategyEntry[] {
  const byLabel = new Map<string, StrategyEntry>();
  for (const entry of strategies) {
    const other = byLabel.get(entry.label);
    if (other !== undefined && other.module !== entry.module)
      throw new InputError(`two different strategies are called "${entry.label}": rename one of the files.`);
    byLabel.set(entry.label, entry);
  }
  const baselines = new Set(
    [...byLabel.values()].filter(({ strategy }) => strategy.baseline).map(({ id }) => id),
  );
  if (baselines.size > 1)
    throw new InputError(
      `${[...baselines].join(' and ')} both declare \`baseline\`, and every ratio is held against one: leave it out of one of them.`,
    );
  return [...byLabel.values()];
}

async function calibrated(
  kernel: KernelEntry,
  { host, now, calibration }: Preparation,
): Promise<RunHeader['calibration']> {
  if (!kernel.plugin.calibrates) return undefined;
  if (calibration !== undefined) return calibration;
  const { calibrate } = await import('../../measure/preflight/calibration.js');
  return calibrate(kernel, host, () => now.toISOString());
}

function runId(now: Date, { quick }: BenchOptions): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return quick ? `${stamp}-quick` : stamp;
}

/** What the results file says of the scenario, but for its sweeps. */
type Question = Omit<PlanRequest['scenario'], 'sweeps'>;

/** The scenario's own question, or, with somebody's own function or data, theirs. */
function questionOf({ id, scenario }: ScenarioEntry, options: BenchOptions): Question {
  const { quick, kernel, data } = options;
  const { title, question, from, claims, quickNote, prices, bandwidth } = scenario;
  if (kernel === undefined && data === undefined)
    return {
      id,
      title,
      question,
      from,
      claims,
      quickNote: quick ? quickNote : undefined,
      prices,
      bandwidth,
    };
  const what = kernel === undefined ? 'this work' : basename(kernel);
  const where = data === undefined ? 'generated dictionaries' : nameOf(data);
  return {
    id: scenarioIdOf(id, options),
    title: data === undefined ? `${title}: ${what}` : kernel === undefined ? where : `${what} on ${where}`,
    question: `When does going parallel, or vectorised, pay for ${what} on ${where}?`,
    from,
    // What a source says of its own function and data says nothing of theirs.
    claims: [],
  };
}

/** The id under which a run of this scenario is written. */
export function scenarioIdOf(id: string, options: BenchOptions): string {
  const { kernel, data, scenarios } = options;
  return (kernel === undefined && data === undefined) || scenarios !== undefined ? id : ownId(options);
}

/** Their runs stand in a folder of their own, not among those of a scenario that they did not name. */
function ownId({ kernel, data }: BenchOptions): string {
  const stems = [kernel, data && nameOf(data)].flatMap((path) => (path === undefined ? [] : [stemOf(path)]));
  return stems.join('-on-');
}

function nameOf({ file }: DataSource): string {
  return file === '-' ? 'standard-input' : basename(file);
}

function stemOf(path: string): string {
  return basename(path)
    .replace(/\.\w+$/, '')
    .replace(/[^\w.-]+/g, '-');
}

/**
 * Strategies in other languages are built and greeted before anything is measured; what is not installed is said and
 * does not apply. Others are returned as they are.
 */
async function readyPrograms(
  strategies: readonly StrategyEntry[],
  { module, plugin }: KernelEntry,
  options: BenchOptions,
  { note }: { note(line: string): void },
): Promise<{ strategies: StrategyEntry[]; tools?: Record<string, string> }> {
  const chosen = toolsOf(options);
  if (!strategies.some((entry) => isProgramHref(entry.module))) return { strategies: [...strategies] };
  // Whoever measures no program does not wait for what starts them.
  const { readyStrategy } = await import('../../measure/preflight/programs.js');
  const ref = { module, options: plugin.options };
  const ready: StrategyEntry[] = [];
  const versions = new Map<string, string>();
  for (const entry of strategies) {
    const { entry: found, needs, tools } = await readyStrategy(entry, ref, chosen);
    for (const [name, version] of Object.entries(tools ?? {})) versions.set(name, version);
    if (needs !== undefined) note(`${entry.label}: skipped: needs ${needs}`);
    ready.push(found);
  }
  return { strategies: ready, tools: Object.fromEntries(versions) };
}

/** `--python` as programs start it: they run in folders of their own. */
function toolsOf({ python }: BenchOptions): Record<string, string> {
  if (python === undefined) return {};
  if (!/[/\\]/.test(python)) return { python };
  const path = resolve(python);
  if (!existsSync(path)) throw new InputError(`--python ${python}: there is no such file.`);
  return { python: path };
}

/** Is it somebody's own file? The kernels that ship have tests of their own. */
function isOwn({ module }: KernelEntry): boolean {
  return !module.startsWith(packageHref);
}

/**
 * Tries somebody's own kernel on a few lists of the smallest cell, which are enough to see what it does. Returns the
 * options that this found (the kind of a plain function). Throws an InputError that says what is wrong with it.
 */
async function tryOwnKernel(kernel: KernelEntry, plan: Plan): Promise<Options> {
  const smallest = plan.header.cells.reduce((a, b) => (b.elements < a.elements ? b : a));
  const { kernel: ref, from, data } = plan.order(smallest.id);
  const { plainKind } = await inspecting({}, (inspector) =>
    inspector.probe({ kernel: ref, from, data }, kernel.id),
  );
  return plainKind === undefined ? {} : { kind: plainKind };
}
