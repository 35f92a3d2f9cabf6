import type { Crashed, Limited, Outcome } from '../results/format.js';

/*
 * What the machine refuses is no fault of the strategy: it is a limit, with what helps. One table decides, from what a
 * process said before it ended, for cells, their workers and programs in other languages alike.
 */
interface Refusal {
  readonly limit: Limited['limit'];
  /** What Node, V8, libc, Python and C++ say of it. */
  readonly sign: RegExp;
  readonly says: string;
  readonly advice: string;
}

const moreMemory = 'Give it more memory (ulimit -v, the limit of the container), or measure less data';

const lessOrMore =
  'Measure less data, keep less of it at a time, or allow the process more memory (ulimit -d, ulimit -v, the limit of the container)';

const processes: Refusal = {
  limit: 'processes',
  sign: /\b(?:spawn|fork|clone|Worker)\b[^\n]*\bEAGAIN\b|\bEAGAIN\b[^\n]*\b(?:spawn|fork|clone|Worker)\b|uv_thread_create|can't start new thread|pthread_create|fork: [^\n]*Resource temporarily unavailable|BlockingIOError: \[Errno 11\]|cannot start a thread/,
  says: 'the machine refuses another process or thread',
  advice: 'Raise the limit (ulimit -u, --pids-limit of the container), or use fewer workers',
};

const killedForMemory = {
  limit: 'memory',
  says: 'the system ended it for want of memory',
  advice: 'Give the container or the machine more memory, or measure less data',
} as const;

const refusals: readonly Refusal[] = [
  processes,
  {
    limit: 'files',
    sign: /\bE[MN]FILE\b|[Tt]oo many open files/,
    says: 'the machine refuses another open file',
    advice: 'Raise the limit (ulimit -n)',
  },
  {
    limit: 'room',
    sign: /\bENOSPC\b|\bEDQUOT\b|No space left on device|Disk quota exceeded/,
    says: 'there is no room for its files',
    advice: 'Make room in /dev/shm (docker run --shm-size) or in TMPDIR, or set TMPDIR to a folder with more',
  },
  {
    limit: 'memory',
    sign: /Array buffer allocation failed|could not allocate memory|[Cc]annot allocate memory|\bENOMEM\b|std::bad_alloc|\bMemoryError\b|no memory for|Fatal process out of memory|(?:Zone|virtual memory|Failed to reserve)[^\n]*(?:Allocation failed|reserve)|memory allocation of \d+ bytes failed/,
    says: 'ran out of memory',
    advice: moreMemory,
  },
];

/**
 * V8's own limit, which the run has set for the cell. V8 says the same where the system gave it no more pages, and then
 * more memory helps.
 */
const heapSign = /heap out of memory|ERR_WORKER_OUT_OF_MEMORY|Reached heap limit/;

/** What was seen around a cell. */
export interface Circumstances {
  /** The heap limit of its process. */
  readonly heapMegabytes: number;
  /** Its first session had begun: before that, nothing of the strategy has run. */
  readonly hasStarted: boolean;
  /** The system killed somebody for want of memory while it ran. */
  readonly killsForMemory: boolean;
  /** The system refused a process or thread while it ran. */
  readonly refusedProcesses: boolean;
}

/** A crash as what it was: the machine's or the run's limit where it shows the signs of one. All else is as it was. */
export function recogniseRefusal(outcome: Outcome, circumstances: Circumstances): Outcome {
  const { hasStarted, refusedProcesses } = circumstances;
  if (outcome.status === 'limit' && outcome.limit === 'time' && !hasStarted && refusedProcesses)
    return refused(outcome, processes);
  return outcome.status === 'crashed' ? recogniseCrash(outcome, circumstances) : outcome;
}

function recogniseCrash(
  outcome: Crashed & Outcome,
  { heapMegabytes, hasStarted, killsForMemory, refusedProcesses }: Circumstances,
): Outcome {
  const said = `${outcome.message}\n${outcome.stderrTail ?? ''}`;
  if (heapSign.test(said))
    return {
      status: 'limit',
      limit: 'memory',
      message: `ran out of memory (heap limit ${heapMegabytes} MB). ${lessOrMore}.`,
      ...pause(outcome),
    };
  // Nobody of the run ends a cell or a worker so: its deadline and an interruption are told apart before.
  if (killsForMemory && /\bSIGKILL\b/.test(said)) return refused(outcome, killedForMemory);
  // Node ends itself without a word where it gets no thread.
  const isSilentAbort = outcome.signal === 'SIGABRT' && outcome.stderrTail === '';
  if ((refusedProcesses && /\bSIGABRT\b/.test(said)) || (!hasStarted && isSilentAbort))
    return refused(outcome, processes);
  const refusal = refusals.find(({ sign }) => sign.test(said));
  return refusal === undefined ? outcome : refused(outcome, refusal);
}

/** A cell whose process has not said a word. */
export function neverUp(withinMs: number): Outcome {
  const message = `its process did not get up within ${withinMs / 1_000} s`;
  return refused({ message }, { ...processes, says: 'the machine seems to refuse threads or memory' });
}

/** Longer texts are whole stacks: their first line says what happened. */
const mostCharacters = 300;

function refused(
  outcome: { readonly message: string; readonly pausedMs?: number },
  { limit, says, advice }: Omit<Refusal, 'sign'>,
): Outcome {
  const line = outcome.message.split('\n')[0].trim();
  const what = line.length > mostCharacters ? `${line.slice(0, mostCharacters)} …` : line.replace(/\.$/, '');
  return {
    status: 'limit',
    limit,
    message: `${says}: ${what}. ${advice}.`,
    by: 'machine',
    ...pause(outcome),
  };
}

function pause({ pausedMs }: { readonly pausedMs?: number }): { readonly pausedMs?: number } {
  return pausedMs === undefined ? {} : { pausedMs };
}

/**
 * So long before the driver would end a cell's process it tells it, so that it says itself what it waits for, where its
 * thread is free. The driver alone knows the time: it takes pauses out.
 */
export const lateWarning = { beforeMs: 1_000, message: { type: 'late' } } as const;

/** How far a cell had come. */
export interface Progress {
  /** Since its first session began; undefined where it had not begun. */
  readonly sinceStartMs: number | undefined;
  readonly oneShotNs: number | undefined;
}

/** What it means that a cell was not done at its limit: a bound where its first session had begun. */
export function overTime({ sinceStartMs, oneShotNs }: Progress, limitMs: number): Limited {
  const limit = { status: 'limit', limit: 'time' } as const;
  const seconds = limitMs / 1_000;
  if (sinceStartMs === undefined)
    return { ...limit, message: `making its data alone took longer than ${seconds} s` };
  if (oneShotNs === undefined) {
    const message = `its first session did not finish within the cell's ${seconds} s`;
    return { ...limit, message, boundNs: sinceStartMs * 1e6 };
  }
  const first = (oneShotNs / 1e9).toFixed(1);
  return {
    ...limit,
    message: `its first session took ${first} s, which left no time to sample within ${seconds} s`,
    boundNs: oneShotNs,
  };
}
