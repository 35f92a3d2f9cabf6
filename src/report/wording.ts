import { leastRounds } from '../analysis/estimate.js';
import type { Analysis } from '../analysis/types.js';
import type { Account } from '../contract/scenario.js';
import { counted } from './plain-text.js';
import { fullRounds } from './pointers/constants.js';
import { noted } from './pointers/note.js';
import { formatBytes } from './units.js';

/** What each account charges for, in one line: the same words on charts and in the verdict. */
export const accountLines: Readonly<Record<Account, string>> = {
  'one-shot': 'a complete first session: load the code, start the workers, run once, shut down; cold code',
  warm: 'everything is up and running: fresh data in, answers out',
  resident: 'computing alone: the data already lies where the strategy computes',
};

/** How far the figures carry: below 4 rounds nothing can be decided, below 8 or in a quick run they are indicative. */
export type Confidence = 'none' | 'quick' | 'indicative' | 'full';

/** The confidence of a run, from its rounds and from whether it was quick. */
export function confidenceOf(analysis: Analysis): Confidence {
  const rounds = roundsOf(analysis);
  if (rounds < leastRounds) return 'none';
  if (analysis.header.quick) return 'quick';
  return rounds < fullRounds ? 'indicative' : 'full';
}

/** Rounds behind the figures: those of the cell that has most, since one lost cell does not weaken the others. */
export function roundsOf(analysis: Analysis): number {
  const cells = analysis.accounts.flatMap(({ points }) => points.flatMap((point) => point.cells));
  return Math.max(0, ...cells.map(({ state }) => (state.kind === 'measured' ? state.time.rounds : 0)));
}

/** "2 cores": what the run could use, and of how many where that is fewer. */
export function coresLine(analysis: Analysis): string {
  const { usableCores, cores } = analysis.header.host;
  if (usableCores === cores) return counted(cores, 'core');
  return ofHeader(`${usableCores} of ${cores} cores`);
}

/** "Node 20.20", without the patch level. */
export function nodeLine(analysis: Analysis): string {
  return ofHeader(`Node ${analysis.header.host.node.replace(/^v/, '').split('.').slice(0, 2).join('.')}`);
}

/** "8 rounds", or with the label that a quick or short run carries everywhere. */
export function roundsLine(analysis: Analysis): string {
  const rounds = counted(roundsOf(analysis), 'round');
  const confidence = confidenceOf(analysis);
  if (analysis.header.quick) return `${rounds} (quick: indicative)`;
  return confidence === 'full' ? rounds : `${rounds} (indicative)`;
}

/** Machine, cores, Node and rounds on one line. */
export function hostLine(analysis: Analysis): string {
  const { cpu } = analysis.header.host;
  return [cpu, coresLine(analysis), nodeLine(analysis), roundsLine(analysis)].join(' · ');
}

/** The whole machine, for the end of the verdict. */
export function machineLine(analysis: Analysis): string {
  const { cpu, memoryBytes, os, arch, node } = analysis.header.host;
  return `${cpu}, ${coresLine(analysis)} usable, ${formatBytes(memoryBytes)} memory, ${os} ${arch}, Node ${node.replace(/^v/, '')}`;
}

/** A text whose numbers are fields of the results file's header. */
export function ofHeader(text: string): string {
  return noted(text, { kind: 'text', text });
}
