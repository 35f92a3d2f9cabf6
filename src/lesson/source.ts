import { table } from '../report/plain-text.js';
import { formatRatioEstimate } from '../report/units.js';
import type { Compared } from './compared.js';
import { sleepMisleads } from './concurrency.js';
import type { Facts } from './facts.js';
import type { QuestionName } from './questions.js';
import { inverse } from './sentence.js';
import { coresOf } from './words.js';

interface Claim {
  readonly says: string;
  readonly asks: QuestionName;
  /** What was held against what. */
  readonly when: string;
  readonly expects: 'faster' | 'slower';
  /** Said of a machine with so many: on a smaller one an answer against the pool says nothing about theirs. */
  readonly cores?: number;
}

/** What the answers to the question say, each with the comparison that tests it. */
const claims: readonly Claim[] = [
  {
    says: 'Python threads help where the program waits for others, as in HTTP calls',
    asks: 'threadsWait',
    when: 'eight threads against the loop, waiting',
    expects: 'faster',
  },
  {
    says: 'Python threads do not help to compute in parallel',
    asks: 'twoThreads',
    when: 'two threads against one, computing',
    expects: 'slower',
  },
  {
    says: 'A pool of processes does help where each item takes much processor time',
    asks: 'twoProcesses',
    when: 'two processes against one thread, computing',
    expects: 'faster',
    cores: 8,
  },
  {
    says: 'With long lists of numbers the pool of processes is the better choice',
    asks: 'pickled',
    when: 'the pool against the Python loop, x² − 13 on long lists',
    expects: 'faster',
    cores: 8,
  },
  {
    says: 'Still faster is numpy',
    asks: 'numpyInPlace',
    when: 'numpy against the Python loop, in place',
    expects: 'faster',
  },
  {
    says: 'Copying, serialising and sending soon cost more than the useful work',
    asks: 'cloned',
    when: 'a pool of threads in Node against its loop, x² − 13',
    expects: 'slower',
  },
];

/** What the source's answers got right here, what not, and what misled. */
export function sourceText(facts: Facts): string {
  const rows = claims.map((claim) => {
    const { says, asks, when } = claim;
    const compared = facts.compared[asks];
    return [says, verdictOf(compared, claim, coresOf(facts)), numbersOf(compared, when)];
  });
  const misled = sleepMisleads(facts);
  return [
    '## What the answers to the question got right, and what misled',
    'The question has two answers. They say more than this; these are the statements that this run can test, on this machine.',
    table(['they say', 'here', 'the numbers'], rows),
    ...(misled === '' ? [] : [`What misled: ${misled}`]),
  ].join('\n\n');
}

function verdictOf(compared: Compared, { expects, cores: said = 0 }: Claim, cores: number): string {
  if (compared.kind === 'missing') return 'not measured';
  if (compared.kind === 'undecided') return 'not decided';
  // "Does not help" holds where it is the same, too.
  const holds = compared.kind === expects || (expects === 'slower' && compared.kind === 'same');
  if (holds) return 'right';
  return said > cores ? `not so here; said of ${said} cores, and this machine has ${cores}` : 'not so';
}

/** Not as a sentence: the column beside it says what it means. */
function numbersOf(compared: Compared, when: string): string {
  if (compared.kind === 'missing') return `not measured: ${compared.because}`;
  const { kind, ratio } = compared;
  return kind === 'slower'
    ? `${when}: takes ${formatRatioEstimate(inverse(ratio))} as long`
    : `${when}: ${formatRatioEstimate(ratio)} as fast`;
}
