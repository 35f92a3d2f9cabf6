import { type Block, type Text, table, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { course, em } from './course.js';
import { type Facts, type LessonCell, measuredAt, rowsMeasured, timeFigure } from './facts.js';
import type { Place } from './part.js';
import type { QuestionName } from './questions.js';
import type { Chapter } from './section.js';
import { outcomeText } from './sentence.js';

const where = { values: ['ints'] };
const place = (strategy: string): Place => ({ part: 'sending', strategy, where });

interface Row {
  readonly words: string;
  readonly way: string;
  readonly place: Place;
  readonly against?: QuestionName;
}

export const messageRows: readonly Row[] = [
  { words: 'for-loop', way: 'stays where it is', place: place('for-loop') },
  {
    words: 'typed-array',
    way: 'copied into an array and back',
    place: place('typed-array'),
    against: 'packed',
  },
  {
    words: 'worker-threads',
    way: 'cloned to a thread and back',
    place: place('worker-threads'),
    against: 'cloned',
  },
  {
    words: 'child-process, json',
    way: 'written as text, to a process and back',
    place: place('child-process[serialization=json]'),
    against: 'asJson',
  },
];

/** (3) What a message costs. */
export function messageChapter(facts: Facts): Chapter {
  return {
    id: 'messages',
    title: 'What a message costs',
    question: 'What does it take to bring a number to a helper, and its answer back?',
    tried: text`The function of the question, x² − 13, on ${figure(course.lists, 'sending', 'whole')} lists of thousands of whole numbers. It is next to no work, so nearly all of the time is what happens to a number on its way.`,
    from: ['sending', 'messages', 'vectors'],
    chart: 'messages.png',
    table: tableOf(facts),
    seen: seen(facts),
    why: why(facts),
    takeAway: [
      'Count the trip before you count the cores. If moving a number costs more than the work on it, more helpers make it ' +
        'slower; and many small messages cost more than a few large ones.',
    ],
  };
}

function tableOf(facts: Facts): Block {
  return table<Row>(
    [
      { head: 'strategy', of: ({ words }) => words },
      { head: 'the number is', of: ({ way }) => way },
      {
        head: 'time per number',
        align: 'right',
        of: ({ place: one }) => timeFigure(facts, one, 'perNumber'),
      },
      {
        head: 'against the loop',
        align: 'right',
        of: ({ against }) => {
          const compared = against === undefined ? undefined : facts.compared[against];
          return compared === undefined || compared.kind === 'missing'
            ? undefined
            : text`${figure(compared, 'inverse', 'ratio')} as long`;
        },
      },
    ],
    rowsMeasured(facts, messageRows),
  );
}

function seen(facts: Facts): (Text | undefined)[] {
  const { compared } = facts;
  const trip = (name: QuestionName, what: string) =>
    outcomeText(compared[name], {
      whether: text`${what} is faster than the loop`,
      faster: (times) => text`Here ${what} was ${times} as fast as the loop: so much is left after its trip.`,
      same: (times) => text`Here ${what} came out like the loop: ${times}, the same within the margin.`,
      slower: (times) => text`With ${what} the same answers took ${times} as long as with the loop.`,
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
function pickled({ compared }: Facts): Text | undefined {
  return outcomeText(compared.pickled, {
    whether: "Python's pool of processes is faster than its loop on x² − 13",
    faster: (times) =>
      text`Python's pool, which sends by ${em('pickle')}, was ${times} as fast as the Python loop: that loop is slow enough to leave room for a trip.`,
    same: (times) =>
      text`Python's pool, which sends by ${em('pickle')}, came out like the Python loop: ${times}, the same within the margin.`,
    slower: (times) =>
      text`Python's pool, which sends by ${em('pickle')}, took ${times} as long as the Python loop.`,
  });
}

function messages(facts: Facts): Text | undefined {
  const list = (chunk: string) =>
    timeFigure(facts, { part: 'messages', strategy: 'worker-threads', where: { chunk: [chunk] } }, 'perList');
  const both = text`with a message for each of ${figure(course.lists, 'messages', 'whole')} short lists a list took ${list('key')}, with all of them in a few messages ${list('balanced')}`;
  return outcomeText(facts.compared.fewMessages, {
    whether: 'a few large messages are faster than many small ones',
    faster: (times) =>
      text`Messages have a price of their own: ${both}. Fewer messages were ${times} as fast.`,
    same: (times) => text`The number of messages made no difference here: ${both} (${times}).`,
    slower: (times) => text`Fewer messages took ${times} as long here: ${both}.`,
  });
}

/** Processor time per number: the trip is work, too, and the sender does a good part of it. */
function why(facts: Facts): Text[] {
  const steps: Text = [
    'A list that goes to another process is read number by number, written as bytes, handed over, read again and built ' +
      'anew; its answer takes the same way back. The thread that sends does much of that itself, whatever helpers there are.',
  ];
  const [loop, pool] = ['for-loop', 'child-process[serialization=json]'].map((id) =>
    measuredAt(facts, place(id)),
  );
  if (loop?.cpuNsPerNumber === undefined || pool?.cpuNsPerNumber === undefined) return [steps];
  const each = (cell: LessonCell) => figure(cell, 'cpuNsPerNumber', 'ns', { digits: 2 });
  return [
    steps,
    text`It shows in processor time, summed over all cores: ${each(loop)} per number in the loop, ${each(pool)} in the pool with JSON.`,
  ];
}
