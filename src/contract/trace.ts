/*
 * What a call does, as the threads that take part in it stamp it: data for the partition of its critical path. Only a
 * few calls are traced, apart from those that are timed.
 */

/**
 * What a thread is doing. `blocked` (the caller alone): nothing, until an answer comes or shared work is finished.
 * `wait`: the kernel waits for a timer and needs no processor. `transfer`: pieces of a message that its pipe did not
 * take at once, or shared work is handed out and threads are woken. `deserialise` is what the event loop does until it hands a message over.
 */
export type Activity =
  | 'pack'
  | 'serialise'
  | 'transfer'
  | 'deserialise'
  | 'compute'
  | 'wait'
  | 'merge'
  | 'blocked';

/**
 * Half-open, in ns. `message` is the number of the request and answer that it belongs to, the same on both sides; for
 * `blocked` the one whose answer ended it. Absent where there is none.
 */
export type Span = readonly [activity: Activity, fromNs: number, toNs: number, message?: number];

/** One thread or process, its spans in the order in which they ended. */
export interface ThreadTrace {
  readonly spans: readonly Span[];
  /** Its garbage collections, from and to; they lie inside spans. */
  readonly gc: readonly (readonly [fromNs: number, toNs: number])[];
}

/** One call, from its beginning (0) to its answer. */
export interface CallTrace {
  readonly kind: 'spans';
  readonly totalNs: number;
  readonly caller: ThreadTrace;
  readonly workers: readonly ThreadTrace[];
  /** Activities whose time could not be stamped in place, of one worker at least. */
  readonly estimated: readonly Activity[];
}

/**
 * The parts of a call's critical path. `start`: load the code and start the workers, where the call is a session's
 * first. `transfer`: a message is under way or in a queue, or a thread wakes up for shared work. `idle`: the caller is
 * blocked and no worker is busy. `unexplained`: nothing was stamped.
 */
export type PathPart =
  | 'start'
  | 'pack'
  | 'serialise'
  | 'transfer'
  | 'compute'
  | 'deserialise'
  | 'merge'
  | 'gc'
  | 'idle'
  | 'unexplained';

/** Nanoseconds of each; they add up to the call. */
export type PartsNs = Readonly<Record<PathPart, number>>;

/** A call with more spans than a record should hold: the parts of its path, worked out where it was measured. */
export interface CallParts extends Pick<CallTrace, 'totalNs' | 'estimated'> {
  readonly kind: 'parts';
  /** How many there were. */
  readonly spans: number;
  readonly partsNs: PartsNs;
}
