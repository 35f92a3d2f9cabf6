import { text, wholeNumber } from '../../src/cli/options.js';
import { tableLines } from '../../src/render/terminal.js';
import { defineLab, say } from '../lab/lab.js';
import { type CommandName, commandNames, commandOf } from './commands.js';
import { drawFault, kinds, seedOf } from './draw.js';
import { checkNamespaces, runInside } from './namespace.js';
import type { InsideRequest, Outcome } from './outcome.js';
import { defaultStateFile, openState, type State } from './state.js';

/*
 * npm run torture: faults at random moments into real runs of every command, each in a namespace of its own that
 * cannot write anywhere else. `--seed S` draws others, `--only SEED` repeats one, `--class NAME` tries one kind. A call
 * that runs out of `--minutes` is gone on with by the next one.
 */
const interruption = new AbortController();

export const lab = defineLab(
  {
    minutes: wholeNumber('of this call', { least: 0 }, 10),
    seed: wholeNumber('of the faults', { least: 0 }, 1),
    faults: wholeNumber('to be tried in all calls together', { least: 0 }, 300),
    only: wholeNumber('one fault, by its seed', { least: 0 }),
    class: text('classes of faults, with commas between them'),
    state: text('file in which it is kept what was tried'),
    'at-once': wholeNumber('sandboxes at once', { least: 1 }, 2),
  },
  async ({ only, state, ...given }) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => interruption.abort());
    const seed = only === undefined ? given.seed : Math.floor(only / 100_000);
    const stateFile = state ?? defaultStateFile(seed);
    const args = { ...given, seed, only, kind: given.class, atOnce: given['at-once'], stateFile };
    return torture(args).catch((cause: unknown) => {
      if (interruption.signal.aborted) return 130;
      throw cause;
    });
  },
);

interface TortureArguments {
  readonly minutes: number;
  readonly seed: number;
  readonly faults: number;
  /** Of one fault, to be tried alone. */
  readonly only: number | undefined;
  /** Classes of faults, to be tried alone, with commas between them. */
  readonly kind: string | undefined;
  readonly stateFile: string;
  readonly atOnce: number;
}

async function torture(args: TortureArguments): Promise<number> {
  checkNamespaces();
  const state = openState(args.stateFile);
  const until = performance.now() + args.minutes * 60_000;
  const wanted = seedsOf(args);
  await runUndisturbed(state, wanted);
  const tried = new Set(args.only === undefined ? state.outcomes.map(({ seed }) => seed) : []);
  const waiting = wanted.filter((seed) => !tried.has(seed));
  const now: Outcome[] = [];
  const lane = async () => {
    while (performance.now() < until && !interruption.signal.aborted) {
      const seed = waiting.shift();
      if (seed === undefined) return;
      now.push(await carryOut(state, { kind: 'fault', seed }));
    }
  };
  await Promise.all(Array.from({ length: args.atOnce }, lane));
  const all = [...state.outcomes.filter(({ seed }) => seed === undefined), ...outcomesOf(wanted, state, now)];
  for (const line of describeOutcomes(all)) say(line);
  if (interruption.signal.aborted) return 130;
  if (waiting.length > 0) {
    say(`The time is up: ${waiting.length} faults are left. The same command goes on with them.`);
    return 1;
  }
  return all.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

function seedsOf({ only, kind, seed, faults }: TortureArguments): number[] {
  if (only !== undefined) return [only];
  const all = Array.from({ length: faults }, (_, index) => seedOf(seed, index));
  if (kind === undefined) return all;
  const found = all.filter((each) => kind.split(',').includes(drawFault(each).kind.name));
  if (found.length === 0)
    say(`There is no class ${kind}: use one of ${kinds.map(({ name }) => name).join(', ')}.`);
  return found;
}

/** What others are measured by: first those whose files the others read. */
async function runUndisturbed(state: State, seeds: readonly number[]): Promise<void> {
  const needed = new Set(seeds.map((seed) => drawFault(seed).fault.command));
  const first: readonly CommandName[] = ['bench', 'calibrate stored'];
  const names = [...first, ...commandNames.filter((name) => needed.has(name) && !first.includes(name))];
  for (const command of names)
    if (state.expectedMs[command] === undefined && commandOf(command).spanMs === undefined)
      await carryOut(state, { kind: 'undisturbed', command });
}

async function carryOut(state: State, task: InsideRequest['task']): Promise<Outcome> {
  const { place, fixtures, expectedMs } = state;
  const name = `breakeven-torture-${process.pid}-${task.kind === 'fault' ? task.seed : 'undisturbed'}`;
  const beganMs = performance.now();
  const outcome = await runInside({ place, fixtures, expectedMs, task }, name, interruption.signal).catch(
    (cause: Error): Outcome => {
      if (interruption.signal.aborted) throw cause;
      return brokenHarness(task, cause, performance.now() - beganMs);
    },
  );
  state.add(outcome);
  for (const line of describeOutcome(outcome)) say(line);
  return outcome;
}

function brokenHarness(task: InsideRequest['task'], cause: Error, ms: number): Outcome {
  const drawn = task.kind === 'fault' ? drawFault(task.seed) : undefined;
  return {
    seed: drawn?.seed,
    kind: drawn?.kind.name ?? 'undisturbed',
    title: drawn?.fault.title ?? 'nothing',
    command: drawn?.fault.command ?? task.command ?? 'list',
    ending: 'nothing',
    ms,
    commandMs: ms,
    violations: [cause.message],
    said: '',
    artifacts: {},
  };
}

/** The newest outcome of each fault: one that is repeated replaces what was seen before. */
function outcomesOf(seeds: readonly number[], state: State, now: readonly Outcome[]): Outcome[] {
  return seeds.flatMap(
    (seed) => [...state.outcomes, ...now].findLast((outcome) => outcome.seed === seed) ?? [],
  );
}

/** The table per class, and the last line with the sum. */
function describeOutcomes(outcomes: readonly Outcome[]): string[] {
  const names = ['undisturbed', ...kinds.map(({ name }) => name)];
  const rows = names.flatMap((name) => {
    const tried = outcomes.filter(({ kind }) => kind === name);
    if (tried.length === 0) return [];
    const violated = tried.filter(({ violations }) => violations.length > 0).length;
    const slowest = tried.reduce((a, b) => (b.ms > a.ms ? b : a));
    const seconds = `${(slowest.ms / 1000).toFixed(1)} s`;
    const which = slowest.seed === undefined ? '' : ` (${slowest.seed})`;
    return [[name, `${tried.length}`, `${violated}`, `${seconds}${which}`]];
  });
  const table = tableLines(
    ['class', 'tried', 'violations', 'slowest (seed)'],
    rows,
    Number.POSITIVE_INFINITY,
  );
  return [table, sumOf(outcomes)];
}

function sumOf(outcomes: readonly Outcome[]): string {
  const faults = outcomes.filter(({ seed }) => seed !== undefined);
  const violated = outcomes.filter(({ violations }) => violations.length > 0).length;
  return `${faults.length} faults, ${violated} violations`;
}

/** One fault, for a line of progress; with what is wrong, and how to repeat it. */
function describeOutcome({ seed, kind, title, command, ending, ms, violations, said }: Outcome): string[] {
  const name = seed === undefined ? 'undisturbed' : `${seed}`;
  const head = `${violations.length > 0 ? '✗' : '✓'} ${name}  ${kind}: ${title}; ${command}: ${ending}, ${(ms / 1000).toFixed(1)} s`;
  if (violations.length === 0) return [head];
  return [
    head,
    ...violations.map((violation) => `    ${violation}`),
    ...(said.trim() === '' ? [] : [`    stderr ended: ${said.trim().slice(-300).replaceAll('\n', ' ⏎ ')}`]),
    ...(seed === undefined ? [] : [`    repeat it: npm run torture -- --only ${seed}`]),
  ];
}
