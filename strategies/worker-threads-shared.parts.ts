import { type Columns, type Dictionary, isLists, type Placed } from 'breakeven';

/*
 * A dictionary that is larger than one memory is placed in several, each with the lists of some neighbouring keys.
 */

/** Neighbouring keys with at most `most` numbers each; nothing where a single list has more. */
export function splitByKeys(input: Dictionary, offsets: Uint32Array, most: number): Dictionary[] | undefined {
  const keys = offsets.length - 1;
  if (offsets[keys] <= most) return [input];
  const parts: Dictionary[] = [];
  const entries = isLists(input) ? [...input] : [];
  for (let from = 0; from < keys; ) {
    let to = from;
    while (to < keys && offsets[to + 1] - offsets[from] <= most) to += 1;
    if (to === from) return undefined;
    parts.push(isLists(input) ? new Map(entries.slice(from, to)) : columnsOf(input, from, to));
    from = to;
  }
  return parts;
}

function columnsOf({ keys, offsets, values }: Columns, from: number, to: number): Columns {
  const start = offsets[from];
  return {
    keys: keys.slice(from, to),
    offsets: offsets.slice(from, to + 1).map((offset) => offset - start),
    values: values.subarray(start, offsets[to]),
  };
}

/** All parts as one: computed one after another, each by all workers. */
export function joinPlaced(parts: readonly Placed[]): Placed {
  if (parts.length === 1) return parts[0];
  return {
    async compute() {
      for (const part of parts) await part.compute();
    },
    async collect() {
      const answers: Dictionary[] = [];
      for (const part of parts) answers.push(await part.collect());
      return joinAnswers(answers);
    },
    poison() {
      for (const part of parts) part.poison();
    },
    release() {
      for (const part of parts) part.release?.();
    },
  };
}

function joinAnswers(answers: readonly Dictionary[]): Dictionary {
  const lists = answers.filter(isLists);
  if (lists.length > 0) return new Map(lists.flatMap((each) => [...each]));
  const columns = answers.filter((each): each is Columns => !isLists(each));
  const keys = columns.flatMap((each) => each.keys);
  const offsets = new Uint32Array(keys.length + 1);
  const values = new Float64Array(columns.reduce((sum, each) => sum + each.values.length, 0));
  let key = 0;
  let at = 0;
  for (const each of columns) {
    for (let k = 1; k < each.offsets.length; k += 1) offsets[key + k] = at + each.offsets[k];
    values.set(each.values, at);
    key += each.keys.length;
    at += each.values.length;
  }
  return { keys, offsets, values };
}
