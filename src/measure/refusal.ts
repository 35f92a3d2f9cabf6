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

const refusals: readonly Refusal[] = [
  {
    limit: 'processes',
    sign: /\b(?:spawn|fork|clone|Worker)\b[^\n]*\bEAGAIN\b|\bEAGAIN\b[^\n]*\b(?:spawn|fork|clone|Worker)\b|uv_thread_create|can't start new thread|pthread_create|fork: [^\n]*Resource temporarily unavailable|BlockingIOError: \[Errno 11\]|cannot start a thread/,
    says: 'the machine refuses another process or thread',
    advice: 'Raise the limit (ulimit -u, --pids-limit of the container), or use fewer workers',
  },
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

/** V8's own limit, which the run has set for the cell: more memory of the machine would not help. */
const heapSign = /heap out of memory|ERR_WORKER_OUT_OF_MEMORY|Reached heap limit/;

const killedSign = /\bSIGKILL\b/;

/** What was seen around a cell that crashed. */
export interface Circumstances {
  /** The heap limit of its process. */
  readonly heapMegabytes: number;
  /** The system killed somebody for want of memory while it ran. */
  readonly killsForMemory: boolean;
}

/** A crash as what it was: the machine's or the run's limit where it shows the signs of one. All else is as it was. */
export function recogniseRefusal(
  outcome: Outcome,
  { heapMegabytes, killsForMemory }: Circumstances,
): Outcome {
  if (outcome.status !== 'crashed') return outcome;
  const said = `${outcome.message}\n${outcome.stderrTail ?? ''}`;
  if (heapSign.test(said))
    return {
      status: 'limit',
      limit: 'memory',
      message: `ran out of memory (heap limit ${heapMegabytes} MB)`,
      ...pause(outcome),
    };
  // Nobody of the run ends a cell or a worker so: its deadline and an interruption are told apart before.
  if (killsForMemory && killedSign.test(said))
    return refused(outcome, {
      limit: 'memory',
      says: 'the system ended it for want of memory',
      advice: 'Give the container or the machine more memory, or measure less data',
    });
  const refusal = refusals.find(({ sign }) => sign.test(said));
  return refusal === undefined ? outcome : refused(outcome, refusal);
}

function refused(outcome: Crashed, { limit, says, advice }: Omit<Refusal, 'sign'>): Outcome {
  return {
    status: 'limit',
    limit,
    message: `${says}: ${outcome.message.replace(/\.$/, '')}. ${advice}.`,
    by: 'machine',
    ...pause(outcome),
  };
}

function pause({ pausedMs }: Outcome): { readonly pausedMs?: number } {
  return pausedMs === undefined ? {} : { pausedMs };
}
