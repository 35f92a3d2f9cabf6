import { parseAxisValues } from '../app/plan/axis-values.js';
import { outlinePlan, tooFewRounds } from '../app/plan/checks.js';
import { type BenchOptions, plainBench } from '../app/plan/options.js';
import { parseBudget } from '../app/quantity.js';
import { InputError } from '../contract/errors.js';
import type { AxisValue } from '../contract/scenario.js';
import { closest } from '../dictionary/did-you-mean.js';
import { formatBytes, formatCount, formatWait } from '../document/units.js';
import { plainPoint } from '../document/words.js';
import { varyingAxes } from '../documents/points.js';
import type { Plan } from '../measure/plan.js';
import { dataOptions, sourceOf } from './data-options.js';
import { ExitCode, worstOf } from './exit.js';
import {
  addedNames,
  flag,
  mostRounds,
  parsed,
  readAgain,
  readOptions,
  type Typed,
  text,
  texts,
  type Usage,
  wholeNumber,
} from './options.js';
import { openTerminal, say } from './terminal.js';

const options = {
  scenario: texts('scenario id or file, repeatable, or "all"'),
  strategy: texts('strategy id, label or file besides those of the scenario, repeatable'),
  only: texts('the same, in place of those of the scenario, repeatable'),
  kernel: text('kernel id, or a file whose default export is a kernel or a function of one list'),
  ...dataOptions,
  quick: flag('fewer points and rounds: indicative'),
  rounds: wholeNumber('passes over all cells, so many (default: until every question is answered)', {
    least: 1,
    most: mostRounds,
  }),
  budget: parsed(
    'time to spend where the doubt is, like 60s, 5m or 1h, also beyond what answers take; default: the scenario’s own',
    (text) => (text === 'default' ? text : parseBudget(text, '--budget')),
  ),
  resume: text('go on with a run that was cut off: its folder or results file; alone'),
  cache: parsed(
    'warm: calls meet the same data again and again, as caches still have it (default fresh)',
    (cache) => {
      if (cache === 'warm' || cache === 'fresh') return cache;
      throw new InputError(`--cache ${cache}: there are warm and fresh.`);
    },
  ),
  seed: wholeNumber('seed of data and order (default 1)', { least: 0 }, plainBench.seed),
  cpus: text('processors that cells may use, like 0 or 0-3'),
  python: text('interpreter for strategies in Python (default python3)'),
  peers: flag('with other people’s pools that ship and are installed, as their users write them'),
  'node-arg': texts('further argument for Node in each cell, repeatable'),
  limit: wholeNumber(
    'seconds after which a cell is ended and recorded as a bound (default 60)',
    { least: 1 },
    plainBench.limitMs / 1_000,
  ),
  out: text('folder for the runs (default reports)', plainBench.out),
  save: parsed('keep the results under this name, for compare --baseline', (name) => {
    checkBaselineName(name);
    return name;
  }),
  'dry-run': flag('show cells, memory and time, and measure nothing'),
  strict: flag('exit with 4 where the warm account leaves a point undecided'),
};

/**
 * What an option changes of a run. Runs that differ in `how` it was measured are no two runs of one thing: the header says
 * it, so that `compare`, histories and `--resume` see it. `what`: other strategies or cells; `effort`: how much is measured.
 */
export type OptionEffect = 'what' | 'how' | 'effort' | 'nothing';

export const effectOf: Readonly<Record<keyof typeof options, OptionEffect>> = {
  scenario: 'what',
  strategy: 'what',
  only: 'what',
  peers: 'what',
  kernel: 'how',
  data: 'how',
  'group-by': 'how',
  value: 'how',
  columns: 'how',
  at: 'how',
  delimiter: 'how',
  header: 'how',
  encoding: 'how',
  missing: 'how',
  'number-format': 'how',
  lenient: 'how',
  'allow-rounding': 'how',
  quick: 'how',
  cache: 'how',
  seed: 'how',
  cpus: 'how',
  python: 'how',
  'node-arg': 'how',
  rounds: 'effort',
  budget: 'effort',
  limit: 'effort',
  resume: 'nothing',
  out: 'nothing',
  save: 'nothing',
  'dry-run': 'nothing',
  strict: 'nothing',
};

/** Whatever else is given is an axis. */
const benchOptionNames: readonly string[] = Object.keys(options);

export const benchUsage: Usage = {
  name: 'bench',
  isStandard: true,
  describe: 'measure a scenario, check every answer, write charts and a verdict',
  options,
  makesFolders: true,
  takesAxes: true,
  epilogue:
    'Any axis is an option too, and replaces that axis in every sweep: --keys 4,8,16  --length 1e3..1e6x10  ' +
    '--skew equal,1.1  --values doubles  --workers 1,2,4  --chunk key  --steps 1,4,16',
};

/** Throws an InputError that names the option. */
export function benchOptions(typed: Typed, command: readonly string[]): BenchOptions {
  if (typed.budget !== undefined && typed.rounds !== undefined)
    throw new InputError(
      '--budget and --rounds: give one of them. A budget decides itself who gets how many rounds.',
    );
  const given = readOptions(options, typed);
  return {
    scenarios: given.scenario,
    strategies: given.strategy,
    only: given.only,
    kernel: given.kernel,
    data: sourceOf(given),
    quick: given.quick,
    rounds: given.rounds,
    budgetMs: given.budget ?? (given.rounds === undefined ? 'answered' : undefined),
    seed: given.seed,
    cpus: given.cpus,
    nodeArgs: given['node-arg'] ?? [],
    python: given.python,
    peers: given.peers,
    out: given.out,
    save: given.save,
    dryRun: given['dry-run'],
    strict: given.strict,
    limitMs: 1_000 * given.limit,
    ...(given.cache === 'warm' ? { cache: 'warm' as const } : {}),
    axes: axesOf(typed),
    command,
    optionNames: benchOptionNames,
  };
}

/** The options of a run that was started with this command line: what `--resume` goes on with. */
export function optionsOf(command: readonly string[]): Promise<BenchOptions> {
  return readAgain(benchUsage, command, (typed) => benchOptions(typed, command));
}

/** The run to go on with. Everything else is taken from it: an option beside it would say something else. */
export function runToResume(typed: Typed): string {
  const others = Object.keys(typed).filter((name) => !['_', '$0', 'resume'].includes(name));
  if (others.length > 0)
    throw new InputError(
      `--resume goes on with the run as it was started: leave out --${others[0]}, or start a new run with it.`,
    );
  return options.resume.read(typed, 'resume') ?? '';
}

/** What yargs does not know as an option is taken for an axis; whether there is such an axis is checked later. */
function axesOf(typed: Typed): Record<string, AxisValue[]> {
  const known = new Set([...addedNames, ...benchOptionNames]);
  const axes = new Map<string, AxisValue[]>();
  for (const [name, value] of Object.entries(typed)) {
    if (known.has(name) || value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    if (values.includes(true)) throw withoutValue(name);
    axes.set(name, parseAxisValues(name, values.join(',')));
  }
  return Object.fromEntries(axes);
}

function withoutValue(name: string): InputError {
  const near = closest(name, benchOptionNames);
  return new InputError(
    near === undefined
      ? `--${name} stands without a value. An axis needs some, like --keys 4,8,16; all options are shown by --help.`
      : `there is no option --${name}. Did you mean --${near}?`,
  );
}

/** Refused before anything is measured: the name becomes a folder. */
function checkBaselineName(name: string): void {
  if (!/^[\w][\w.-]*$/.test(name))
    throw new InputError(`--save ${name}: a name has letters, digits, dots, dashes and underscores only.`);
}

/** `bench`: measures what was asked for, a run per scenario. Ends with the worst of their codes. */
export async function benchCommand(options: BenchOptions): Promise<ExitCode> {
  const [{ bench, withPlans }, { callFromTerminal }] = await Promise.all([
    import('../app/bench.js'),
    import('./caller.js'),
  ]);
  return callFromTerminal(async (caller) => {
    if (options.dryRun) return withPlans(options, caller, showPlans);
    const codes: ExitCode[] = [];
    await bench(options, caller, async (run) => {
      const { endRun } = await import('./result.js');
      codes.push(endRun(run, options));
    });
    return worstOf(codes);
  });
}

/** `bench --resume`: goes on with a run that was cut off. */
export async function resumeCommand(run: string): Promise<ExitCode> {
  const [{ resumeBench }, { callFromTerminal }, { codeOfAnalysis, endRun, printResult }] = await Promise.all([
    import('../app/bench.js'),
    import('./caller.js'),
    import('./result.js'),
  ]);
  return callFromTerminal(async (caller) => {
    const resumed = await resumeBench(run, optionsOf, caller);
    if (resumed.kind === 'measured') return endRun(resumed, resumed.options);
    printResult(resumed);
    return codeOfAnalysis(resumed.analysis);
  });
}

/** `--dry-run`: the cells, their memory and about how long they take, and nothing measured. */
async function showPlans(plans: readonly Plan[]): Promise<ExitCode> {
  let totalMs = 0;
  for (const plan of plans) totalMs += show(plan);
  if (plans.length > 1) say(`All ${plans.length} scenarios: about ${formatWait(totalMs)}.`);
  return ExitCode.fine;
}

/** Prints one plan and returns what it costs. */
function show(plan: Plan): number {
  const { header, runnable } = plan;
  const axes = varyingAxes(header.cells.map(({ point }) => point));
  const { cellMs, measured, roundMs, totalMs, largestBytes } = outlinePlan(plan);
  const rows = header.cells.map((cell) => [
    cell.strategy,
    plainPoint(cell.point, axes.length === 0 ? Object.keys(cell.point) : axes),
    formatCount(cell.elements),
    formatBytes(cell.estimatedBytes),
    cell.notApplicable === undefined ? `${(cellMs(cell.id) / 1_000).toFixed(1)} s` : 'not applicable',
  ]);
  openTerminal().table(['strategy', 'point', 'numbers', 'memory', 'about, per round'], rows);
  for (const [strategy, reason] of reasons(plan)) say(`${strategy} is not applicable: ${reason}`);
  const { budgetMs, until } = header;
  const much = `one at a time, at most ${formatBytes(largestBytes)}`;
  const source =
    measured === runnable.length
      ? 'as earlier runs on this machine took'
      : measured === 0
        ? 'a guess: nothing was measured'
        : `a guess but for ${measured} cells that were measured before on this machine`;
  say(
    budgetMs === undefined
      ? `${header.scenario.id}: ${runnable.length} cells × ${header.rounds} rounds, ${much}, about ${formatWait(totalMs)} (${source}).`
      : `${header.scenario.id}: ${runnable.length} cells, ${much}, ${formatWait(roundMs)} per round (${source}), ` +
          (until === undefined
            ? `within a budget of ${formatWait(budgetMs)}.`
            : `about ${formatWait(totalMs)} until every question is answered, at most ${formatWait(budgetMs)}.`),
  );
  const doubt = tooFewRounds(plan);
  if (doubt !== undefined) say(doubt);
  return totalMs;
}

function reasons({ header }: Plan): ReadonlyMap<string, string> {
  return new Map(
    header.cells.flatMap(({ strategy, notApplicable }) =>
      notApplicable === undefined ? [] : [[strategy, notApplicable] as const],
    ),
  );
}
