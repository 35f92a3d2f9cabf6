import { table } from '../report/plain-text.js';
import { formatRatioEstimate } from '../report/units.js';
import { barChart } from './bars.js';
import { coresBusy, type Facts, rowsMeasured, timeOf } from './facts.js';
import type { Place } from './part.js';
import type { QuestionName } from './questions.js';
import type { Section } from './section.js';
import { told } from './sentence.js';
import { busyWords, timeWords } from './words.js';

const place = (strategy: string): Place => ({ part: 'lock', strategy });

/** One row of the table and the chart: a way, and how it compares with one thread of its language. */
const rows: readonly { text: string; place: Place; against?: QuestionName; group: string }[] = [
  { text: 'Python, one thread', place: place('python-for-loop'), group: 'python' },
  { text: 'Python, two threads', place: place('python-threads'), against: 'twoThreads', group: 'python' },
  {
    text: 'Python, two processes',
    place: place('python-process-pool'),
    against: 'twoProcesses',
    group: 'python',
  },
  { text: 'Node, one thread', place: place('for-loop'), group: 'node' },
  { text: 'Node, two threads', place: place('worker-threads'), against: 'twoNodeThreads', group: 'node' },
];

/** (2) The GIL, seen. */
export function lockSection(facts: Facts): Section {
  return {
    title: 'The lock that makes Python threads take turns',
    question: 'Why could I not use three threads, one for key1, key2 and key3?',
    tried:
      'The computing lists again, now with two helpers: threads, which share one interpreter, and processes, which have one each.',
    from: ['lock'],
    ...chartOf(facts),
    table: tableOf(facts),
    seen: seen(facts),
    why: why(facts),
    takeAway: takeAway(facts),
  };
}

/** The rule of thumb is given where this run bears it out. */
function takeAway({ compared }: Facts): string {
  const [threads, processes] = [compared.twoThreads.kind, compared.twoProcesses.kind];
  const node =
    'A thread in Node is an engine of its own, without a shared lock; but it shares no lists either, so that these must be sent. What that costs is the next question.';
  if (threads === 'missing' || processes === 'missing') return node;
  const holds = processes === 'faster' && (threads === 'same' || threads === 'slower');
  return holds
    ? `In CPython take threads for waiting and processes for computing. ${node}`
    : `The rule “in CPython threads for waiting, processes for computing” is not what this run shows in full: measure your own work before you follow it. ${node}`;
}

function chartOf(facts: Facts): Pick<Section, 'chart'> {
  const bars = rows.flatMap(({ text, place: one, group }) => {
    const value = timeOf(facts, one);
    return value === undefined ? [] : [{ text, group, value }];
  });
  return barChart(facts, {
    name: 'lock.png',
    title: 'Two threads or two processes: who shortens the work?',
    caption: 'The same square roots in every row.',
    scale: 'time for all lists',
    groups: { python: 'Python', node: 'Node' },
    unit: 'time',
    bars,
  });
}

function tableOf(facts: Facts): string {
  return table(
    ['way', 'time', 'times as fast as one thread', 'cores busy'],
    rowsMeasured(facts, rows).map(({ text, place: one, against }) => {
      const compared = against === undefined ? undefined : facts.compared[against];
      const times =
        compared === undefined || compared.kind === 'missing' ? '–' : formatRatioEstimate(compared.ratio);
      return [text, timeWords(timeOf(facts, one)), times, busyWords(coresBusy(facts, one))];
    }),
  );
}

function seen({ compared }: Facts): string[] {
  return [
    told(compared.twoThreads, {
      whether: 'two Python threads compute faster than one',
      faster: (times) =>
        `Two Python threads were ${times} as fast as one: this interpreter let them compute side by side, at least in part.`,
      same: (times) => `Two Python threads were no gain over one: ${times}, the same within the margin.`,
      slower: (times) => `Two Python threads were worse than one: they took ${times} as long.`,
    }),
    told(compared.twoProcesses, {
      whether: 'two Python processes compute faster than one thread',
      faster: (times) =>
        `Two Python processes were ${times} as fast as one thread. Each has an interpreter, and so a lock, of its own.`,
      same: (times) => `Two Python processes were no gain here: ${times}, the same within the margin.`,
      slower: (times) =>
        `Two Python processes took ${times} as long as one thread here: what they save is less than what sending costs.`,
    }),
    told(compared.twoNodeThreads, {
      whether: 'two threads in Node compute faster than one',
      faster: (times) => `Two threads in Node were ${times} as fast as one.`,
      same: (times) => `Two threads in Node were no gain here: ${times}, the same within the margin.`,
      slower: (times) => `Two threads in Node took ${times} as long as one here.`,
    }),
    told(compared.nodeOrPython, {
      whether: 'one thread in Node is faster than one in Python on this work',
      faster: (times) => `One thread in Node was ${times} as fast as one in Python.`,
      same: (times) => `One thread in Node took as long as one in Python (${times}).`,
      slower: (times) => `One thread in Node took ${times} as long as one in Python.`,
    }),
    told(compared.nodeOrPythonPool, {
      whether: 'one thread in Node is faster than two Python processes',
      faster: (times) =>
        `And it was ${times} as fast as the two Python processes: another way to write the loop can be worth more than another core.`,
      same: (times) => `It took as long as the two Python processes (${times}).`,
      slower: (times) => `It took ${times} as long as the two Python processes.`,
    }),
  ];
}

/** The lock is told as the reason where the run shows its trace: one core busy under two threads. */
function why(facts: Facts): string[] {
  const [threads, processes] = ['python-threads', 'python-process-pool'].map((id) =>
    coresBusy(facts, place(id)),
  );
  const lock =
    'CPython has one lock per process, the *global interpreter lock* (GIL). Only the thread that holds it runs Python code; the others stand in line.';
  if (threads === undefined || processes === undefined) return [lock, 'This run cannot show it.'];
  const both = `Two Python threads kept ${busyWords(threads)} cores busy, two processes ${busyWords(processes)}.`;
  return threads < 1.25
    ? [lock, `The last column shows it. ${both}`]
    : [both, 'A lock that lets one thread compute at a time does not show here.', lock];
}
