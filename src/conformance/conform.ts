import type { StrategyEntry } from '../catalog/strategy.js';
import type { Form } from '../contract/dictionary.js';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/reference.js';
import { Answers } from './answers.js';
import { dataCases } from './cases.js';
import { Census } from './census.js';
import { lifecycleCases } from './lifecycle.js';
import { type CaseResult, resultOf } from './result.js';
import { trySession } from './session-case.js';
import { type Opened, openFor, type Subject, supportFor } from './subject.js';
import type { TrialKernel } from './trial-kernel.js';
import { workerCases } from './worker-cases.js';

export interface ConformOptions {
  readonly kernels: readonly TrialKernel[];
  readonly workers?: number;
  readonly deadlineMs?: number;
}

const forms: readonly Form[] = ['lists', 'columns'];

/**
 * The contract test of a strategy: every data case over every kernel that it supports, in both forms, each form in one
 * session; then what a session must bear. Never rejects and never hangs; ends early at a call that does.
 */
export async function* conform(strategy: StrategyEntry, options: ConformOptions): AsyncGenerator<CaseResult> {
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
  for (const trial of supported) for (const form of forms) yield* everyDictionary(subject, trial, form);
  const [first] = supported;
  if (first === undefined) {
    const problem = 'it supports none of the kernels it was tried with: check what `supports` answers';
    yield { case: 'supports', status: 'failed', problem, hung: false };
    return;
  }
  for (const form of forms) {
    for (const { name, run } of lifecycleCases)
      yield await resultOf(`${first.name}, ${form}: ${name}`, () => run(subject, first, form));
  }
  for (const { name, kernel, onlyWithWorkers, run } of workerCases) {
    if (onlyWithWorkers && !hasWorkers(subject)) continue;
    const trial = await kernel();
    const support = supportFor(subject, trial);
    yield support === true
      ? await resultOf(name, () => run(subject, trial))
      : { case: name, status: 'skipped', reason: support.reason };
  }
}

/** One session for all dictionaries: what one leaves behind must not reach the next. After a failure a new one. */
async function* everyDictionary(
  subject: Subject,
  trial: TrialKernel,
  form: Form,
): AsyncGenerator<CaseResult> {
  const answers = new Answers(trial);
  let opened: Opened | undefined;
  for (const { name, make } of dataCases) {
    const result = await resultOf(`${trial.name}, ${form}: ${name}`, async () => {
      opened ??= await openFor(subject, trial);
      const input = toForm(make(), form);
      const expected = await reference(trial.check, input);
      await trySession({ ...opened, answers, input, expected, deadlineMs: subject.deadlineMs });
    });
    yield result;
    if (result.status !== 'failed') continue;
    await opened?.close().catch(() => {});
    opened = undefined;
    if (result.hung) return;
  }
  if (opened !== undefined) yield await resultOf(`${trial.name}, ${form}: close`, opened.close);
}

function hasWorkers({ strategy }: Subject): boolean {
  return strategy.strategy.family === 'threads' || strategy.strategy.family === 'processes';
}
