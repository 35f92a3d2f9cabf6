import { paragraph, type Section, type Text, table, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import type { Compared } from './compared.js';
import { sleepMisleads } from './concurrency.js';
import { course } from './course.js';
import type { Facts } from './facts.js';
import type { QuestionName } from './questions.js';
import { missingText } from './sentence.js';

interface Claim {
  readonly says: string;
  readonly asks: QuestionName;
  /** What was held against what. */
  readonly when: string;
  readonly expects: 'faster' | 'slower';
  /** Said of a machine with many cores: on a smaller one an answer against the pool says nothing about theirs. */
  readonly ofMany?: true;
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
    ofMany: true,
  },
  {
    says: 'With long lists of numbers the pool of processes is the better choice',
    asks: 'pickled',
    when: 'the pool against the Python loop, x² − 13 on long lists',
    expects: 'faster',
    ofMany: true,
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
export function sourceSection(facts: Facts): Section {
  const misled = sleepMisleads(facts);
  return {
    id: 'source',
    title: ['What the answers to the question got right, and what misled'],
    blocks: [
      paragraph(
        'The question has two answers. They say more than this; these are the statements that this run can test, on this machine.',
      ),
      table<Claim>(
        [
          { head: 'they say', of: ({ says }) => says },
          { head: 'here', of: (claim) => verdictText(facts, claim) },
          { head: 'the numbers', of: ({ asks, when }) => numbersText(facts.compared[asks], when) },
        ],
        claims,
      ),
      ...(misled === undefined ? [] : [paragraph(text`What misled: ${misled}`)]),
    ],
  };
}

function verdictText(facts: Facts, { asks, expects, ofMany }: Claim): Text {
  const compared = facts.compared[asks];
  if (compared.kind === 'missing') return ['not measured'];
  if (compared.kind === 'undecided') return ['not decided'];
  // "Does not help" holds where it is the same, too.
  const holds = compared.kind === expects || (expects === 'slower' && compared.kind === 'same');
  if (holds) return ['right'];
  const { host } = facts.host.header;
  const { answers } = course;
  return ofMany && answers.cores > host.usableCores
    ? text`not so here; said of ${figure(answers, 'cores', 'whole')} cores, and this machine has ${figure(host, 'usableCores', 'whole')}`
    : ['not so'];
}

/** Not as a sentence: the column beside it says what it means. */
function numbersText(compared: Compared, when: string): Text {
  switch (compared.kind) {
    case 'missing':
      return text`not measured: ${missingText(compared)}`;
    case 'slower':
      return text`${when}: takes ${figure(compared, 'inverse', 'ratio')} as long`;
    case 'faster':
    case 'same':
    case 'undecided':
      return text`${when}: ${figure(compared, 'ratio', 'ratio')} as fast`;
  }
}
