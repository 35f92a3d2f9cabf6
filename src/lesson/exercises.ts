import type { Estimate } from '../analysis/types.js';
import { formatRatioEstimate } from '../report/units.js';
import { type Facts, perNumber, timeOf } from './facts.js';
import { leftOut } from './section.js';
import { told } from './sentence.js';
import { coresOf, timeWords } from './words.js';

interface Exercise {
  readonly title: string;
  readonly measured: boolean;
  readonly asks: string;
  /** From the run; empty sentences are left out. */
  readonly answer: readonly string[];
}

/** (6) Three exercises; the answers are folded away. */
export function exercisesText(facts: Facts): string {
  const all = [fractions(facts), eightWorkers(facts), once(facts)];
  return [
    '## 6. Three exercises',
    '**Can you say it before you measure it?**',
    'Answer first, then look.',
    ...leftOut(facts, ['working', 'lock']),
    ...all.map(exerciseText),
  ].join('\n\n');
}

/** Without its measurement an exercise has neither a question nor an answer. */
function exerciseText({ title, measured, asks, answer }: Exercise, index: number): string {
  const heading = `### ${index + 1}. ${title}`;
  if (!measured) return `${heading}\n\nLeft out: what it asks about was not measured in this run.`;
  const text = answer.filter((sentence) => sentence !== '').join(' ');
  return [heading, asks, `<details>\n<summary>Answer</summary>\n\n${text}\n\n</details>`].join('\n\n');
}

const json = 'child-process[serialization=json]';

function fractions(facts: Facts): Exercise {
  const { compared } = facts;
  const number = (strategy: string, values: string) =>
    timeWords(perNumber(facts, { part: 'sending', strategy, where: { values: [values] } }));
  return {
    title: 'Prices instead of counts',
    measured: compared.fractionsAsJson.kind !== 'missing',
    asks:
      `In part 3 a whole number took ${number(json, 'ints')} by JSON and ${number('worker-threads', 'ints')} by cloning. ` +
      'Now the lists hold numbers with a fraction, like 0.7364982. They take as much memory as before. Which of the two gets dearer, and why?',
    answer: [
      told(compared.fractionsAsJson, {
        whether: 'whole numbers go faster by JSON than numbers with a fraction',
        faster: (times) =>
          `JSON gets dearer: ${number(json, 'doubles')} per number; whole numbers are ${times} as fast. JSON writes a number as text and reads it back, and a fraction has up to 17 digits.`,
        same: (times) => `JSON does not change here: ${number(json, 'doubles')} per number (${times}).`,
        slower: (times) =>
          `Against what one would think, JSON gets cheaper: ${number(json, 'doubles')} per number; whole numbers take ${times} as long.`,
      }),
      told(compared.fractionsCloned, {
        whether: 'whole numbers are cloned faster than numbers with a fraction',
        faster: (times) =>
          `Cloning gets dearer too: ${number('worker-threads', 'doubles')} per number; whole numbers are ${times} as fast.`,
        same: (times) =>
          `Cloning does not change: ${number('worker-threads', 'doubles')} per number (${times}), since it copies bytes and writes no digits.`,
        slower: (times) =>
          `Cloning gets cheaper: ${number('worker-threads', 'doubles')} per number; whole numbers take ${times} as long. It copies bytes, whatever number they stand for.`,
      }),
    ],
  };
}

/** Two and eight workers were measured in two parts: what is said is what their intervals allow. */
function eightWorkers({ compared, ...facts }: Facts): Exercise {
  const { twoProcesses: two, processesWork: eight } = compared;
  const title = 'Four times as many helpers';
  if (two.kind === 'missing' || eight.kind === 'missing')
    return { title, measured: false, asks: '', answer: [] };
  const cores = coresOf({ compared, ...facts });
  const coresWords = `${cores} usable ${cores === 1 ? 'core' : 'cores'}`;
  return {
    title,
    measured: true,
    asks:
      `On this machine with ${coresWords}, two Python processes computed ${formatRatioEstimate(two.ratio)} as fast as one thread (part 2). ` +
      'The same lists are now given to eight processes. Four times as fast again?',
    answer: [
      `Eight processes computed ${formatRatioEstimate(eight.ratio)} as fast as one thread (part 1).`,
      fourTimes(two.ratio, eight.ratio),
      `There are ${coresWords}: what helpers gain by computing ends there, and each of them has to be started and sent its share.`,
    ],
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
  const where = { steps: [512] };
  const warm = (strategy: string) => timeWords(timeOf(facts, { part: 'paying', strategy, where }));
  const first = (strategy: string) =>
    timeWords(timeOf(facts, { part: 'paying', strategy, where }, 'one-shot'));
  const both = `the first session took ${first('for-loop')} with the loop and ${first('worker-threads')} with the pool`;
  return {
    title: 'A script that runs once',
    measured: compared.onceOrLoop.kind !== 'missing',
    asks:
      `In part 5, with 512 square roots per number, the loop took ${warm('for-loop')} and a running pool ${warm('worker-threads')}. ` +
      'You write a script that starts, does this once, and ends. Do you start a pool in it?',
    answer: [
      told(compared.onceOrLoop, {
        whether: 'a pool that is started for one run is faster than the loop',
        faster: (times) => `Yes: ${both}. Even with its start, the pool was ${times} as fast.`,
        same: (times) => `It makes no difference: ${both} (${times}, the same within the margin).`,
        slower: (times) => `No: ${both}. With the start of the pool it took ${times} as long.`,
      }),
      'Here the start of the pool is inside the time that counts, as in the first answer, whose pool is created in the function that it measures.',
    ],
  };
}
