import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Lists, StagedSession } from 'breakeven';
import squareMinus13 from '../scenarios/kernels/square-minus-13.js';
import forLoop from '../strategies/for-loop.js';
import { median } from './figures/figure.js';
import { defineLab, say } from './lab/lab.js';

/*
 * `npm run idioms`: is the loop that everything else is compared with a good one? Times ways to write the serial loop
 * for x² − 13, each in a process of its own, in rounds whose order changes, and compares within a round. All of them
 * make fresh lists in a fresh Map.
 */

const rounds = 5;
const lengths = [10, 1_000, 1_000_000];
const kinds = ['ints', 'doubles'] as const;
/** for-loop may take this much longer than the best idiom. */
const allowed = 1.1;

type Idiom = (input: Lists) => Lists;

const f = (x: number) => x * x - 13;

const idioms: Readonly<Record<string, Idiom>> = {
  '[] and push': (input) =>
    eachList(input, (xs) => {
      const out: number[] = [];
      for (let i = 0; i < xs.length; i += 1) out.push(f(xs[i]));
      return out;
    }),
  'for-of and push': (input) =>
    eachList(input, (xs) => {
      const out: number[] = [];
      for (const x of xs) out.push(f(x));
      return out;
    }),
  'new Array(n) and index': (input) =>
    eachList(input, (xs) => {
      const out = new Array<number>(xs.length);
      for (let i = 0; i < xs.length; i += 1) out[i] = f(xs[i]);
      return out;
    }),
  'xs.slice() and overwrite': (input) =>
    eachList(input, (xs) => {
      const out = xs.slice();
      for (let i = 0; i < xs.length; i += 1) out[i] = f(xs[i]);
      return out;
    }),
  '[...xs] and overwrite': (input) =>
    eachList(input, (xs) => {
      const out = [...xs];
      for (let i = 0; i < xs.length; i += 1) out[i] = f(xs[i]);
      return out;
    }),
  'xs.map(f)': (input) => eachList(input, (xs) => xs.map(f)),
  'Array.from(xs, f)': (input) => eachList(input, (xs) => Array.from(xs, f)),
  'Float64Array and back': (input) =>
    eachList(input, (xs) => {
      const out = new Float64Array(xs.length);
      for (let i = 0; i < xs.length; i += 1) out[i] = f(xs[i]);
      return Array.from(out);
    }),
  'slice, 4 per turn': (input) => eachList(input, fourPerTurn),
  'slice, 4 per turn, [key, xs] of input': (input) => {
    const answers: Lists = new Map();
    for (const [key, xs] of input) answers.set(key, fourPerTurn(xs));
    return answers;
  },
};

function fourPerTurn(xs: number[]): number[] {
  const out = xs.slice();
  let i = 0;
  for (const odd = xs.length % 4; i < odd; i += 1) out[i] = f(xs[i]);
  for (; i < xs.length; i += 4) {
    out[i] = f(xs[i]);
    out[i + 1] = f(xs[i + 1]);
    out[i + 2] = f(xs[i + 2]);
    out[i + 3] = f(xs[i + 3]);
  }
  return out;
}

const strategy = 'for-loop (the strategy)';
const names = [...Object.keys(idioms), strategy];

export const lab = defineLab({}, async () => compareAll());

// Its own child, which times one idiom.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, length, kind] = process.argv.slice(2);
  say(String(await nsPerNumber(name, Number(length), kind)));
}

/** The best way over the keys, the same for all but one, so that the ways to fill a list are compared. */
function eachList(input: Lists, answerOf: (xs: number[]) => number[]): Lists {
  const answers: Lists = new Map();
  const lists = input.values() as Iterator<number[], never>;
  for (const key of input.keys()) answers.set(key, answerOf(lists.next().value));
  return answers;
}

function compareAll(): number {
  let worst = 0;
  for (const values of kinds) {
    for (const size of lengths) {
      const times = measure(size, values);
      const best = names
        .filter((each) => each !== strategy)
        .reduce((a, b) => (ratio(times, a, b) < 1 ? a : b));
      worst = Math.max(worst, ratio(times, strategy, best));
      say(
        `\n${values}, lists of ${size.toLocaleString('en')}          ns per number  ratio to the best idiom`,
      );
      const sorted = [...names].sort((a, b) => median(times[a]) - median(times[b]));
      for (const each of sorted) {
        const marked = each === strategy ? `> ${each}` : `  ${each}`;
        say(
          `${marked.padEnd(42)}${median(times[each]).toFixed(2).padStart(8)}${ratio(times, each, best).toFixed(2).padStart(12)}`,
        );
      }
    }
  }
  const verdict = worst <= allowed ? 'reached' : 'MISSED';
  say(`\nfor-loop takes at most ${worst.toFixed(2)} times the best idiom (allowed ${allowed}): ${verdict}`);
  say(
    'It slices the input (or an answer, where ints become doubles), overwrites four per turn, and walks keys() and values() side by side.',
  );
  return worst <= allowed ? 0 : 1;
}

/** ns per number, one entry per round. Each process runs alone; every round begins with another idiom. */
function measure(size: number, values: string): Record<string, number[]> {
  const times: Record<string, number[]> = Object.fromEntries(names.map((each) => [each, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < names.length; i += 1) {
      const each = names[(i + round * 4) % names.length];
      const args = ['--expose-gc', fileURLToPath(import.meta.url), each, String(size), values];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`idiom "${each}" failed: ${stderr}`);
      times[each].push(Number(stdout));
    }
  }
  return times;
}

/** One idiom in this process: its fastest pass, warmed up. */
async function nsPerNumber(idiom: string, size: number, values: string): Promise<number> {
  const keys = Math.max(4, Math.round((size >= 1_000 ? 1_000_000 : 100_000) / size));
  const input: Lists = new Map();
  for (let k = 0; k < keys; k += 1) {
    const number = () => (values === 'ints' ? Math.floor(Math.random() * 1_000) : Math.random() * 1_000);
    input.set(`key${k}`, Array.from({ length: size }, number).slice());
  }
  const run = idiom === strategy ? await forLoopRun() : idioms[idiom];

  for (const end = performance.now() + 150; performance.now() < end; ) run(input);
  const samples: number[] = [];
  for (const end = performance.now() + 250; performance.now() < end || samples.length < 5; ) {
    // Garbage of one pass is not charged to the next.
    globalThis.gc?.();
    const start = performance.now();
    run(input);
    samples.push(performance.now() - start);
  }
  // Whatever else the machine does can only add.
  return (Math.min(...samples) * 1e6) / (keys * size);
}

async function forLoopRun(): Promise<Idiom> {
  const module = new URL('../scenarios/kernels/square-minus-13.js', import.meta.url).href;
  const session = (await forLoop.open({
    kernel: squareMinus13.make({}),
    ref: { module, options: {} },
    split: squareMinus13.split,
    workers: 1,
    chunk: 'key',
    options: {},
    signal: new AbortController().signal,
  })) as StagedSession;
  return (input) => session.run?.(input) as Lists;
}

/** Median over rounds of the ratio within a round. */
function ratio(times: Record<string, number[]>, a: string, b: string): number {
  return median(times[a].map((time, round) => time / times[b][round]));
}
