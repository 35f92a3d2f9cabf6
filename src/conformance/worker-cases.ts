import type { Dictionary, Lists } from '../contract/dictionary.js';
import type { Session } from '../contract/strategy.js';
import { runStages } from '../measure/cell/here.js';
import { messageOf } from '../plugins/module.js';
import { ContractBroken, within } from './result.js';
import { fixtureKernel, openFor, type Subject, type TrialKernel } from './subject.js';

/** What happens to a job when things go wrong around it. */
export interface WorkerCase {
  readonly name: string;
  /** The kernel that makes it go wrong. */
  kernel(): Promise<TrialKernel>;
  /** Single-thread strategies have no worker that could die. */
  readonly onlyWithWorkers: boolean;
  run(subject: Subject, trial: TrialKernel): Promise<void>;
}

export const workerCases: readonly WorkerCase[] = [
  {
    name: 'the kernel throws',
    kernel: () => fixtureKernel('throws'),
    onlyWithWorkers: false,
    run: (subject, trial) => failing(subject, trial, async () => {}, ['the kernel does not like 13']),
  },
  {
    name: 'a worker exits in mid-run',
    kernel: () => fixtureKernel('exits', { driver: process.pid }),
    onlyWithWorkers: true,
    run: (subject, trial) =>
      failing(subject, trial, async () => {}, ['exit code 7', 'last words of the kernel']),
  },
  {
    name: 'a worker is killed in mid-run',
    kernel: () => fixtureKernel('waits'),
    onlyWithWorkers: true,
    run: (subject, trial) =>
      failing(
        subject,
        trial,
        async () => {
          if (!(await subject.census.killOne()))
            throw new ContractBroken('no worker is to be seen while run is under way: is the family right?');
        },
        [],
      ),
  },
  {
    name: 'the signal aborts in mid-run',
    kernel: () => fixtureKernel('waits'),
    onlyWithWorkers: true,
    run: (subject, trial) => failing(subject, trial, async (_, controller) => controller.abort(), []),
  },
  {
    name: 'closed in mid-run',
    kernel: () => fixtureKernel('waits'),
    onlyWithWorkers: true,
    run: (subject, trial) =>
      failing(subject, trial, (session) => within(subject.deadlineMs, 'close', () => session.close()), []),
  },
];

/** Begins a run that cannot end well, does `harm`, and expects a rejection that says `words`, and a clean close. */
async function failing(
  subject: Subject,
  trial: TrialKernel,
  harm: (session: Session, controller: AbortController) => Promise<void>,
  words: readonly string[],
): Promise<void> {
  const { deadlineMs, census } = subject;
  const controller = new AbortController();
  const { session, close } = await openFor(subject, trial, { signal: controller.signal });
  const running = begin(session, deadlineMs);
  try {
    await harm(session, controller);
    const message = await running;
    const missing = words.filter((word) => !message.includes(word));
    if (missing.length > 0)
      throw new ContractBroken(
        `it rejected, but the reason does not say "${missing.join('", "')}": ${message}`,
      );
  } finally {
    await close();
  }
  const left = await census.left();
  if (left > 0) throw new ContractBroken(`${left} of its workers are left after close`);
}

/** Resolves to the message of the rejection; anything else breaks the contract. */
function begin(session: Session, deadlineMs: number): Promise<string> {
  const input: Lists = new Map(Array.from({ length: 6 }, (_, i) => [`key${i}`, [13, 13]]));
  const calling = within(deadlineMs, 'run', () => callOnce(session, input)).then(
    () => {
      throw new ContractBroken('run resolved although its work was cut off: it must reject with the cause');
    },
    (cause: unknown) => {
      if (cause instanceof ContractBroken && cause.cause !== undefined) return messageOf(cause.cause);
      throw cause;
    },
  );
  // The harm may throw before anybody waits for this.
  calling.catch(() => {});
  return calling;
}

async function callOnce(session: Session, input: Dictionary): Promise<Dictionary> {
  if ('place' in session && session.run === undefined) return (await runStages(session, input)).answer;
  return (session as { run(input: Dictionary): Dictionary | Promise<Dictionary> }).run(input);
}
