import type { Lists } from '../../src/contract/dictionary.js';
import { packInto } from '../../src/dictionary/columns.js';
import { generate } from '../../src/dictionary/generate.js';
import { median } from './figure.js';

/* One side of a comparison of data.ts, alone in its process; prints the median ns of a call. */
const [what, keysText, lengthText] = process.argv.slice(2);
const keys = Number(keysText);
const length = Number(lengthText);
const target = new Float64Array(keys * length);

const sides: Record<string, () => () => unknown> = {
  pack: () => {
    const lists = made();
    return () => packInto(lists, target);
  },
  copy: () => {
    const lists = made();
    return () => copyLoop(lists, target);
  },
  'generate-ints': () => () => generate({ keys, length, skew: 'equal', values: 'ints', seed: 1 }, 'lists'),
  'generate-doubles': () => () =>
    generate({ keys, length, skew: 'equal', values: 'doubles', seed: 1 }, 'lists'),
  'random-ints': () => () => randomLists(() => Math.floor(Math.random() * 1000)),
  'random-doubles': () => () => randomLists(() => Math.random() * 1000),
};

const call = sides[what]();
const times: number[] = [];
for (let i = 0; i < 12; i++) {
  globalThis.gc?.();
  const began = performance.now();
  call();
  times.push((performance.now() - began) * 1e6);
}
// The first calls compile.
process.stdout.write(String(median(times.slice(4))));

function made(): Lists {
  return generate({ keys, length, skew: 'equal', values: 'doubles', seed: 1 }, 'lists') as Lists;
}

function copyLoop(lists: Lists, out: Float64Array): void {
  let at = 0;
  for (const list of lists.values()) {
    for (let i = 0; i < list.length; i++) out[at + i] = list[i];
    at += list.length;
  }
}

/** The same dictionary, filled as anybody would. */
function randomLists(next: () => number): Lists {
  const lists: Lists = new Map();
  for (let key = 0; key < keys; key++) {
    const list: number[] = [];
    for (let i = 0; i < length; i++) list.push(next());
    lists.set(`key${key + 1}`, list);
  }
  return lists;
}
