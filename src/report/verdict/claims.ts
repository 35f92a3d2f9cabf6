import type { Analysis, ClaimVerdict } from '../../analysis/types.js';
import { lineOf } from '../plain-text.js';

const words: Readonly<Record<ClaimVerdict['status'], string>> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  undecided: 'Undecided',
  'not testable': 'Not testable here',
};

/** What the source of the question says, and what this run says to it. */
export function claimsSection(analysis: Analysis): string {
  const claims = analysis.claims.map(
    (judged) =>
      `- **${words[judged.status]}** (${judged.claim.account}): "${lineOf(judged.claim, 'says', withoutDot)}": ${lineOf(judged, 'because')}.`,
  );
  return [
    "## The source's claims",
    claims.length === 0
      ? 'The source of this question makes no claim that this scenario could test.'
      : claims.join('\n'),
  ].join('\n\n');
}

function withoutDot(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
