import { type Dictionary, type Form, isLists } from '../contract/dictionary.js';
import type { Session } from '../contract/strategy.js';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/expected.js';
import { Answers } from './answers.js';
import type { Census } from './census.js';
import { within } from './deadline.js';
import { ContractBroken } from './result.js';
import { trySession } from './session-case.js';
import { type OpenOptions, openFor, type Subject } from './subject.js';
import type { TrialKernel } from './trial-kernel.js';

/** What a session must bear besides answering: cases that every strategy has, in the order in which they are tried. */
export const lifecycleCases: readonly LifecycleCase[] = [
  { name: 'two runs in one session, the data changed in place between them', tryForm: changedInPlace },
  { name: 'one key per message', options: { chunk: 'key' }, tryForm: once },
  { name: 'two keys per message', options: { chunk: 2 }, tryForm: once },
  { name: 'one worker', options: { workers: 1 }, tryForm: once },
];

/** One session, opened with these options, which is tried with both forms. */
export interface LifecycleCase {
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
export async function closeTwice(subject: Subject, trial: TrialKernel): Promise<void> {
  const { session, close } = await openFor(subject, trial);
  await close();
  await within(subject.deadlineMs, 'close, called a second time,', () => session.close());
}

/** Closes, and throws ContractBroken where somebody who was started is left. */
export async function closeWhole(close: () => Promise<void>, census: Census): Promise<void> {
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
