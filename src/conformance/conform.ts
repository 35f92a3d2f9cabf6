import { type Dictionary, type Form, isLists } from '../contract/dictionary.js';
import type { Session } from '../contract/strategy.js';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/expected.js';
import type { LoadedStrategy } from '../plugins/strategy.js';
import { dataCases } from './cases.js';
import { Census } from './census.js';
import { type CaseResult, ContractBroken, resultOf, within } from './result.js';
import { Answers, trySession } from './session-case.js';
import {
  type Opened,
  type OpenOptions,
  openFor,
  type Subject,
  supportFor,
  type TrialKernel,
} from './subject.js';
import { workerCases } from './worker-cases.js';

interface ConformOptions {
  readonly kernels: readonly TrialKernel[];
  readonly workers?: number;
  readonly deadlineMs?: number;
}

const listsFirst: readonly Form[] = ['lists', 'columns'];
const columnsFirst: readonly Form[] = ['columns', 'lists'];

/**
 * The contract test of a strategy: every data case over every kernel that it supports, in both forms, all of a kernel
 * in one session; then what a session must bear. Never rejects and never hangs; ends early at a call that does.
 */
export async function* conform(
  strategy: LoadedStrategy,
  options: ConformOptions,
): AsyncGenerator<CaseResult> {
  const subject: Subject = {
    strategy,
    workers: options.workers ?? 3,
    deadlineMs: options.deadlineMs ?? 10_000,
    census: new Census(),
    host: { usableCores: 2, nodeVersion: process.version.slice(1) },
  };
  try {
    for await (const result of everyCase(subject, options.kernels)) {
      yield result;
      if (result.status === 'failed' && result.hung) {
        yield {
          case: 'everything else',
          status: 'skipped',
          reason: 'not tried after a call that never ended',
        };
        return;
      }
    }
  } finally {
    await subject.census.end();
  }
}

async function* everyCase(subject: Subject, kernels: readonly TrialKernel[]): AsyncGenerator<CaseResult> {
  const supported: TrialKernel[] = [];
  for (const trial of kernels) {
    const support = supportFor(subject, trial);
    if (support === true) supported.push(trial);
    else yield { case: trial.name, status: 'skipped', reason: support.reason };
  }
  // A session must bear either form as its first.
  for (const [index, trial] of supported.entries())
    yield* everyDictionary(subject, trial, index % 2 === 0 ? listsFirst : columnsFirst);
  const [first] = supported;
  if (first === undefined) {
    const problem = 'it supports none of the kernels it was tried with: check what `supports` answers';
    yield { case: 'supports', status: 'failed', problem, hung: false };
    return;
  }
  for (const each of lifecycleCases) yield* bothForms(subject, first, each);
  yield await resultOf(`${first.name}: close twice`, () => closeTwice(subject, first));
  for (const { name, kernel, onlyWithWorkers, run } of workerCases) {
    if (onlyWithWorkers && !hasWorkers(subject)) continue;
    const trial = await kernel();
    const support = supportFor(subject, trial);
    yield support === true
      ? await resultOf(name, () => run(subject, trial))
      : { case: name, status: 'skipped', reason: support.reason };
  }
}

interface FormCase {
  readonly name: string;
  tryIn(session: Session): Promise<void>;
}

/** One session for all dictionaries in both forms: what one leaves behind must not reach the next. */
function everyDictionary(
  subject: Subject,
  trial: TrialKernel,
  forms: readonly Form[],
): AsyncGenerator<CaseResult> {
  const { deadlineMs } = subject;
  const cases = forms.flatMap((form): FormCase[] => {
    const answers = new Answers(trial);
    return dataCases.map(({ name, make }) => ({
      name: `${trial.name}, ${form}: ${name}`,
      tryIn: async (session) => {
        const input = toForm(make(), form);
        const expected = await reference(trial.check, input);
        await trySession({ session, answers, input, expected, deadlineMs });
      },
    }));
  });
  return inOneSession(subject, trial, `${trial.name}: close`, cases);
}

function bothForms(
  subject: Subject,
  trial: TrialKernel,
  { name, options, tryForm }: LifecycleCase,
): AsyncGenerator<CaseResult> {
  const cases = columnsFirst.map((form) => ({
    name: `${trial.name}, ${form}: ${name}`,
    tryIn: (session: Session) => tryForm(session, trial, form, subject.deadlineMs),
  }));
  return inOneSession(subject, trial, `${trial.name}: close after ${name}`, cases, options);
}

/** After a failure a new session; none of them may leave a worker behind. */
async function* inOneSession(
  subject: Subject,
  trial: TrialKernel,
  closing: string,
  cases: readonly FormCase[],
  options: OpenOptions = {},
): AsyncGenerator<CaseResult> {
  let opened: Opened | undefined;
  for (const { name, tryIn } of cases) {
    const result = await resultOf(name, async () => {
      opened ??= await openFor(subject, trial, options);
      await tryIn(opened.session);
    });
    yield result;
    if (result.status !== 'failed') continue;
    await opened?.close().catch(() => {});
    opened = undefined;
    if (result.hung) return;
  }
  const { close } = opened ?? {};
  if (close !== undefined) yield await resultOf(closing, () => closeWhole(close, subject.census));
}

function hasWorkers({ strategy }: Subject): boolean {
  return strategy.strategy.family === 'threads' || strategy.strategy.family === 'processes';
}

/** What a session must bear besides answering: cases that every strategy has, in the order in which they are tried. */
const lifecycleCases: readonly LifecycleCase[] = [
  { name: 'two runs in one session, the data changed in place between them', tryForm: changedInPlace },
  { name: 'one key per message', options: { chunk: 'key' }, tryForm: once },
  { name: 'two keys per message', options: { chunk: 2 }, tryForm: once },
  { name: 'one worker', options: { workers: 1 }, tryForm: once },
];

/** One session, opened with these options, which is tried with both forms. */
interface LifecycleCase {
  readonly name: string;
  readonly options?: OpenOptions;
  tryForm(session: Session, trial: TrialKernel, form: Form, deadlineMs: number): Promise<void>;
}

/** The same Map, the same typed array, other numbers: what was kept by identity of the input is wrong now. */
async function changedInPlace(
  session: Session,
  trial: TrialKernel,
  form: Form,
  deadlineMs: number,
): Promise<void> {
  const answers = new Answers(trial);
  const input = someInput(form);
  const tryIt = async () => {
    const expected = await reference(trial.check, input);
    await trySession({ session, answers, input, expected, deadlineMs });
  };
  await tryIt();
  for (const numbers of isLists(input) ? input.values() : [input.values])
    for (let i = 0; i < numbers.length; i++) numbers[i] += 100;
  answers.checkUnchanged('the caller, who changed its own input,');
  await tryIt();
}

async function once(session: Session, trial: TrialKernel, form: Form, deadlineMs: number): Promise<void> {
  const input = someInput(form);
  const expected = await reference(trial.check, input);
  await trySession({ session, answers: new Answers(trial), input, expected, deadlineMs });
}

/** The first close ends whoever was started; the second finds nothing to do. */
async function closeTwice(subject: Subject, trial: TrialKernel): Promise<void> {
  const { session, close } = await openFor(subject, trial);
  await close();
  await within(subject.deadlineMs, 'close, called a second time,', () => session.close());
}

/** Closes, and throws ContractBroken where somebody who was started is left. */
async function closeWhole(close: () => Promise<void>, census: Census): Promise<void> {
  await close();
  const left = await census.left();
  if (left > 0)
    throw new ContractBroken(
      `${left} ${left === 1 ? 'worker is' : 'workers are'} left after close: close must end everything that open started`,
    );
}

function someInput(form: Form): Dictionary {
  const lists = Array.from({ length: 7 }, (_, i) => Array.from({ length: i + 3 }, (_, j) => 10 * i + j));
  return toForm(new Map(lists.map((list, i) => [`key${i}`, list])), form);
}
