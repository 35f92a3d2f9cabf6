import type { ClockRecord } from '../../contract/program.js';
import { concerningEntries } from './completeness.js';
import type { Doubt } from './finding.js';

/** Single messages are late by chance (another process had the core); a program that hides work is late as a rule. */
const ruleShare = 0.5;

/** What `apart` counts in the results: from here on a program's own time lies too far below the time around its message. */
const apartLimits = { apartShare: 0.05, apartNs: 200_000 };

/** A program says itself how long it took; the driver's clock around the message says how much that can be wrong. */
export const programClocks: Doubt = ({ table }) => {
  const cells = table.all('one-shot').flatMap((entry) => {
    const clocks = entry.rounds.flatMap(({ outcome }) => outcome.clocks ?? []);
    const share = sum(clocks, 'apart') / sum(clocks, 'messages');
    return share > 0 ? [{ entry, clocks, share }] : [];
  });
  if (cells.length === 0) return [];
  const many = cells.filter(({ share }) => share > ruleShare);
  const worst = Math.max(...cells.map(({ share }) => share));
  return [
    {
      id: 'program-clocks-apart',
      severity: many.length > 0 ? 'warning' : 'note',
      ...concerningEntries(cells.map(({ entry }) => entry)),
      facts: {
        ...apartLimits,
        worst,
        ...widestOf(cells.flatMap(({ clocks }) => clocks)),
      },
    },
  ];
};

function widestOf(clocks: readonly ClockRecord[]): Pick<ClockRecord, 'widest'> {
  const gapNs = ({ widest }: ClockRecord) => (widest === undefined ? 0 : widest.outsideNs - widest.insideNs);
  const [first] = [...clocks].sort((a, b) => gapNs(b) - gapNs(a));
  return first?.widest === undefined ? {} : { widest: first.widest };
}

function sum(clocks: readonly ClockRecord[], which: 'messages' | 'apart'): number {
  return clocks.reduce((total, each) => total + each[which], 0);
}
