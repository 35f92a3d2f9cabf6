import { fullRounds, leastRounds } from '../analysis/estimate.js';
import type { Analysis, CellAnalysis, Estimate, SomeRounds } from '../analysis/types.js';
import type { Account } from '../contract/scenario.js';
import { quote, type Text, text } from '../document/document.js';
import { type Figure, figure } from '../document/figure.js';
import { counted, pointText } from '../document/words.js';
import type { MemoryRecord } from '../results/format.js';

/* What every document says of its run: where a cell lies, the machine, the rounds and how far they carry. */

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
  // It stopped where it was answered, not where it was short of rounds.
  if (analysis.header.until === 'answered') return 'full';
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

/** How many rounds. Where nothing was measured, every cell completed as few. */
export function roundsFigure(analysis: Analysis): Figure {
  const most = mostRounds(analysis);
  return most === undefined ? figure(analysis, 'rounds', 'whole') : figure(most, 'rounds', 'whole');
}

/** "8 rounds", or with the label that a quick or short run carries everywhere. */
export function roundsText(analysis: Analysis): Text {
  const rounds = counted(roundsFigure(analysis), 'round');
  if (analysis.header.quick) return text`${rounds} (quick: indicative)`;
  return confidenceOf(analysis) === 'full' ? rounds : text`${rounds} (indicative)`;
}

/** "2 cores": what the run could use, and of how many where that is fewer. */
export function coresText({ header: { host } }: Analysis): Text {
  if (host.usableCores === host.cores) return counted(figure(host, 'cores', 'whole'), 'core');
  return text`${figure(host, 'usableCores', 'whole')} of ${figure(host, 'cores', 'whole')} cores`;
}

/** "Node 20.20", without the patch level. */
export function nodeText({ header: { host } }: Analysis): Text {
  return text`Node ${quote(host, 'node', (node) => bareVersion(node).split('.').slice(0, 2).join('.'))}`;
}

/** Machine, cores, Node and rounds on one line. */
export function hostText(analysis: Analysis): Text {
  const { host } = analysis.header;
  return text`${quote(host, 'cpu')} · ${coresText(analysis)} · ${nodeText(analysis)} · ${roundsText(analysis)}`;
}

/** The whole machine, for the end of the verdict. */
export function machineText(analysis: Analysis): Text {
  const { host } = analysis.header;
  const system = text`${quote(host, 'os')} ${quote(host, 'arch')}, Node ${quote(host, 'node', bareVersion)}`;
  return text`${quote(host, 'cpu')}, ${coresText(analysis)} usable, ${figure(host, 'memoryBytes', 'bytes')} memory, ${system}`;
}

/** "250 ns to 900 ns at first touch, 300 ns after a collection": what a page of new memory costs. */
export function memoryText(memory: MemoryRecord): Text {
  return text`${figure(memory, 'lowNs', 'ns')} to ${figure(memory, 'highNs', 'ns')} at first touch, ${figure(memory, 'againNs', 'ns')} after a collection`;
}

function bareVersion(node: string): string {
  return node.replace(/^v/, '');
}

/** "Here (2 cores, Node 20.20)": a decision holds where it was measured. */
export function here(analysis: Analysis): Text {
  return text`Here (${coresText(analysis)}, ${nodeText(analysis)})`;
}

/** Where a cell lies; without axes, as in a run on one file, the size of its data. */
export function placeText(cell: CellAnalysis | undefined): Text {
  if (cell === undefined) return ['an unknown point'];
  if (Object.keys(cell.point).length > 0) return pointText(cell.point);
  return text`${figure(cell, 'keys', 'count')} keys with ${figure(cell, 'elements', 'count')} numbers`;
}

/** " (in 1 of 8 rounds)" behind what happened to a cell, where it was not in all of them. */
export function someRoundsText(about: { readonly in?: SomeRounds }): Text | undefined {
  return (
    about.in &&
    text` (in ${figure(about.in, 'rounds', 'whole')} of ${figure(about.in, 'of', 'whole')} rounds)`
  );
}
