import type { ClockRecord } from '../../contract/home-session.js';
import { type Doubt, percent, plural, some } from './finding.js';

/** Single messages are late by chance (another process had the core); a program that hides work is late as a rule. */
const ruleShare = 0.5;

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
      sentence: `In ${plural(cells.length, 'cell')} of ${some(cells.map(({ entry }) => entry.strategy.label))} the program's own time and the time around its message lie more than 5 % + 0.2 ms apart (in at most ${percent(worst)} of a cell's messages${widestText(cells.flatMap(({ clocks }) => clocks))}).`,
      advice:
        'What lies between them is on nobody’s account: the message itself, or work that the program does outside its clock.',
    },
  ];
};

function widestText(clocks: readonly ClockRecord[]): string {
  const gapNs = ({ widest }: ClockRecord) => (widest === undefined ? 0 : widest.outsideNs - widest.insideNs);
  const [first] = [...clocks].sort((a, b) => gapNs(b) - gapNs(a));
  if (first?.widest === undefined) return '';
  const { message, insideNs, outsideNs } = first.widest;
  return `; at most "${message}": ${(insideNs / 1e6).toFixed(2)} ms inside, ${(outsideNs / 1e6).toFixed(2)} ms outside`;
}

function sum(clocks: readonly ClockRecord[], which: 'messages' | 'apart'): number {
  return clocks.reduce((total, each) => total + each[which], 0);
}
