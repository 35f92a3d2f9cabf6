import type { BreakEven } from '../../analysis/types.js';
import { type Block, code, type Text, table, text } from '../../document/document.js';
import { type Figure, figure } from '../../document/figure.js';
import { joinedBy, pointText } from '../../document/words.js';
import { course } from './course.js';
import { type Amount, type Facts, measuredAt, timeFigure } from './facts.js';
import type { Place } from './part.js';
import { type PaysFrom, paysFrom, type Steps, type Way } from './pays-from.js';
import type { Chapter } from './section.js';
import { missingText, outcomeText, ratioFigure } from './sentence.js';

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

/** (5) When it does pay, and how to move the crossover. */
export function payoffChapter(facts: Facts): Chapter {
  const amounts = joinedBy(facts.amounts.map(stepsFigure), ', ');
  return {
    id: 'paying',
    title: 'When it does pay, and how to move that point',
    question: 'How much work on each number does it take until a pool of threads wins?',
    tried: text`${figure(course.lists, 'paying', 'whole')} lists of a few hundred numbers, and more and more work on each: ${amounts} square roots per number. The trip stays the same, the work grows. Three ways to make the trip: the last three columns say how many times as fast as the plain loop they are.`,
    from: ['paying', 'messages'],
    chart: 'paying.png',
    table: tableOf(facts),
    seen: [
      ...ways.map((one) => crossover(facts, one)),
      ...movers(facts),
      chunks(facts),
      ...facts.paidBack.map((one) => breakEvenText(one)),
    ],
    why: [
      [
        'A pool has a price per start, per message and per number. The work must be larger than all three, and it is shared by the ' +
          'cores while the trip is not. So there are four handles: send fewer and larger messages, do not copy what can be handed ' +
          'over or shared, keep the pool running, and give each number more work.',
      ],
    ],
    takeAway: takeAway(facts),
  };
}

function stepsFigure(amount: Amount): Figure {
  return figure(amount, 'steps', 'whole');
}

/** That the point moves is said where two ways pay from different amounts on. */
function takeAway(facts: Facts): Text {
  const found = ways.flatMap(({ way }) => {
    const pays = paysFrom(facts, way, stepsOf(facts));
    return pays.kind === 'from' ? [amountOf(facts, pays.from)] : [];
  });
  const [least, ...others] = found.toSorted((a, b) => a.steps - b.steps);
  if (least === undefined)
    return [
      'None of these ways was shown to pay at any amount of work that was tried. Look for a larger one before you build a pool.',
    ];
  const most = others.at(-1) ?? least;
  const there = 'There is no “threads are faster”. There is an amount of work per number from which they are';
  return most.steps > least.steps
    ? text`${there}, and how you bring the numbers there moves it: here from ${stepsFigure(most)} square roots per number down to ${stepsFigure(least)}.`
    : text`${there}: here ${stepsFigure(least)} square roots per number were enough.`;
}

function stepsOf({ amounts }: Facts): Steps[] {
  return amounts.map(({ steps }) => steps);
}

/** The amount of the facts with so many steps, which were taken from them. */
function amountOf({ amounts }: Facts, steps: Steps): Amount {
  return amounts.find((one) => one.steps === steps) ?? { steps };
}

function tableOf(facts: Facts): Block {
  return table<Amount>(
    [
      { head: 'square roots per number', align: 'right', of: stepsFigure },
      {
        head: 'the loop, per number',
        align: 'right',
        of: ({ steps }) => timeFigure(facts, loopAt(steps), 'perNumber'),
      },
      ...ways.map(({ way, strategy }) => ({
        head: strategy,
        align: 'right' as const,
        of: ({ steps }: Amount) => ratioFigure(facts.compared[`${way}${steps}`]),
      })),
    ],
    facts.amounts,
  );
}

function loopAt(steps: Steps): Place {
  return { part: 'paying', strategy: 'for-loop', where: { steps: [steps] } };
}

/** From where on one way pays, as time of work on each number. */
function crossover(facts: Facts, { way, strategy, says }: (typeof ways)[number]): Text {
  const steps = stepsOf(facts);
  const found = paysFrom(facts, way, steps);
  const who = text`${code(strategy)} (${says})`;
  switch (found.kind) {
    case 'missing':
      return text`Not measured here: from where on ${who} pays (${missingText(found.of)}).`;
    case 'undecided':
      return text`Not decided here: from where on ${who} pays.`;
    case 'never':
      return text`${who} did not pay at any amount that was tried, up to ${workText(facts, steps[steps.length - 1])}.`;
    case 'from':
      if (found.from === steps[0])
        return text`${who} paid from the least that was tried on: ${workText(facts, steps[0])}.`;
      return fromText(facts, who, found);
  }
}

/** "81 ns of work per number, 32 square roots". */
function workText(facts: Facts, steps: Steps): Text {
  const loop = measuredAt(facts, loopAt(steps));
  const work = loop && text`${figure(loop.perNumber, 'value', 'ns', { digits: 2 })} of work per number, `;
  return text`${work}${stepsFigure(amountOf(facts, steps))} square roots`;
}

function fromText(
  facts: Facts,
  who: Text,
  { from, below, also = [] }: Extract<PaysFrom, { kind: 'from' }>,
): Text {
  const subject =
    below === undefined ? text`${who} paid` : text`${who} did not pay at ${workText(facts, below)}; it did`;
  const where = joinedBy(
    [...also, from].map((steps) => workText(facts, steps)),
    ' and at ',
  );
  const above = from === facts.amounts.at(-1)?.steps ? '' : ', and above';
  const open =
    also.length > 0 ? 'what happens in between' : below === undefined ? 'what happens below' : undefined;
  return text`${subject} at ${where}${above}${open === undefined ? undefined : `; not decided here is ${open}`}.`;
}

function movers({ compared }: Facts): (Text | undefined)[] {
  const where = text`at ${figure(course.steps, 'ways', 'whole')} square roots per number`;
  return [
    outcomeText(compared.transferOrClone, {
      whether: text`handing over is faster than cloning, ${where}`,
      faster: (times) => text`Handed over instead of cloned: ${times} as fast, ${where}.`,
      same: (times) => text`Handing over instead of cloning made no difference ${where}: ${times}.`,
      slower: (times) =>
        text`Handing over instead of cloning took ${times} as long, ${where}: packing cost more than it saved.`,
    }),
    outcomeText(compared.sharedOrClone, {
      whether: text`sharing is faster than cloning, ${where}`,
      faster: (times) => text`Shared instead of cloned: ${times} as fast, ${where}.`,
      same: (times) => text`Sharing instead of cloning made no difference ${where}: ${times}.`,
      slower: (times) => text`Sharing instead of cloning took ${times} as long, ${where}.`,
    }),
  ];
}

function chunks({ compared }: Facts): Text | undefined {
  const what = text`one message per list (${figure(course.lists, 'messages', 'whole')} lists of ${figure(course, 'shortest', 'whole')} numbers, x² − 13)`;
  return outcomeText(compared.fewMessages, {
    whether: text`large chunks are faster than ${what}`,
    faster: (times) => text`Chunks: many lists in each message were ${times} as fast as ${what}.`,
    same: (times) => text`Chunks made no difference against ${what}: ${times}.`,
    slower: (times) => text`Chunks took ${times} as long as ${what}.`,
  });
}

/** "Starting worker-threads (35 ms) has paid for itself after 12 runs [10, 14] …", or why it never does. */
function breakEvenText(one: BreakEven): Text {
  const { uses } = one;
  const what = text`${oneTimeText(one)} (${figure(one, 'costNs', 'ns')})`;
  const against = text`against ${code(one.against)} (${pointText(one.point)})`;
  const each = one.kind === 'opening' ? 'a run' : 'a pass over the data';
  switch (uses.kind) {
    case 'after': {
      const times = figure(uses, 'uses', one.kind === 'opening' ? 'runs' : 'passes');
      return text`${what} has paid for itself after ${times}: each saves ${figure(one.gainNs, 'value', 'ns')} ${against}.`;
    }
    case 'never': {
      const longer = figure(one.gainNs, 'value', 'ns', { unsigned: true });
      return text`${what} never pays for itself: ${each} takes ${longer} longer than with ${code(one.against)} (${pointText(one.point)}).`;
    }
    case 'undecided':
      return text`${what}: undecided, because it is not sure that ${each} saves anything ${against}.`;
  }
}

function oneTimeText({ kind, strategy }: BreakEven): Text {
  return kind === 'opening'
    ? text`Starting and stopping ${code(strategy)}`
    : text`Packing for ${code(strategy)} and unpacking once`;
}
