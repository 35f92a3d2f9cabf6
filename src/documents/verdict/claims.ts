import type { Analysis, ClaimTest, ClaimVerdict, RegionWinner } from '../../analysis/types.js';
import type { Claim } from '../../contract/scenario.js';
import { list, paragraph, quote, type Section, strong, type Text, text } from '../../document/document.js';
import { count, type Figure, figure } from '../../document/figure.js';
import { joinedBy, listed, pointText } from '../../document/words.js';

const words: Readonly<Record<ClaimVerdict['status'], string>> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  undecided: 'Undecided',
  'not testable': 'Not testable here',
};

/** What the source of the question says, and what this run says to it. */
export function claimsSection(analysis: Analysis): Section {
  const items = analysis.claims.map((judged) => {
    const { claim, status } = judged;
    return text`${strong(words[status])} (${claim.account}): "${quote(claim, 'says', withoutDot)}": ${reasonText(analysis, judged)}.`;
  });
  return {
    id: 'claims',
    title: ["The source's claims"],
    blocks:
      items.length === 0
        ? [paragraph('The source of this question makes no claim that this scenario could test.')]
        : list(items),
  };
}

function withoutDot(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** The numbers, or why there are none. */
export function reasonText({ header }: Pick<Analysis, 'header'>, { claim, because }: ClaimVerdict): Text {
  switch (because.kind) {
    case 'no point':
      return ['no point of this run is one that it speaks of'];
    case 'did not take part':
      return text`${listed(because.who)} did not take part in this run`;
    case 'not measured': {
      const where = because.together ? ' at the same point' : '';
      return text`${listed(because.who)}${where} could not be measured in the ${claim.account} account`;
    }
    case 'measured': {
      const { tests } = because;
      const numbers = tests.length === 1 ? testText(tests[0]) : testsText(tests, claim);
      if (!because.coresMissing) return numbers;
      return text`said of ${coresFigure(claim)} cores, and this machine can use ${figure(header.host, 'usableCores', 'whole')}; here ${numbers}`;
    }
  }
}

function coresFigure(claim: Claim): Figure {
  return figure(claim, 'cores', 'whole');
}

const answers: Readonly<Record<RegionWinner, string>> = {
  challenger: 'faster',
  incumbent: 'slower',
  same: 'the same',
  undecided: 'undecided',
};

function testsText(tests: readonly ClaimTest[], claim: Claim): Text {
  const sorted = [...tests].sort((a, b) => speed(a) - speed(b));
  const counts = (['challenger', 'same', 'incumbent', 'undecided'] as const).flatMap((winner) => {
    const such = tests.filter((test) => test.winner === winner);
    if (such.length === 0) return [];
    return [text`${answers[winner]} at ${such.length === tests.length ? 'all ' : ''}${count(such)}`];
  });
  const [worst, best] = [testText(sorted[0]), testText(sorted[sorted.length - 1])];
  return text`over ${count(tests)} points ${claim.faster} is ${joinedBy(counts, ', ')}; at worst, ${worst}; at best, ${best}`;
}

function testText({ point, one, other, found }: ClaimTest): Text {
  const where = pointText(point);
  switch (found.kind) {
    case 'over its limit':
      return text`${found.who} was over its limit (${where})`;
    case 'as fast':
      return text`${one} is ${figure(found, 'times', 'ratio')} as fast as ${other} (${where})`;
    case 'as long':
      return text`${one} takes ${figure(found, 'times', 'ratio')} as long as ${other} (${where})`;
  }
}

/** Of the claimed one against the other. */
function speed({ one, found }: ClaimTest): number {
  switch (found.kind) {
    case 'over its limit':
      return found.who === one ? 0 : Number.POSITIVE_INFINITY;
    case 'as fast':
      return found.times.value;
    case 'as long':
      return 1 / found.times.value;
  }
}
