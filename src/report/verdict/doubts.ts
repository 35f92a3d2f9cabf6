import type { Analysis, Finding } from '../../analysis/types.js';
import { lineOf, oneLine } from '../plain-text.js';
import { noted } from '../pointers/note.js';

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
    ...findings.map((finding) =>
      `- **${names[finding.severity]}**: ${lineOf(finding, 'sentence')} ${lineOf(finding, 'advice')}`.trimEnd(),
    ),
    ...analysis.notes.map(
      (note, i) =>
        `- **Note**: ${noted(oneLine(note), { kind: 'text', from: analysis.notes, name: `${i}` })}`,
    ),
  ];
  return [
    '## Doubts',
    lines.length === 0 ? 'None of the checks on this run found anything.' : lines.join('\n'),
  ].join('\n\n');
}
