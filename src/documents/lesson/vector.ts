import { type Block, code, type Text, table, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { course, em } from './course.js';
import { type Facts, rowsMeasured, timeFigure } from './facts.js';
import type { Place } from './part.js';
import type { Chapter } from './section.js';
import { outcomeText } from './sentence.js';

const place = (strategy: string): Place => ({ part: 'vectors', strategy });

interface Row {
  readonly words: string;
  readonly means: string;
  readonly place: Place;
}

export const vectorRows: readonly Row[] = [
  { words: 'for-loop', means: 'Node, one number after another', place: place('for-loop') },
  { words: 'typed-array', means: 'Node, the loop over a packed array', place: place('typed-array') },
  { words: 'wasm-simd', means: 'Node, two numbers per instruction', place: place('wasm-simd') },
  { words: 'wasm-simd-threads', means: 'the same on every core', place: place('wasm-simd-threads') },
  { words: 'python-for-loop', means: 'Python, one number after another', place: place('python-for-loop') },
  { words: 'python-numpy', means: 'Python, whole arrays at once', place: place('python-numpy') },
  {
    words: 'python-process-pool',
    means: 'Python, the loop in several processes',
    place: place('python-process-pool'),
  },
];

/** (4) Vectorise before you parallelise. */
export function vectorChapter(facts: Facts): Chapter {
  return {
    id: 'vectors',
    title: 'Vectorise before you parallelise',
    question: 'What can one core gain before a second one is asked?',
    tried: text`x² − 13 on ${figure(course.lists, 'vectors', 'whole')} long lists. ${em('From lists')}: the numbers start in lists, and the answers are lists again. ${em('In place')}: the numbers are already where they are computed, lists for the loops and packed arrays for the others, and stay there.`,
    from: ['vectors'],
    chart: 'vectors.png',
    table: tableOf(facts),
    seen: [...inPlace(facts), ...fromLists(facts), ...again(facts)],
    why: [
      text`A Python list holds, for every number, the address of an object somewhere in memory; a packed array holds the numbers themselves, side by side. One instruction can then take several at once (${em('SIMD')}), and numpy runs one loop in machine code instead of one turn of the interpreter per number. Packing and unpacking is a copy each way, and it has to be paid from somewhere.`,
      [
        'The first answer measured its lists from lists and its numpy arrays in place. Both are right; they are two different questions, ' +
          'so compare figures within a column, not across.',
      ],
    ],
    takeAway: takeAway(facts),
  };
}

/** Said where arrays did win in place, in one language at least. */
function takeAway({ compared }: Facts): Text {
  const won = [compared.simdInPlace, compared.numpyInPlace].some(({ kind }) => kind === 'faster');
  return won
    ? ['Keep numbers packed for as long as they live, and use one core well before you ask for the next.']
    : ['Packed arrays were not shown to win in this run. Measure your own function before you pack for it.'];
}

function tableOf(facts: Facts): Block {
  return table<Row>(
    [
      { head: 'strategy', of: ({ words }) => words },
      { head: 'what it does', of: ({ means }) => means },
      {
        head: 'from lists, per number',
        align: 'right',
        of: ({ place: one }) => timeFigure(facts, one, 'perNumber'),
      },
      {
        head: 'in place, per number',
        align: 'right',
        of: ({ place: one }) => timeFigure(facts, one, 'perNumber', 'resident'),
      },
    ],
    rowsMeasured(facts, vectorRows),
  );
}

function inPlace({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.typedInPlace, {
      whether: 'the loop over a packed array is faster than over lists, in place',
      faster: (times) => text`In place the same loop over a packed array was ${times} as fast as over lists.`,
      same: (times) =>
        text`In place the loop over a packed array came out like the one over lists: ${times}.`,
      slower: (times) => text`In place the loop over a packed array took ${times} as long as over lists.`,
    }),
    outcomeText(compared.simdInPlace, {
      whether: text`two numbers per instruction (${code('wasm-simd')}) are faster than the loop, in place`,
      faster: (times) =>
        text`With two numbers per instruction (${code('wasm-simd')}) one core was ${times} as fast as the loop, in place.`,
      same: (times) =>
        text`Two numbers per instruction (${code('wasm-simd')}) came out like the loop, in place: ${times}.`,
      slower: (times) =>
        text`Two numbers per instruction (${code('wasm-simd')}) took ${times} as long as the loop, in place.`,
    }),
    outcomeText(compared.numpyInPlace, {
      whether: 'numpy is faster than the Python loop, in place',
      faster: (times) =>
        text`In place numpy was ${times} as fast as the Python loop: the answer is right that arrays are the fastest way.`,
      same: (times) => text`In place numpy came out like the Python loop: ${times}.`,
      slower: (times) => text`In place numpy took ${times} as long as the Python loop.`,
    }),
  ];
}

function fromLists({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.simdFromLists, {
      whether: text`${code('wasm-simd')} is faster than the loop when packing is paid`,
      faster: (times) =>
        text`From lists ${code('wasm-simd')} was still ${times} as fast as the loop: packing paid for itself in one pass.`,
      same: (times) =>
        text`From lists nothing of that was left: ${code('wasm-simd')} was ${times} as fast as the loop, the same within the margin. Packing took what the instructions saved.`,
      slower: (times) =>
        text`From lists it turned: ${code('wasm-simd')} took ${times} as long as the loop, because packing and unpacking cost more than the work.`,
    }),
    outcomeText(compared.numpyFromLists, {
      whether: 'numpy is faster than the Python loop when it has to make arrays of lists first',
      faster: (times) =>
        text`From lists, packing and unpacking included, numpy was ${times} as fast as the Python loop.`,
      same: (times) => text`From lists numpy came out like the Python loop: ${times}.`,
      slower: (times) =>
        text`From lists numpy took ${times} as long as the Python loop: it had to make arrays first, and lists again.`,
    }),
    outcomeText(compared.numpyOrPool, {
      whether: 'numpy on one core is faster than the pool of processes, from lists',
      faster: (times) =>
        text`On one core numpy was ${times} as fast as the pool of processes on all of them, both from lists.`,
      same: (times) =>
        text`From lists numpy on one core and the pool on all of them came out alike: ${times}.`,
      slower: (times) => text`From lists numpy took ${times} as long as the pool of processes.`,
    }),
  ];
}

/** And then a second core. */
function again({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.simdThreadsInPlace, {
      whether: 'all cores are faster than one with two numbers per instruction, in place',
      faster: (times) =>
        text`${em('Then')} more cores: ${code('wasm-simd-threads')} was ${times} as fast as ${code('wasm-simd')} on one, in place.`,
      same: (times) =>
        text`More cores on top gained nothing here: ${code('wasm-simd-threads')} was ${times} as fast as one core, the same within the margin.`,
      slower: (times) =>
        text`More cores on top lost: ${code('wasm-simd-threads')} took ${times} as long as one core.`,
    }),
  ];
}
