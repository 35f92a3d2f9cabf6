import { UserError } from '../../src/contract/errors.js';
import { readArguments, type TortureArguments } from './arguments.js';
import { type CommandName, commandNames, commandOf } from './commands.js';
import { drawFault, kinds, seedOf } from './draw.js';
import { checkNamespaces, runInside } from './namespace.js';
import type { InsideRequest, Outcome } from './outcome.js';
import { openState, type State } from './state.js';
import { describeOutcome, describeOutcomes } from './table.js';

/*
 * npm run torture: faults at random moments into real runs of every command, each in a namespace of its own that
 * cannot write anywhere else. `--seed S` draws others, `--only SEED` repeats one, `--class NAME` tries one kind. A call
 * that runs out of `--minutes` is gone on with by the next one.
 */
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());

process.exitCode = 1;
try {
  process.exitCode = await torture(readArguments(process.argv.slice(2)));
} catch (cause) {
  if (interruption.signal.aborted) process.exitCode = 130;
  else if (cause instanceof UserError) {
    process.stderr.write(`${cause.message}\n`);
    process.exitCode = cause.exitCode;
  } else throw cause;
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

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
