import type { Dictionary } from '../contract/dictionary.js';
import type { Placed, Session, StagedSession } from '../contract/strategy.js';
import { checksum } from '../dictionary/checksum.js';
import { difference } from '../dictionary/compare.js';
import { leftAfterPoison } from '../measure/cell/verify.js';
import { ContractBroken, within } from './result.js';
import type { TrialKernel } from './subject.js';

interface SessionCase {
  readonly session: Session;
  readonly answers: Answers;
  readonly input: Dictionary;
  readonly expected: Dictionary;
  readonly deadlineMs: number;
}

/** One dictionary by every way that the session has. Throws ContractBroken. */
export async function trySession(request: SessionCase): Promise<void> {
  const { session, input } = request;
  const before = checksum(input);
  const inputIsUnchanged = (by: string) => {
    if (checksum(input) !== before)
      throw new ContractBroken(`${by} changed its input: copy what is to be changed`);
  };
  if (session.run !== undefined) {
    await tryRun(request);
    inputIsUnchanged('run');
  }
  if ('place' in session) {
    await tryStages(request, session);
    inputIsUnchanged('a stage');
  }
}

async function tryRun({ session, answers, input, expected, deadlineMs }: SessionCase): Promise<void> {
  const run = (session as { run(input: Dictionary): Dictionary | Promise<Dictionary> }).run.bind(session);
  await within(
    deadlineMs,
    'run',
    () => run(input),
    (answer) => answers.take('run', expected, answer),
  );
  answers.checkUnchanged('run');
}

async function tryStages(request: SessionCase, session: StagedSession): Promise<void> {
  const { answers, input, expected, deadlineMs } = request;
  const placed = await within<Placed>(deadlineMs, 'place', () => session.place(input));
  const stage = <T>(name: string, call: () => T | Promise<T>, take?: (value: T) => void) =>
    within<T, unknown>(deadlineMs, name, call, take);

  await stage('compute', () => placed.compute());
  await stage(
    'collect',
    () => placed.collect(),
    (answer) => answers.take('collect', expected, answer),
  );
  await stage('poison', () => placed.poison());
  answers.checkUnchanged('poison');
  await stage('collect', () => placed.collect(), checkPoisoned);
  await stage('compute', () => placed.compute());
  // Twice: what one pass leaves behind must not change the next.
  await stage('compute', () => placed.compute());
  await stage(
    'collect',
    () => placed.collect(),
    (answer) => answers.take('collect after poison and compute', expected, answer),
  );
  await stage('release', () => placed.release?.());
  answers.checkUnchanged('a later stage');
}

function checkPoisoned(answer: Dictionary): void {
  const where = leftAfterPoison(answer);
  if (where === undefined) return;
  throw new ContractBroken(
    `after poison, collect still finds numbers in ${where}: poison must overwrite every output with NaN, and collect must only hand back what compute left`,
  );
}

interface Answer {
  readonly what: string;
  readonly answer: Dictionary;
  readonly digest: string;
}

/** The answers of one session: each must be right when it is handed over, and stay so whatever is called later. */
export class Answers {
  private readonly handedOver: Answer[] = [];

  constructor(private readonly trial: TrialKernel) {}

  /** Checks an answer at once, before another turn of the event loop, and remembers it. */
  take(what: string, expected: Dictionary, answer: Dictionary): void {
    const problem = difference(expected, answer, this.trial.plugin.agree);
    if (problem !== undefined) throw new ContractBroken(`${what} answered wrongly: ${problem}`);
    this.handedOver.push({ what, answer, digest: checksum(answer) });
  }

  /** No later call, and no change of the input, may have changed what was handed over. */
  checkUnchanged(after: string): void {
    for (const { what, answer, digest } of this.handedOver) {
      if (checksum(answer) === digest) continue;
      this.handedOver.length = 0;
      throw new ContractBroken(
        `${after} changed the earlier answer of ${what}: hand over fresh memory, never an output that is used again or the input itself`,
      );
    }
  }
}
