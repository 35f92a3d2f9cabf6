import { type Block, type Text, table, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { em } from './course.js';
import { busyFigure, type Facts, measuredAt, rowsMeasured, timeFigure } from './facts.js';
import type { Place } from './part.js';
import type { QuestionName } from './questions.js';
import type { Chapter } from './section.js';
import { outcomeText, ratioFigure } from './sentence.js';

const place = (strategy: string): Place => ({ part: 'lock', strategy });

/** One row of the table and the chart: a way, and how it compares with one thread of its language. */
interface Row {
  readonly words: string;
  readonly place: Place;
  readonly against?: QuestionName;
  /** The language of its way: the colour of its bar. */
  readonly group: 'python' | 'node';
}

export const lockRows: readonly Row[] = [
  { words: 'Python, one thread', place: place('python-for-loop'), group: 'python' },
  { words: 'Python, two threads', place: place('python-threads'), against: 'twoThreads', group: 'python' },
  {
    words: 'Python, two processes',
    place: place('python-process-pool'),
    against: 'twoProcesses',
    group: 'python',
  },
  { words: 'Node, one thread', place: place('for-loop'), group: 'node' },
  { words: 'Node, two threads', place: place('worker-threads'), against: 'twoNodeThreads', group: 'node' },
];

/** (2) The GIL, seen. */
export function lockChapter(facts: Facts): Chapter {
  return {
    id: 'lock',
    title: 'The lock that makes Python threads take turns',
    question: 'Why could I not use three threads, one for key1, key2 and key3?',
    tried: [
      'The computing lists again, now with two helpers: threads, which share one interpreter, and processes, which have one each.',
    ],
    from: ['lock'],
    chart: 'lock.png',
    table: tableOf(facts),
    seen: seen(facts),
    why: why(facts),
    takeAway: takeAway(facts),
  };
}

/** The rule of thumb is given where this run bears it out. */
function takeAway({ compared }: Facts): Text {
  const [threads, processes] = [compared.twoThreads.kind, compared.twoProcesses.kind];
  const node =
    'A thread in Node is an engine of its own, without a shared lock; but it shares no lists either, so that these must be sent. What that costs is the next question.';
  if (threads === 'missing' || processes === 'missing') return [node];
  const holds = processes === 'faster' && (threads === 'same' || threads === 'slower');
  return holds
    ? text`In CPython take threads for waiting and processes for computing. ${node}`
    : text`The rule “in CPython threads for waiting, processes for computing” is not what this run shows in full: measure your own work before you follow it. ${node}`;
}

function tableOf(facts: Facts): Block {
  return table<Row>(
    [
      { head: 'way', of: ({ words }) => words },
      { head: 'time', align: 'right', of: ({ place: one }) => timeFigure(facts, one) },
      {
        head: 'times as fast as one thread',
        align: 'right',
        of: ({ against }) => (against === undefined ? undefined : ratioFigure(facts.compared[against])),
      },
      { head: 'cores busy', align: 'right', of: ({ place: one }) => busyFigure(measuredAt(facts, one)) },
    ],
    rowsMeasured(facts, lockRows),
  );
}

function seen({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.twoThreads, {
      whether: 'two Python threads compute faster than one',
      faster: (times) =>
        text`Two Python threads were ${times} as fast as one: this interpreter let them compute side by side, at least in part.`,
      same: (times) => text`Two Python threads were no gain over one: ${times}, the same within the margin.`,
      slower: (times) => text`Two Python threads were worse than one: they took ${times} as long.`,
    }),
    outcomeText(compared.twoProcesses, {
      whether: 'two Python processes compute faster than one thread',
      faster: (times) =>
        text`Two Python processes were ${times} as fast as one thread. Each has an interpreter, and so a lock, of its own.`,
      same: (times) => text`Two Python processes were no gain here: ${times}, the same within the margin.`,
      slower: (times) =>
        text`Two Python processes took ${times} as long as one thread here: what they save is less than what sending costs.`,
    }),
    outcomeText(compared.twoNodeThreads, {
      whether: 'two threads in Node compute faster than one',
      faster: (times) => text`Two threads in Node were ${times} as fast as one.`,
      same: (times) => text`Two threads in Node were no gain here: ${times}, the same within the margin.`,
      slower: (times) => text`Two threads in Node took ${times} as long as one here.`,
    }),
    outcomeText(compared.nodeOrPython, {
      whether: 'one thread in Node is faster than one in Python on this work',
      faster: (times) => text`One thread in Node was ${times} as fast as one in Python.`,
      same: (times) => text`One thread in Node took as long as one in Python (${times}).`,
      slower: (times) => text`One thread in Node took ${times} as long as one in Python.`,
    }),
    outcomeText(compared.nodeOrPythonPool, {
      whether: 'one thread in Node is faster than two Python processes',
      faster: (times) =>
        text`And it was ${times} as fast as the two Python processes: another way to write the loop can be worth more than another core.`,
      same: (times) => text`It took as long as the two Python processes (${times}).`,
      slower: (times) => text`It took ${times} as long as the two Python processes.`,
    }),
  ];
}

/** The lock is told as the reason where the run shows its trace: one core busy under two threads. */
function why(facts: Facts): Text[] {
  const [threads, processes] = ['python-threads', 'python-process-pool'].map((id) =>
    measuredAt(facts, place(id)),
  );
  const lock = text`CPython has one lock per process, the ${em('global interpreter lock')} (GIL). Only the thread that holds it runs Python code; the others stand in line.`;
  if (threads?.coresBusy === undefined || processes?.coresBusy === undefined)
    return [lock, ['This run cannot show it.']];
  const both = text`Two Python threads kept ${figure(threads, 'coresBusy', 'cores')} cores busy, two processes ${figure(processes, 'coresBusy', 'cores')}.`;
  return threads.coresBusy < 1.25
    ? [lock, text`The last column shows it. ${both}`]
    : [both, ['A lock that lets one thread compute at a time does not show here.'], lock];
}
