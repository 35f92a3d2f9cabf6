/** Nanoseconds since boot, the same clock in every thread and process. */
export function nowNs(): number {
  // Doubles hold nanoseconds exactly for 104 days of uptime.
  return Number(process.hrtime.bigint());
}

/** Awaits only what is a promise: a synchronous strategy must not pay for a turn of the event loop. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}
