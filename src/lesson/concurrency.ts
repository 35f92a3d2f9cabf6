import { counted } from '../report/plain-text.js';
import { barChart } from './bars.js';
import { coresBusy, type Facts } from './facts.js';
import type { QuestionName } from './questions.js';
import type { Section } from './section.js';
import { isAbove, told } from './sentence.js';
import { busyWords, coresOf } from './words.js';

const from = ['waiting', 'working'] as const;

/** (1) Concurrency is not parallelism. */
export function concurrencySection(facts: Facts): Section {
  return {
    title: 'To wait together is not to work together',
    question: 'Eight things at once: when does that help?',
    tried:
      'Two kinds of items. The first kind *waits* a few milliseconds each, as for an answer from a server. The second kind *computes*: ' +
      'tens of thousands of square roots per list. A plain loop takes one after another. Then eight are under way at once: as tasks on one ' +
      'thread in Node (`async-tasks`), in eight Python threads, and in eight Python processes. Each way is held against the ' +
      'plain loop of its own language.',
    from,
    ...chartOf(facts),
    seen: [...waitsSeen(facts), ...workSeen(facts), sleepMisleads(facts), sleepTellsNothing(facts)],
    why: [busyLoop(facts), why],
    takeAway:
      'Having several things under way is *concurrency*. Computing several things in the same instant is ' +
      '*parallelism*. Before anything else ask of your items: do they wait, or do they compute?',
  };
}

const why =
  'A core is the part of a processor that computes; it does one thing at a time. Who waits needs no core, so one core ' +
  'can watch over many waits. Who computes needs a core all the time, and eight tasks on one core only take turns.';

const bars: readonly { name: QuestionName; text: string; group: string }[] = [
  { name: 'tasksWait', text: 'async-tasks, wait', group: 'wait' },
  { name: 'threadsWait', text: 'python-threads, wait', group: 'wait' },
  { name: 'processesWait', text: 'python-process-pool, wait', group: 'wait' },
  { name: 'tasksWork', text: 'async-tasks, compute', group: 'compute' },
  { name: 'threadsWork', text: 'python-threads, compute', group: 'compute' },
  { name: 'processesWork', text: 'python-process-pool, compute', group: 'compute' },
];

function chartOf(facts: Facts): Pick<Section, 'chart'> {
  const measured = bars.flatMap(({ name, text, group }) => {
    const compared = facts.compared[name];
    return compared.kind === 'missing' ? [] : [{ text, group, value: compared.ratio }];
  });
  return barChart(facts, {
    name: 'waiting-and-working.png',
    title: 'Eight at once: what do items gain that wait, and items that compute?',
    caption: '1× is the plain loop of the same language.',
    scale: 'times as fast as the loop',
    groups: { wait: 'items that wait', compute: 'items that compute' },
    unit: 'ratio',
    mark: 1,
    bars: measured,
  });
}

function waitsSeen({ compared }: Facts): string[] {
  return [
    told(compared.tasksWait, {
      whether: 'eight waits on one thread (`async-tasks`) end sooner than one after another',
      faster: (times) =>
        `Items that wait: eight of them on one single thread (\`async-tasks\`) were ${times} as fast as one after another.`,
      same: (times) =>
        `Items that wait: eight of them on one thread (\`async-tasks\`) gained nothing here: ${times}, the same within the margin.`,
      slower: (times) =>
        `Items that wait: against the rule, eight of them on one thread (\`async-tasks\`) took ${times} as long as one after another.`,
    }),
    told(compared.threadsWait, {
      whether: 'eight Python threads wait faster than a loop',
      faster: (times) =>
        `With eight Python threads the waits ended ${times} as fast as with the Python loop: the answer is right that threads help with requests to servers.`,
      same: (times) => `Eight Python threads gained nothing on waits here: ${times}.`,
      slower: (times) =>
        `Against the rule, eight Python threads took ${times} as long on waits as the Python loop.`,
    }),
    told(compared.processesWait, {
      whether: 'a pool of eight Python processes waits faster than a loop',
      faster: (times) => `With a pool of eight Python processes they ended ${times} as fast.`,
      same: (times) => `A pool of eight Python processes gained nothing on waits here: ${times}.`,
      slower: (times) =>
        `A pool of eight Python processes took ${times} as long on waits as the Python loop.`,
    }),
  ];
}

function workSeen({ compared }: Facts): string[] {
  return [
    told(compared.tasksWork, {
      whether: 'tasks on one thread (`async-tasks`) compute faster than a plain loop',
      faster: (times) =>
        `Lists that compute: \`async-tasks\` was ${times} as fast as the loop. One thread cannot compute more in the same time; look for what else differs.`,
      same: (times) =>
        `Lists that compute: on one thread \`async-tasks\` gained nothing. It was ${times} as fast as the loop, the same within the margin.`,
      slower: (times) =>
        `Lists that compute: on one thread \`async-tasks\` took ${times} as long as the loop.`,
    }),
    told(compared.threadsWork, {
      whether: 'eight Python threads compute faster than a Python loop',
      faster: (times) =>
        `Eight Python threads computed ${times} as fast as the Python loop: more than an interpreter with a lock can give.`,
      same: (times) =>
        `Eight Python threads gained nothing when they had to compute: ${times} the Python loop, the same within the margin.`,
      slower: (times) =>
        `Eight Python threads made computing slower: they took ${times} as long as the Python loop.`,
    }),
    told(compared.processesWork, {
      whether: 'eight Python processes compute faster than a Python loop',
      faster: (times) =>
        `Eight Python processes did gain: they computed ${times} as fast as the Python loop.`,
      same: (times) => `Eight Python processes gained nothing here: ${times} the Python loop.`,
      slower: (times) => `Eight Python processes took ${times} as long as the Python loop.`,
    }),
  ];
}

/** The source's "50 ms of CPU time" were a sleep: its gain is bounded by workers, that of work by cores. */
export function sleepMisleads(facts: Facts): string {
  const pool = facts.compared.processesWait;
  if (pool.kind === 'missing') return '';
  const cores = counted(coresOf(facts), 'core');
  const gain = `${pool.ratio.value.toFixed(1)}×`;
  const source =
    'The first answer assumes “~50ms CPU time” for each item; its code let them sleep (`time.sleep(0.05)`)';
  const above = isAbove(pool.ratio, coresOf(facts));
  if (above === true)
    return `${source}. Here the sleeping pool gained ${gain} on ${cores}. Computing cannot gain more than there are cores, so that gain says nothing about computing.`;
  if (above === false)
    return `${source}. Here the sleeping pool gained ${gain}, no more than ${cores} could give: on this machine that number alone does not tell sleeping from computing.`;
  return `${source}. Not decided here: whether the sleeping pool gained more (${gain}) than ${cores} could give.`;
}

function sleepTellsNothing({ compared }: Facts): string {
  const says = 'Had that answer drawn its first chart with threads in place of processes,';
  return told(compared.threadsOrProcessesWait, {
    whether: 'threads wait faster than processes',
    faster: (times) =>
      `${says} it would have looked even better: their waits ended ${times} as fast. A sleep cannot show what processes are for.`,
    same: (times) =>
      `${says} it would have looked the same (${times}). A sleep cannot show what processes are for.`,
    slower: (times) => `${says} it would have looked a little worse: their waits took ${times} as long.`,
  });
}

/** Processor time over time of the plain loops: what waiting and computing cost. */
function busyLoop(facts: Facts): string {
  const waits = coresBusy(facts, { part: 'waiting', strategy: 'for-loop' });
  const works = coresBusy(facts, { part: 'working', strategy: 'for-loop' });
  if (waits === undefined || works === undefined) return '';
  return `While its items waited, the plain loop kept ${busyWords(waits)} of a core busy; while they computed, ${busyWords(works)}.`;
}
