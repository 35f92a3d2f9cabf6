import { code, joinTexts, quote, type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { counted } from '../../document/words.js';
import { isAbove } from './compared.js';
import { course, em } from './course.js';
import { type Facts, measuredAt } from './facts.js';
import type { Chapter } from './section.js';
import { outcomeText } from './sentence.js';

const from = ['waiting', 'working'] as const;

/** (1) Concurrency is not parallelism. */
export function concurrencyChapter(facts: Facts): Chapter {
  return {
    id: 'concurrency',
    title: 'To wait together is not to work together',
    question: 'Eight things at once: when does that help?',
    tried: joinTexts([
      text`Two kinds of items. The first kind ${em('waits')} a few milliseconds each, as for an answer from a server. The second kind ${em('computes')}: `,
      text`tens of thousands of square roots per list. A plain loop takes one after another. Then eight are under way at once: as tasks on one thread in Node (${code('async-tasks')}), in eight Python threads, and in eight Python processes. Each way is held against the plain loop of its own language.`,
    ]),
    from,
    chart: 'waiting-and-working.png',
    seen: [...waitsSeen(facts), ...workSeen(facts), sleepMisleads(facts), sleepTellsNothing(facts)],
    why: [busyLoop(facts), [why]],
    takeAway: text`Having several things under way is ${em('concurrency')}. Computing several things in the same instant is ${em('parallelism')}. Before anything else ask of your items: do they wait, or do they compute?`,
  };
}

const why =
  'A core is the part of a processor that computes; it does one thing at a time. Who waits needs no core, so one core ' +
  'can watch over many waits. Who computes needs a core all the time, and eight tasks on one core only take turns.';

function waitsSeen({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.tasksWait, {
      whether: text`eight waits on one thread (${code('async-tasks')}) end sooner than one after another`,
      faster: (times) =>
        text`Items that wait: eight of them on one single thread (${code('async-tasks')}) were ${times} as fast as one after another.`,
      same: (times) =>
        text`Items that wait: eight of them on one thread (${code('async-tasks')}) gained nothing here: ${times}, the same within the margin.`,
      slower: (times) =>
        text`Items that wait: against the rule, eight of them on one thread (${code('async-tasks')}) took ${times} as long as one after another.`,
    }),
    outcomeText(compared.threadsWait, {
      whether: 'eight Python threads wait faster than a loop',
      faster: (times) =>
        text`With eight Python threads the waits ended ${times} as fast as with the Python loop: the answer is right that threads help with requests to servers.`,
      same: (times) => text`Eight Python threads gained nothing on waits here: ${times}.`,
      slower: (times) =>
        text`Against the rule, eight Python threads took ${times} as long on waits as the Python loop.`,
    }),
    outcomeText(compared.processesWait, {
      whether: 'a pool of eight Python processes waits faster than a loop',
      faster: (times) => text`With a pool of eight Python processes they ended ${times} as fast.`,
      same: (times) => text`A pool of eight Python processes gained nothing on waits here: ${times}.`,
      slower: (times) =>
        text`A pool of eight Python processes took ${times} as long on waits as the Python loop.`,
    }),
  ];
}

function workSeen({ compared }: Facts): (Text | undefined)[] {
  return [
    outcomeText(compared.tasksWork, {
      whether: text`tasks on one thread (${code('async-tasks')}) compute faster than a plain loop`,
      faster: (times) =>
        text`Lists that compute: ${code('async-tasks')} was ${times} as fast as the loop. One thread cannot compute more in the same time; look for what else differs.`,
      same: (times) =>
        text`Lists that compute: on one thread ${code('async-tasks')} gained nothing. It was ${times} as fast as the loop, the same within the margin.`,
      slower: (times) =>
        text`Lists that compute: on one thread ${code('async-tasks')} took ${times} as long as the loop.`,
    }),
    outcomeText(compared.threadsWork, {
      whether: 'eight Python threads compute faster than a Python loop',
      faster: (times) =>
        text`Eight Python threads computed ${times} as fast as the Python loop: more than an interpreter with a lock can give.`,
      same: (times) =>
        text`Eight Python threads gained nothing when they had to compute: ${times} the Python loop, the same within the margin.`,
      slower: (times) =>
        text`Eight Python threads made computing slower: they took ${times} as long as the Python loop.`,
    }),
    outcomeText(compared.processesWork, {
      whether: 'eight Python processes compute faster than a Python loop',
      faster: (times) =>
        text`Eight Python processes did gain: they computed ${times} as fast as the Python loop.`,
      same: (times) => text`Eight Python processes gained nothing here: ${times} the Python loop.`,
      slower: (times) => text`Eight Python processes took ${times} as long as the Python loop.`,
    }),
  ];
}

/** The source's "50 ms of CPU time" were a sleep: its gain is bounded by workers, that of work by cores. */
export function sleepMisleads(facts: Facts): Text | undefined {
  const pool = facts.compared.processesWait;
  if (pool.kind === 'missing') return undefined;
  const { host } = facts.host.header;
  const cores = counted(figure(host, 'usableCores', 'whole'), 'core');
  const gain = figure(pool.ratio, 'value', 'ratio');
  const source = text`The first answer assumes “${quote(course.answers, 'work')}” for each item; its code let them sleep (${code('time.sleep(0.05)')})`;
  const above = isAbove(pool.ratio, host.usableCores);
  if (above === true)
    return text`${source}. Here the sleeping pool gained ${gain} on ${cores}. Computing cannot gain more than there are cores, so that gain says nothing about computing.`;
  if (above === false)
    return text`${source}. Here the sleeping pool gained ${gain}, no more than ${cores} could give: on this machine that number alone does not tell sleeping from computing.`;
  return text`${source}. Not decided here: whether the sleeping pool gained more (${gain}) than ${cores} could give.`;
}

function sleepTellsNothing({ compared }: Facts): Text | undefined {
  const says = 'Had that answer drawn its first chart with threads in place of processes,';
  return outcomeText(compared.threadsOrProcessesWait, {
    whether: 'threads wait faster than processes',
    faster: (times) =>
      text`${says} it would have looked even better: their waits ended ${times} as fast. A sleep cannot show what processes are for.`,
    same: (times) =>
      text`${says} it would have looked the same (${times}). A sleep cannot show what processes are for.`,
    slower: (times) => text`${says} it would have looked a little worse: their waits took ${times} as long.`,
  });
}

/** Processor time over time of the plain loops: what waiting and computing cost. */
function busyLoop(facts: Facts): Text | undefined {
  const waits = measuredAt(facts, { part: 'waiting', strategy: 'for-loop' });
  const works = measuredAt(facts, { part: 'working', strategy: 'for-loop' });
  if (waits?.coresBusy === undefined || works?.coresBusy === undefined) return undefined;
  return text`While its items waited, the plain loop kept ${figure(waits, 'coresBusy', 'cores')} of a core busy; while they computed, ${figure(works, 'coresBusy', 'cores')}.`;
}
