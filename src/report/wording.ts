import { fullRounds, leastRounds } from '../analysis/estimate.js';
import type { Analysis, Estimate } from '../analysis/types.js';
import type { Account } from '../contract/scenario.js';
import { counted, lineOf } from './plain-text.js';

import { noted, type Origin, told } from './pointers/note.js';
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
  return mostRounds(analysis)?.rounds ?? 0;
}

function mostRounds({ accounts }: Analysis): Estimate | undefined {
  const cells = accounts.flatMap(({ points }) => points.flatMap((point) => point.cells));
  const times = cells.flatMap(({ state }) => (state.kind === 'measured' ? [state.time] : []));
  return times.reduce<Estimate | undefined>(
    (most, time) => (most !== undefined && most.rounds >= time.rounds ? most : time),
    undefined,
  );
}

/** "8 rounds". */
export function measuredRounds(analysis: Analysis): string {
  return counted(roundsOf(analysis), 'round', roundsOrigin(analysis));
}

/** "8", of them. Where nothing was measured, every cell completed as few. */
export function roundsText(analysis: Analysis): string {
  return noted(`${roundsOf(analysis)}`, roundsOrigin(analysis));
}

function roundsOrigin(analysis: Analysis): Origin {
  return { kind: 'field', from: mostRounds(analysis) ?? analysis, name: 'rounds' };
}

/** "2 cores": what the run could use, and of how many where that is fewer. */
export function coresLine(analysis: Analysis): string {
  const { host } = analysis.header;
  const { usableCores, cores } = host;
  if (usableCores === cores) return counted(cores, 'core', { kind: 'field', from: host, name: 'cores' });
  return `${told(host, 'usableCores', String)} of ${told(host, 'cores', String)} cores`;
}

/** "Node 20.20", without the patch level. */
export function nodeLine(analysis: Analysis): string {
  const minor = (node: string) => bareVersion(node).split('.').slice(0, 2).join('.');
  return `Node ${lineOf(analysis.header.host, 'node', minor)}`;
}

/** "8 rounds", or with the label that a quick or short run carries everywhere. */
export function roundsLine(analysis: Analysis): string {
  const rounds = measuredRounds(analysis);
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
  const { host } = analysis.header;
  const memory = told(host, 'memoryBytes', formatBytes);
  return `${lineOf(host, 'cpu')}, ${coresLine(analysis)} usable, ${memory} memory, ${lineOf(host, 'os')} ${lineOf(host, 'arch')}, Node ${lineOf(host, 'node', bareVersion)}`;
}

function bareVersion(node: string): string {
  return node.replace(/^v/, '');
}
