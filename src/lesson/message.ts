import { table } from '../report/plain-text.js';
import { formatRatioEstimate } from '../report/units.js';
import { barChart } from './bars.js';
import { cpuPerNumber, type Facts, perList, perNumber, rowsMeasured } from './facts.js';
import type { Place } from './part.js';
import type { QuestionName } from './questions.js';
import type { Section } from './section.js';
import { inverse, told } from './sentence.js';
import { about, timeWords } from './words.js';

const where = { values: ['ints'] };
const place = (strategy: string): Place => ({ part: 'sending', strategy, where });

const rows: readonly { text: string; way: string; place: Place; against?: QuestionName }[] = [
  { text: 'for-loop', way: 'stays where it is', place: place('for-loop') },
  {
    text: 'typed-array',
    way: 'copied into an array and back',
    place: place('typed-array'),
    against: 'packed',
  },
  {
    text: 'worker-threads',
    way: 'cloned to a thread and back',
    place: place('worker-threads'),
    against: 'cloned',
  },
  {
    text: 'child-process, json',
    way: 'written as text, to a process and back',
    place: place('child-process[serialization=json]'),
    against: 'asJson',
  },
];

/** (3) What a message costs. */
export function messageSection(facts: Facts): Section {
  return {
    title: 'What a message costs',
    question: 'What does it take to bring a number to a helper, and its answer back?',
    tried:
      'The function of the question, x² − 13, on 8 lists of thousands of whole numbers. It is next to no work, so nearly all ' +
      'of the time is what happens to a number on its way.',
    from: ['sending', 'messages', 'vectors'],
    ...chartOf(facts),
    table: tableOf(facts),
    seen: seen(facts),
    why: why(facts),
    takeAway:
      'Count the trip before you count the cores. If moving a number costs more than the work on it, more helpers make it ' +
      'slower; and many small messages cost more than a few large ones.',
  };
}

function chartOf(facts: Facts): Pick<Section, 'chart'> {
  const bars = rows.flatMap(({ text, place: one, against }) => {
    const value = perNumber(facts, one);
    const group = against === undefined ? 'stays' : 'moves';
    return value === undefined ? [] : [{ text, group, value }];
  });
  return barChart(facts, {
    name: 'messages.png',
    title: 'The work is the same: what does the trip cost?',
    caption: 'x² − 13 for one number, there and back, all steps included.',
    scale: 'time per number',
    groups: { stays: 'stays in its thread', moves: 'copied or sent' },
    unit: 'time',
    bars,
  });
}

function tableOf(facts: Facts): string {
  return table(
    ['strategy', 'the number is', 'time per number', 'against the loop'],
    rowsMeasured(facts, rows).map(({ text, way, place: one, against }) => {
      const compared = against === undefined ? undefined : facts.compared[against];
      const times =
        compared === undefined || compared.kind === 'missing'
          ? '–'
          : `${formatRatioEstimate(inverse(compared.ratio))} as long`;
      return [text, way, timeWords(perNumber(facts, one)), times];
    }),
  );
}

function seen(facts: Facts): string[] {
  const { compared } = facts;
  const trip = (name: QuestionName, what: string) =>
    told(compared[name], {
      whether: `${what} is faster than the loop`,
      faster: (times) => `Here ${what} was ${times} as fast as the loop: so much is left after its trip.`,
      same: (times) => `Here ${what} came out like the loop: ${times}, the same within the margin.`,
      slower: (times) => `With ${what} the same answers took ${times} as long as with the loop.`,
    });
  return [
    trip('packed', 'copying into a packed array and back'),
    trip('cloned', 'a pool of threads that get clones'),
    trip('asJson', 'a pool of processes with messages of text (JSON)'),
    pickled(facts),
    messages(facts),
  ];
}

/** Python's own way to send. */
function pickled({ compared }: Facts): string {
  return told(compared.pickled, {
    whether: "Python's pool of processes is faster than its loop on x² − 13",
    faster: (times) =>
      `Python's pool, which sends by *pickle*, was ${times} as fast as the Python loop: that loop is slow enough to leave room for a trip.`,
    same: (times) =>
      `Python's pool, which sends by *pickle*, came out like the Python loop: ${times}, the same within the margin.`,
    slower: (times) => `Python's pool, which sends by *pickle*, took ${times} as long as the Python loop.`,
  });
}

function messages(facts: Facts): string {
  const list = (chunk: string) =>
    timeWords(perList(facts, { part: 'messages', strategy: 'worker-threads', where: { chunk: [chunk] } }));
  const both = `with a message for each of 500 short lists a list took ${list('key')}, with all of them in a few messages ${list('balanced')}`;
  return told(facts.compared.fewMessages, {
    whether: 'a few large messages are faster than many small ones',
    faster: (times) => `Messages have a price of their own: ${both}. Fewer messages were ${times} as fast.`,
    same: (times) => `The number of messages made no difference here: ${both} (${times}).`,
    slower: (times) => `Fewer messages took ${times} as long here: ${both}.`,
  });
}

/** Processor time per number: the trip is work, too, and the sender does a good part of it. */
function why(facts: Facts): string[] {
  const steps =
    'A list that goes to another process is read number by number, written as bytes, handed over, read again and built ' +
    'anew; its answer takes the same way back. The thread that sends does much of that itself, whatever helpers there are.';
  const [loop, pool] = ['for-loop', 'child-process[serialization=json]'].map((id) =>
    cpuPerNumber(facts, place(id)),
  );
  if (loop === undefined || pool === undefined) return [steps];
  return [
    steps,
    `It shows in processor time, summed over all cores: ${about(loop)} per number in the loop, ${about(pool)} in the pool with JSON.`,
  ];
}
