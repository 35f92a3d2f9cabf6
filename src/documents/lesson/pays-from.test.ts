import { describe, expect, test } from 'vitest';
import type { Compared, Missing } from './compared.js';
import { type PaysFrom, paysFrom } from './pays-from.js';
import { steps } from './questions.js';

type Kind = Compared['kind'];

const crashed: Missing = {
  kind: 'missing',
  part: 'paying',
  account: 'warm',
  strategies: ['worker-threads-shared'],
  cells: ['c3'],
  because: { kind: 'failed', reason: 'it crashed' },
};

/** What is found where the four amounts of work had these outcomes. */
function found(kinds: readonly Kind[]): PaysFrom {
  const compared = Object.fromEntries(
    steps.map((step, i) => [
      `shared${step}`,
      kinds[i] === 'missing' ? crashed : { kind: kinds[i], ratio: { value: 1, rounds: 8 } },
    ]),
  );
  return paysFrom(
    { compared: compared as unknown as Parameters<typeof paysFrom>[0]['compared'] },
    'shared',
    steps,
  );
}

describe('from how much work on a way pays', () => {
  test.each<[string, readonly Kind[], PaysFrom]>([
    ['between two amounts', ['slower', 'slower', 'faster', 'faster'], { kind: 'from', from: 128, below: 32 }],
    ['a tie is no win', ['slower', 'same', 'faster', 'faster'], { kind: 'from', from: 128, below: 32 }],
    [
      'doubt lies between',
      ['slower', 'undecided', 'faster', 'faster'],
      { kind: 'from', from: 128, below: 8 },
    ],
    ['nothing known below', ['undecided', 'undecided', 'undecided', 'faster'], { kind: 'from', from: 512 }],
    [
      'a win below a doubt is told beside it',
      ['slower', 'faster', 'undecided', 'faster'],
      { kind: 'from', from: 512, below: 8, also: [32] },
    ],
    ['everywhere', ['faster', 'faster', 'faster', 'faster'], { kind: 'from', from: 8 }],
    ['nowhere', ['slower', 'slower', 'same', 'slower'], { kind: 'never' }],
    ['nowhere for sure', ['slower', 'slower', 'slower', 'undecided'], { kind: 'undecided' }],
    [
      'a win that does not last is no answer',
      ['faster', 'faster', 'faster', 'slower'],
      { kind: 'undecided' },
    ],
    ['one is missing', ['slower', 'missing', 'faster', 'faster'], { kind: 'missing', of: crashed }],
  ])('%s', (_, kinds, expected) => {
    expect(found(kinds)).toEqual(expected);
  });
});
