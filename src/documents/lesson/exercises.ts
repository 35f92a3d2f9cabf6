import type { Estimate } from '../../analysis/types.js';
import {
  type Block,
  heading,
  paragraph,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { counted } from '../../document/words.js';
import { chapterFigure, course } from './course.js';
import { type Facts, timeFigure } from './facts.js';
import { leftOut } from './section.js';
import { outcomeText } from './sentence.js';

interface Exercise {
  readonly title: string;
  /** Undefined where what it asks about was not measured. */
  readonly asked?: { readonly question: Text; readonly answer: readonly (Text | undefined)[] };
}

/** (6) Three exercises; the answers are folded away. */
export function exercisesSection(facts: Facts): Section {
  const all = [fractions(facts), eightWorkers(facts), once(facts)];
  return {
    id: 'exercises',
    title: text`${chapterFigure('exercises')}. Three exercises`,
    blocks: [
      paragraph(strong('Can you say it before you measure it?')),
      paragraph('Answer first, then look.'),
      ...leftOut(facts, ['working', 'lock']),
      ...all.flatMap(exerciseBlocks),
    ],
  };
}

/** Without its measurement an exercise has neither a question nor an answer. */
function exerciseBlocks({ title, asked }: Exercise, index: number): Block[] {
  const head = heading(text`${figure(course.exercises[index], 'number', 'whole')}. ${title}`);
  if (asked === undefined)
    return [head, paragraph('Left out: what it asks about was not measured in this run.')];
  return [
    head,
    paragraph(asked.question),
    { kind: 'details', summary: ['Answer'], blocks: [paragraph(sentences(...asked.answer))] },
  ];
}

const json = 'child-process[serialization=json]';

function fractions(facts: Facts): Exercise {
  const { compared } = facts;
  const number = (strategy: string, values: string) =>
    timeFigure(facts, { part: 'sending', strategy, where: { values: [values] } }, 'perNumber');
  const title = 'Prices instead of counts';
  if (compared.fractionsAsJson.kind === 'missing') return { title };
  return {
    title,
    asked: {
      question: text`In part ${chapterFigure('messages')} a whole number took ${number(json, 'ints')} by JSON and ${number('worker-threads', 'ints')} by cloning. Now the lists hold numbers with a fraction, like ${figure(course, 'fraction', 'whole')}. They take as much memory as before. Which of the two gets dearer, and why?`,
      answer: [
        outcomeText(compared.fractionsAsJson, {
          whether: 'whole numbers go faster by JSON than numbers with a fraction',
          faster: (times) =>
            text`JSON gets dearer: ${number(json, 'doubles')} per number; whole numbers are ${times} as fast. JSON writes a number as text and reads it back, and a fraction has up to ${figure(course, 'fractionDigits', 'whole')} digits.`,
          same: (times) => text`JSON does not change here: ${number(json, 'doubles')} per number (${times}).`,
          slower: (times) =>
            text`Against what one would think, JSON gets cheaper: ${number(json, 'doubles')} per number; whole numbers take ${times} as long.`,
        }),
        outcomeText(compared.fractionsCloned, {
          whether: 'whole numbers are cloned faster than numbers with a fraction',
          faster: (times) =>
            text`Cloning gets dearer too: ${number('worker-threads', 'doubles')} per number; whole numbers are ${times} as fast.`,
          same: (times) =>
            text`Cloning does not change: ${number('worker-threads', 'doubles')} per number (${times}), since it copies bytes and writes no digits.`,
          slower: (times) =>
            text`Cloning gets cheaper: ${number('worker-threads', 'doubles')} per number; whole numbers take ${times} as long. It copies bytes, whatever number they stand for.`,
        }),
      ],
    },
  };
}

/** Two and eight workers were measured in two parts: what is said is what their intervals allow. */
function eightWorkers(facts: Facts): Exercise {
  const { twoProcesses: two, processesWork: eight } = facts.compared;
  const title = 'Four times as many helpers';
  if (two.kind === 'missing' || eight.kind === 'missing') return { title };
  const cores = counted(figure(facts.host.header.host, 'usableCores', 'whole'), 'usable core');
  return {
    title,
    asked: {
      question: text`On this machine with ${cores}, two Python processes computed ${figure(two, 'ratio', 'ratio')} as fast as one thread (part ${chapterFigure('lock')}). The same lists are now given to eight processes. Four times as fast again?`,
      answer: [
        text`Eight processes computed ${figure(eight, 'ratio', 'ratio')} as fast as one thread (part ${chapterFigure('concurrency')}).`,
        [fourTimes(two.ratio, eight.ratio)],
        text`There are ${cores}: what helpers gain by computing ends there, and each of them has to be started and sent its share.`,
      ],
    },
  };
}

function fourTimes({ interval: two }: Estimate, { interval: eight }: Estimate): string {
  if (two === undefined || eight === undefined)
    return 'Not decided here: with so few rounds there is no range for either.';
  if (eight.low >= 4 * two.high) return 'Four times as many were at least four times as fast.';
  const notFour =
    eight.high < 4 * two.low
      ? 'That is far from four times as much'
      : 'Whether that is four times as much is not decided here';
  if (eight.low > two.high) return `${notFour}, and more than with two.`;
  if (eight.high < two.low) return `${notFour}, and less than with two.`;
  return `${notFour}; whether it is more than with two is not decided here, since the ranges overlap.`;
}

function once(facts: Facts): Exercise {
  const { compared } = facts;
  const where = { steps: [course.steps.once] };
  const warm = (strategy: string) => timeFigure(facts, { part: 'paying', strategy, where });
  const first = (strategy: string) =>
    timeFigure(facts, { part: 'paying', strategy, where }, 'time', 'one-shot');
  const both = text`the first session took ${first('for-loop')} with the loop and ${first('worker-threads')} with the pool`;
  const title = 'A script that runs once';
  if (compared.onceOrLoop.kind === 'missing') return { title };
  return {
    title,
    asked: {
      question: text`In part ${chapterFigure('paying')}, with ${figure(course.steps, 'once', 'whole')} square roots per number, the loop took ${warm('for-loop')} and a running pool ${warm('worker-threads')}. You write a script that starts, does this once, and ends. Do you start a pool in it?`,
      answer: [
        outcomeText(compared.onceOrLoop, {
          whether: 'a pool that is started for one run is faster than the loop',
          faster: (times) => text`Yes: ${both}. Even with its start, the pool was ${times} as fast.`,
          same: (times) => text`It makes no difference: ${both} (${times}, the same within the margin).`,
          slower: (times) => text`No: ${both}. With the start of the pool it took ${times} as long.`,
        }),
        [
          'Here the start of the pool is inside the time that counts, as in the first answer, whose pool is created in the function that it measures.',
        ],
      ],
    },
  };
}
