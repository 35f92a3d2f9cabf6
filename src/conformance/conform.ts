import type { LoadedStrategy } from '../catalog/strategy.js';
import type { Form } from '../contract/dictionary.js';
import type { Session } from '../contract/strategy.js';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/expected.js';
import { Answers } from './answers.js';
import { dataCases } from './cases.js';
import { Census } from './census.js';
import { closeTwice, closeWhole, type LifecycleCase, lifecycleCases } from './lifecycle.js';
import { type CaseResult, resultOf } from './result.js';
import { trySession } from './session-case.js';
import { type Opened, type OpenOptions, openFor, type Subject, supportFor } from './subject.js';
import type { TrialKernel } from './trial-kernel.js';
import { workerCases } from './worker-cases.js';

export interface ConformOptions {
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
