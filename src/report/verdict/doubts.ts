import type { Analysis, Finding } from '../../analysis/types.js';
import { oneLine } from '../plain-text.js';

const rank: Readonly<Record<Finding['severity'], number>> = { blocker: 0, warning: 1, note: 2 };
const names: Readonly<Record<Finding['severity'], string>> = {
  blocker: 'Do not rely on this run',
  warning: 'Doubt',
  note: 'Note',
};

/** What speaks against trusting the figures, worst first, each with what to do about it. */
export function doubtsSection(analysis: Analysis): string {
  const findings = [...analysis.findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const lines = [
    ...findings.map(({ severity, sentence, advice }) =>
      `- **${names[severity]}**: ${oneLine(sentence)} ${oneLine(advice)}`.trimEnd(),
    ),
    ...analysis.notes.map((note) => `- **Note**: ${oneLine(note)}`),
  ];
  return [
    '## Doubts',
    lines.length === 0 ? 'None of the checks on this run found anything.' : lines.join('\n'),
  ].join('\n\n');
}
