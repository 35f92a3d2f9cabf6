import type { Analysis, ClaimVerdict } from '../../analysis/types.js';
import { list, paragraph, quote, type Section, strong, text } from '../../document/document.js';

const words: Readonly<Record<ClaimVerdict['status'], string>> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  undecided: 'Undecided',
  'not testable': 'Not testable here',
};

/** What the source of the question says, and what this run says to it. */
export function claimsSection({ claims }: Analysis): Section {
  const items = claims.map((judged) => {
    const { claim, status } = judged;
    return text`${strong(words[status])} (${claim.account}): "${quote(claim, 'says', withoutDot)}": ${quote(judged, 'because')}.`;
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
