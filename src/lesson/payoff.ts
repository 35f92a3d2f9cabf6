import { breakEvenText } from '../documents/verdict/losers.js';
import { textMarkdown } from '../render/markdown.js';
import { speedUpChart } from '../report/charts/speed-up-chart.js';
import { accountOf } from '../report/headline.js';
import { table } from '../report/plain-text.js';
import { cutsOf } from '../report/slices.js';
import { formatRatioEstimate } from '../report/units.js';
import { type Facts, perNumber } from './facts.js';
import { type PaysFrom, paysFrom, type Steps, sweptSteps, type Way } from './pays-from.js';
import type { Section } from './section.js';
import { told } from './sentence.js';
import { about, timeWords } from './words.js';

const ways: readonly { way: Way; strategy: string; says: string }[] = [
  { way: 'cloned', strategy: 'worker-threads', says: 'lists sent as clones' },
  {
    way: 'transferred',
    strategy: 'worker-threads-transfer',
    says: 'lists packed, and the pack handed over without a copy',
  },
  {
    way: 'shared',
    strategy: 'worker-threads-shared',
    says: 'lists packed into memory that all threads share',
  },
];

const chartName = 'paying.png';

/** (5) When it does pay, and how to move the crossover. */
export function payoffSection(facts: Facts): Section {
  return {
    title: 'When it does pay, and how to move that point',
    question: 'How much work on each number does it take until a pool of threads wins?',
    tried:
      `16 lists of a few hundred numbers, and more and more work on each: ${sweptSteps(facts).join(', ')} square roots per number. The trip ` +
      'stays the same, the work grows. Three ways to make the trip: the last three columns say how many times as fast as the plain loop they are.',
    from: ['paying', 'messages'],
    ...chartOf(facts),
    table: tableOf(facts),
    seen: [...ways.map((one) => crossover(facts, one)), ...movers(facts), chunks(facts), ...warmPool(facts)],
    why: [
      'A pool has a price per start, per message and per number. The work must be larger than all three, and it is shared by the ' +
        'cores while the trip is not. So there are four handles: send fewer and larger messages, do not copy what can be handed ' +
        'over or shared, keep the pool running, and give each number more work.',
    ],
    takeAway: takeAway(facts),
  };
}

/** That the point moves is said where two ways pay from different amounts on. */
function takeAway(facts: Facts): string {
  const found = ways.flatMap(({ way }) => {
    const from = paysFrom(facts, way, sweptSteps(facts));
    return from.kind === 'from' ? [from.from] : [];
  });
  if (found.length === 0)
    return 'None of these ways was shown to pay at any amount of work that was tried. Look for a larger one before you build a pool.';
  const least = 'There is no “threads are faster”. There is an amount of work per number from which they are';
  return new Set(found).size > 1
    ? `${least}, and how you bring the numbers there moves it: here from ${Math.max(...found)} square roots per number down to ${Math.min(...found)}.`
    : `${least}: here ${found[0]} square roots per number were enough.`;
}

function chartOf({ parts }: Facts): Pick<Section, 'chart'> {
  const analysis = parts.get('paying')?.analysis;
  const [line] = analysis === undefined ? [] : cutsOf(analysis).lines;
  const account = analysis && accountOf(analysis, 'warm');
  if (analysis === undefined || account === undefined || line === undefined) return {};
  const picture = speedUpChart(analysis, account, line);
  if (picture === undefined) return {};
  const description = 'Speed-up of three ways to use a pool of threads against the work per number';
  return { chart: { name: chartName, description, picture } };
}

function tableOf(facts: Facts): string {
  return table(
    ['square roots per number', 'the loop, per number', ...ways.map(({ strategy }) => strategy)],
    sweptSteps(facts).map((step) => [
      String(step),
      timeWords(loopAt(facts, step)),
      ...ways.map(({ way }) => {
        const compared = facts.compared[`${way}${step}`];
        return compared.kind === 'missing' ? '–' : formatRatioEstimate(compared.ratio);
      }),
    ]),
  );
}

function loopAt(facts: Facts, step: Steps) {
  return perNumber(facts, { part: 'paying', strategy: 'for-loop', where: { steps: [step] } });
}

/** From where on one way pays, as time of work on each number. */
function crossover(facts: Facts, { way, strategy, says }: (typeof ways)[number]): string {
  const found = paysFrom(facts, way, sweptSteps(facts));
  const who = `\`${strategy}\` (${says})`;
  const work = (step: Steps) => {
    const loop = loopAt(facts, step);
    return `${loop === undefined ? '' : `${about(loop.value)} of work per number, `}${step} square roots`;
  };
  const amounts = sweptSteps(facts);
  switch (found.kind) {
    case 'missing':
      return `Not measured here: from where on ${who} pays (${found.because}).`;
    case 'undecided':
      return `Not decided here: from where on ${who} pays.`;
    case 'never':
      return `${who} did not pay at any amount that was tried, up to ${work(amounts[amounts.length - 1])}.`;
    case 'from':
      if (found.from === amounts[0])
        return `${who} paid from the least that was tried on: ${work(amounts[0])}.`;
      return fromWords(who, found, amounts, work);
  }
}

function fromWords(
  who: string,
  { from, below, also = [] }: Extract<PaysFrom, { kind: 'from' }>,
  amounts: readonly Steps[],
  work: (step: Steps) => string,
): string {
  const subject = below === undefined ? `${who} paid` : `${who} did not pay at ${work(below)}; it did`;
  const where = [...also, from].map(work).join(' and at ');
  const above = from === amounts[amounts.length - 1] ? '' : ', and above';
  const open =
    also.length > 0 ? 'what happens in between' : below === undefined ? 'what happens below' : undefined;
  return `${subject} at ${where}${above}${open === undefined ? '' : `; not decided here is ${open}`}.`;
}

function movers({ compared }: Facts): string[] {
  const where = 'at 32 square roots per number';
  return [
    told(compared.transferOrClone, {
      whether: `handing over is faster than cloning, ${where}`,
      faster: (times) => `Handed over instead of cloned: ${times} as fast, ${where}.`,
      same: (times) => `Handing over instead of cloning made no difference ${where}: ${times}.`,
      slower: (times) =>
        `Handing over instead of cloning took ${times} as long, ${where}: packing cost more than it saved.`,
    }),
    told(compared.sharedOrClone, {
      whether: `sharing is faster than cloning, ${where}`,
      faster: (times) => `Shared instead of cloned: ${times} as fast, ${where}.`,
      same: (times) => `Sharing instead of cloning made no difference ${where}: ${times}.`,
      slower: (times) => `Sharing instead of cloning took ${times} as long, ${where}.`,
    }),
  ];
}

function chunks({ compared }: Facts): string {
  const what = 'one message per list (500 lists of 10 numbers, x² − 13)';
  return told(compared.fewMessages, {
    whether: `large chunks are faster than ${what}`,
    faster: (times) => `Chunks: many lists in each message were ${times} as fast as ${what}.`,
    same: (times) => `Chunks made no difference against ${what}: ${times}.`,
    slower: (times) => `Chunks took ${times} as long as ${what}.`,
  });
}

/** After how many runs the start of a pool is paid back: the case for keeping it. */
function warmPool({ parts }: Facts): string[] {
  const most = sweptSteps({ parts }).at(-1);
  const found = parts
    .get('paying')
    ?.analysis.breakEven.find(
      ({ kind, strategy, point }) =>
        kind === 'opening' && strategy === 'worker-threads' && point.steps === most,
    );
  return found === undefined ? [] : [textMarkdown(breakEvenText(found))];
}
