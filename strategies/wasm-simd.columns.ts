import type { Columns } from 'breakeven';
import type { Cut, Window } from './typed-array.window.js';

/** Maps packed numbers to `outputs` through a window: anywhere it may be cut, else as many whole lists as fit. */
export function mapColumns(window: Window, { anywhere }: Cut, columns: Columns, outputs: Float64Array): void {
  const { offsets, keys, values } = columns;
  const size = window.source.length;
  if (anywhere) {
    for (let from = 0; from < values.length; from += size) {
      const to = Math.min(from + size, values.length);
      window.source.set(values.subarray(from, to));
      window.map(0, to - from);
      outputs.set(window.target.subarray(0, to - from), from);
    }
    return;
  }
  for (let first = 0, next = 0; first < keys.length; first = next) {
    const from = offsets[first];
    while (next < keys.length && offsets[next + 1] - from <= size) next += 1;
    window.source.set(values.subarray(from, offsets[next]));
    for (let k = first; k < next; k += 1) window.map(offsets[k] - from, offsets[k + 1] - offsets[k]);
    outputs.set(window.target.subarray(0, offsets[next] - from), from);
  }
}

/** Reduces each list to one number of `outputs` through a window. A longer list is joined from its parts. */
export function reduceColumns(
  window: Window,
  { combine }: Cut,
  columns: Columns,
  outputs: Float64Array,
): void {
  const { offsets, keys, values } = columns;
  const { source } = window;
  for (let k = 0; k < keys.length; k += 1) {
    const end = offsets[k + 1];
    let to = Math.min(offsets[k] + source.length, end);
    source.set(values.subarray(offsets[k], to));
    let answer = window.reduce(to - offsets[k]);
    // Where lists may not be cut, the window holds the longest.
    while (combine && to < end) {
      const from = to;
      to = Math.min(from + source.length, end);
      source.set(values.subarray(from, to));
      answer = combine(answer, window.reduce(to - from));
    }
    outputs[k] = answer;
  }
}
