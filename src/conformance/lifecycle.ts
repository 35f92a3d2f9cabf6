import { type Dictionary, type Form, isLists } from '../contract/dictionary.js';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/reference.js';
import { Answers } from './answers.js';
import { within } from './deadline.js';
import { ContractBroken } from './result.js';
import { trySession } from './session-case.js';
import { type OpenOptions, openFor, type Subject } from './subject.js';
import type { TrialKernel } from './trial-kernel.js';

/** What a session must bear besides answering: cases that every strategy has, in the order in which they are tried. */
export const lifecycleCases: readonly {
  readonly name: string;
  run(subject: Subject, trial: TrialKernel, form: Form): Promise<void>;
}[] = [
  { name: 'two runs in one session, the data changed in place between them', run: changedInPlace },
  { name: 'close twice', run: closeTwice },
  { name: 'one key per message', run: (...given) => openedWith(given, { chunk: 'key' }) },
  { name: 'two keys per message', run: (...given) => openedWith(given, { chunk: 2 }) },
  { name: 'one worker', run: (...given) => openedWith(given, { workers: 1 }) },
];

/** The same Map, the same typed array, other numbers: what was kept by identity of the input is wrong now. */
async function changedInPlace(subject: Subject, trial: TrialKernel, form: Form): Promise<void> {
  const { session, close } = await openFor(subject, trial);
  const answers = new Answers(trial);
  const input = someInput(form);
  const tryIt = async () => {
    const expected = await reference(trial.check, input);
    await trySession({ session, answers, input, expected, deadlineMs: subject.deadlineMs });
  };
  try {
    await tryIt();
    for (const numbers of isLists(input) ? input.values() : [input.values])
      for (let i = 0; i < numbers.length; i++) numbers[i] += 100;
    answers.checkUnchanged('the caller, who changed its own input,');
    await tryIt();
  } finally {
    await close();
  }
}

async function closeTwice(subject: Subject, trial: TrialKernel): Promise<void> {
  const { session, close } = await openFor(subject, trial);
  await close();
  await within(subject.deadlineMs, 'close, called a second time,', () => session.close());
}

function openedWith(given: [Subject, TrialKernel, Form], options: OpenOptions): Promise<void> {
  return once(...given, options);
}

async function once(subject: Subject, trial: TrialKernel, form: Form, options: OpenOptions): Promise<void> {
  const { session, close } = await openFor(subject, trial, options);
  try {
    const input = someInput(form);
    const expected = await reference(trial.check, input);
    await trySession({
      session,
      answers: new Answers(trial),
      input,
      expected,
      deadlineMs: subject.deadlineMs,
    });
  } finally {
    await close();
  }
  const left = await subject.census.left();
  if (left > 0)
    throw new ContractBroken(
      `${left} ${left === 1 ? 'worker is' : 'workers are'} left after close: close must end everything that open started`,
    );
}

function someInput(form: Form): Dictionary {
  const lists = Array.from({ length: 7 }, (_, i) => Array.from({ length: i + 3 }, (_, j) => 10 * i + j));
  return toForm(new Map(lists.map((list, i) => [`key${i}`, list])), form);
}
