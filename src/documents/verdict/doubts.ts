import type { Analysis, Finding } from '../../analysis/types.js';
import {
  list,
  paragraph,
  quote,
  quoteAt,
  type Section,
  sentences,
  strong,
  text,
} from '../../document/document.js';

const names: Readonly<Record<Finding['severity'], string>> = {
  blocker: 'Do not rely on this run',
  warning: 'Doubt',
  note: 'Note',
};

/** What speaks against trusting the figures, worst first as the analysis has them, each with what to do about it. */
export function doubtsSection({ findings, notes }: Analysis): Section {
  const items = [
    ...findings.map(
      (finding) =>
        text`${strong(names[finding.severity])}: ${sentences(quote(finding, 'sentence'), quote(finding, 'advice'))}`,
    ),
    ...notes.map((_, i) => text`${strong(names.note)}: ${quoteAt(notes, i)}`),
  ];
  return {
    id: 'doubts',
    title: ['Doubts'],
    blocks: items.length === 0 ? [paragraph('None of the checks on this run found anything.')] : list(items),
  };
}
