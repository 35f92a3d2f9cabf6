import type { Account } from '../contract/scenario.js';
import { table } from '../report/plain-text.js';
import { barChart } from './bars.js';
import { type Facts, perNumber, rowsMeasured } from './facts.js';
import type { Place } from './part.js';
import type { Section } from './section.js';
import { told } from './sentence.js';
import { timeWords } from './words.js';

const place = (strategy: string): Place => ({ part: 'vectors', strategy });

const rows: readonly { text: string; means: string; place: Place }[] = [
  { text: 'for-loop', means: 'Node, one number after another', place: place('for-loop') },
  { text: 'typed-array', means: 'Node, the loop over a packed array', place: place('typed-array') },
  { text: 'wasm-simd', means: 'Node, two numbers per instruction', place: place('wasm-simd') },
  { text: 'wasm-simd-threads', means: 'the same on every core', place: place('wasm-simd-threads') },
  { text: 'python-for-loop', means: 'Python, one number after another', place: place('python-for-loop') },
  { text: 'python-numpy', means: 'Python, whole arrays at once', place: place('python-numpy') },
  {
    text: 'python-process-pool',
    means: 'Python, the loop in several processes',
    place: place('python-process-pool'),
  },
];

/** (4) Vectorise before you parallelise. */
export function vectorSection(facts: Facts): Section {
  return {
    title: 'Vectorise before you parallelise',
    question: 'What can one core gain before a second one is asked?',
    tried:
      'x² − 13 on 8 long lists. *From lists*: the numbers start in lists, and the answers are lists again. *In place*: the ' +
      'numbers are already where they are computed, lists for the loops and packed arrays for the others, and stay there.',
    from: ['vectors'],
    ...chartOf(facts),
    table: table(
      ['strategy', 'what it does', 'from lists, per number', 'in place, per number'],
      rowsMeasured(facts, rows).map(({ text, means, place: one }) => [
        text,
        means,
        ...(['warm', 'resident'] as const).map((account) => timeWords(perNumber(facts, one, account))),
      ]),
    ),
    seen: [...inPlace(facts), ...fromLists(facts), ...again(facts)],
    why: [
      'A Python list holds, for every number, the address of an object somewhere in memory; a packed array holds the numbers ' +
        'themselves, side by side. One instruction can then take several at once (*SIMD*), and numpy runs one loop in machine ' +
        'code instead of one turn of the interpreter per number. Packing and unpacking is a copy each way, and it has to be paid from somewhere.',
      'The first answer measured its lists from lists and its numpy arrays in place. Both are right; they are two different questions, ' +
        'so compare figures within a column, not across.',
    ],
    takeAway: takeAway(facts),
  };
}

/** Said where arrays did win in place, in one language at least. */
function takeAway({ compared }: Facts): string {
  const won = [compared.simdInPlace, compared.numpyInPlace].some(({ kind }) => kind === 'faster');
  return won
    ? 'Keep numbers packed for as long as they live, and use one core well before you ask for the next.'
    : 'Packed arrays were not shown to win in this run. Measure your own function before you pack for it.';
}

function chartOf(facts: Facts): Pick<Section, 'chart'> {
  const accounts: readonly { account: Account; group: string; says: string }[] = [
    { account: 'warm', group: 'lists', says: 'from lists' },
    { account: 'resident', group: 'place', says: 'in place' },
  ];
  const bars = rows.flatMap(({ text, place: one }) =>
    accounts.flatMap(({ account, group, says }) => {
      const value = perNumber(facts, one, account);
      return value === undefined ? [] : [{ text: `${text}, ${says}`, group, value }];
    }),
  );
  return barChart(facts, {
    name: 'vectors.png',
    title: 'x² − 13 for one number: lists against packed arrays',
    caption: 'x² − 13 for one number.',
    scale: 'time per number',
    groups: { lists: 'from lists, and back', place: 'in place' },
    unit: 'time',
    bars,
  });
}

function inPlace({ compared }: Facts): string[] {
  return [
    told(compared.typedInPlace, {
      whether: 'the loop over a packed array is faster than over lists, in place',
      faster: (times) => `In place the same loop over a packed array was ${times} as fast as over lists.`,
      same: (times) => `In place the loop over a packed array came out like the one over lists: ${times}.`,
      slower: (times) => `In place the loop over a packed array took ${times} as long as over lists.`,
    }),
    told(compared.simdInPlace, {
      whether: 'two numbers per instruction (`wasm-simd`) are faster than the loop, in place',
      faster: (times) =>
        `With two numbers per instruction (\`wasm-simd\`) one core was ${times} as fast as the loop, in place.`,
      same: (times) =>
        `Two numbers per instruction (\`wasm-simd\`) came out like the loop, in place: ${times}.`,
      slower: (times) =>
        `Two numbers per instruction (\`wasm-simd\`) took ${times} as long as the loop, in place.`,
    }),
    told(compared.numpyInPlace, {
      whether: 'numpy is faster than the Python loop, in place',
      faster: (times) =>
        `In place numpy was ${times} as fast as the Python loop: the answer is right that arrays are the fastest way.`,
      same: (times) => `In place numpy came out like the Python loop: ${times}.`,
      slower: (times) => `In place numpy took ${times} as long as the Python loop.`,
    }),
  ];
}

function fromLists({ compared }: Facts): string[] {
  return [
    told(compared.simdFromLists, {
      whether: '`wasm-simd` is faster than the loop when packing is paid',
      faster: (times) =>
        `From lists \`wasm-simd\` was still ${times} as fast as the loop: packing paid for itself in one pass.`,
      same: (times) =>
        `From lists nothing of that was left: \`wasm-simd\` was ${times} as fast as the loop, the same within the margin. Packing took what the instructions saved.`,
      slower: (times) =>
        `From lists it turned: \`wasm-simd\` took ${times} as long as the loop, because packing and unpacking cost more than the work.`,
    }),
    told(compared.numpyFromLists, {
      whether: 'numpy is faster than the Python loop when it has to make arrays of lists first',
      faster: (times) =>
        `From lists, packing and unpacking included, numpy was ${times} as fast as the Python loop.`,
      same: (times) => `From lists numpy came out like the Python loop: ${times}.`,
      slower: (times) =>
        `From lists numpy took ${times} as long as the Python loop: it had to make arrays first, and lists again.`,
    }),
    told(compared.numpyOrPool, {
      whether: 'numpy on one core is faster than the pool of processes, from lists',
      faster: (times) =>
        `On one core numpy was ${times} as fast as the pool of processes on all of them, both from lists.`,
      same: (times) => `From lists numpy on one core and the pool on all of them came out alike: ${times}.`,
      slower: (times) => `From lists numpy took ${times} as long as the pool of processes.`,
    }),
  ];
}

/** And then a second core. */
function again({ compared }: Facts): string[] {
  return [
    told(compared.simdThreadsInPlace, {
      whether: 'all cores are faster than one with two numbers per instruction, in place',
      faster: (times) =>
        `*Then* more cores: \`wasm-simd-threads\` was ${times} as fast as \`wasm-simd\` on one, in place.`,
      same: (times) =>
        `More cores on top gained nothing here: \`wasm-simd-threads\` was ${times} as fast as one core, the same within the margin.`,
      slower: (times) => `More cores on top lost: \`wasm-simd-threads\` took ${times} as long as one core.`,
    }),
  ];
}
