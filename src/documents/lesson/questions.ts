import type { Axes } from '../../contract/scenario.js';
import type { Question } from './compared.js';
import type { PartId } from './part.js';

/** Work per number of the part `paying`, as steps: those that its scenario sweeps, of which a quick lesson takes some. */
export const steps = [8, 32, 128, 512] as const;

const ints: Axes = { values: ['ints'] };
const doubles: Axes = { values: ['doubles'] };

/** "Is `one` faster than `other`?", both at the same point, unless told otherwise in the warm account. */
function ask(
  part: PartId,
  [one, other]: readonly [string, string],
  where?: Axes,
  account: Question['account'] = 'warm',
): Question {
  const place = (strategy: string) => ({ part, strategy, ...(where === undefined ? {} : { where }) });
  return { account, one: place(one), other: place(other) };
}

/** The same strategy at two points. */
function between(part: PartId, strategy: string, one: Axes, other: Axes): Question {
  return { account: 'warm', one: { part, strategy, where: one }, other: { part, strategy, where: other } };
}

const json = 'child-process[serialization=json]';

/** Everything that the lesson's sentences ask of the run. */
export const questions = {
  tasksWait: ask('waiting', ['async-tasks', 'for-loop']),
  threadsWait: ask('waiting', ['python-threads', 'python-for-loop']),
  processesWait: ask('waiting', ['python-process-pool', 'python-for-loop']),
  threadsOrProcessesWait: ask('waiting', ['python-threads', 'python-process-pool']),
  tasksWork: ask('working', ['async-tasks', 'for-loop']),
  threadsWork: ask('working', ['python-threads', 'python-for-loop']),
  processesWork: ask('working', ['python-process-pool', 'python-for-loop']),

  twoThreads: ask('lock', ['python-threads', 'python-for-loop']),
  twoProcesses: ask('lock', ['python-process-pool', 'python-for-loop']),
  twoNodeThreads: ask('lock', ['worker-threads', 'for-loop']),
  nodeOrPython: ask('lock', ['for-loop', 'python-for-loop']),
  nodeOrPythonPool: ask('lock', ['for-loop', 'python-process-pool']),

  packed: ask('sending', ['typed-array', 'for-loop'], ints),
  cloned: ask('sending', ['worker-threads', 'for-loop'], ints),
  asJson: ask('sending', [json, 'for-loop'], ints),
  pickled: ask('vectors', ['python-process-pool', 'python-for-loop']),
  fewMessages: between('messages', 'worker-threads', { chunk: ['balanced'] }, { chunk: ['key'] }),

  simdInPlace: ask('vectors', ['wasm-simd', 'for-loop'], undefined, 'resident'),
  typedInPlace: ask('vectors', ['typed-array', 'for-loop'], undefined, 'resident'),
  simdFromLists: ask('vectors', ['wasm-simd', 'for-loop']),
  simdThreadsInPlace: ask('vectors', ['wasm-simd-threads', 'wasm-simd'], undefined, 'resident'),
  numpyInPlace: ask('vectors', ['python-numpy', 'python-for-loop'], undefined, 'resident'),
  numpyFromLists: ask('vectors', ['python-numpy', 'python-for-loop']),
  numpyOrPool: ask('vectors', ['python-numpy', 'python-process-pool']),

  transferOrClone: ask('paying', ['worker-threads-transfer', 'worker-threads'], { steps: [32] }),
  sharedOrClone: ask('paying', ['worker-threads-shared', 'worker-threads'], { steps: [32] }),
  ...paying('cloned', 'worker-threads'),
  ...paying('transferred', 'worker-threads-transfer'),
  ...paying('shared', 'worker-threads-shared'),

  fractionsAsJson: between('sending', json, ints, doubles),
  fractionsCloned: between('sending', 'worker-threads', ints, doubles),
  onceOrLoop: ask('paying', ['worker-threads', 'for-loop'], { steps: [512] }, 'one-shot'),
} satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;

/** Strategies that a part is asked about, each once, as the questions name them. */
export function namesAsked(part: PartId): string[] {
  const places = Object.values<Question>(questions).flatMap(({ one, other }) => [one, other]);
  return [...new Set(places.filter((place) => place.part === part).map(({ strategy }) => strategy))];
}

/** Does a way of sending pay, at each amount of work? `cloned8`, `cloned32`, … */
function paying<Way extends string>(way: Way, strategy: string) {
  return Object.fromEntries(
    steps.map((step) => [`${way}${step}`, ask('paying', [strategy, 'for-loop'], { steps: [step] })]),
  ) as Record<`${Way}${(typeof steps)[number]}`, Question>;
}
