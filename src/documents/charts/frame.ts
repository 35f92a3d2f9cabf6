import type { Analysis, CellAnalysis, Estimate } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import type { Account, Point } from '../../contract/scenario.js';
import type { Axis } from '../../document/chart.js';
import type { Unit } from '../../document/figure.js';
import { plainText, pointText } from '../../document/words.js';
import { accountLines, hostText } from '../run-words.js';

/* What the charts of a run have in common: what stands above them, their axes, and what is drawn of a cell. */

export function chartTitle({ header }: Analysis, question: string): string {
  return `${header.scenario.title}: ${question}`;
}

/** Machine, cores, Node and rounds on one line. */
export function hostLine(analysis: Analysis): string {
  return plainText(hostText(analysis));
}

/** Subtitle of a chart of one account. */
export function subtitle(analysis: Analysis, account: Account, rest = ''): string[] {
  return [hostLine(analysis), `${account}: ${accountLines[account]}${rest === '' ? '' : ` · ${rest}`}`];
}

/** "lists of 1M": what all points of a chart share, for its subtitle. */
export function fixedPart(fixed: Point): string {
  return Object.keys(fixed).length === 0 ? '' : plainText(pointText(fixed));
}

/** A sentence that is not for this chart is an empty one. */
export function caption(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** An axis that times or ratios are read on. */
export function factorAxis(title: string, unit: Unit): Axis {
  return { title, unit, scale: 'factors' };
}

/** An axis of the scenario. */
export function sweptAxis(axis: string): Axis {
  return { title: axisTitle(axis), unit: { axis }, scale: 'auto' };
}

/** The measured time of a cell, where there is one. */
export function timeOf(cell: CellAnalysis): Estimate | undefined {
  return cell.state.kind === 'measured' ? cell.state.time : undefined;
}

/** A value as it stands in a chart. */
export function ranged({ value, interval }: Estimate): Pick<Estimate, 'value' | 'interval'> {
  return interval === undefined ? { value } : { value, interval };
}
