import type { Analysis, Estimate } from '../analysis/types.js';
import type { Account } from '../contract/scenario.js';
import { type Compared, compareAll, isNeeds } from './compared.js';
import { cellOf, type PartId, type Parts, type Place } from './part.js';
import { type QuestionName, questions } from './questions.js';
import { per } from './sentence.js';

/** Everything that a section is written from. */
export interface Facts {
  readonly parts: Parts;
  readonly compared: Readonly<Record<QuestionName, Compared>>;
  /** The first part that there is: host and quickness are those of all. */
  readonly host: Analysis;
}

/** Throws where there is no part at all: without numbers there is no lesson. */
export function factsOf(parts: Parts): Facts {
  const [first] = parts.values();
  if (first === undefined) throw new Error('a lesson needs the results of one part at least');
  return { parts, compared: compareAll(parts, questions), host: first.analysis };
}

/** Warm time per call, unless another account is named; undefined where it was not measured. */
export function timeOf({ parts }: Facts, place: Place, account: Account = 'warm'): Estimate | undefined {
  const state = cellOf(parts, place, account)?.state;
  return state?.kind === 'measured' ? state.time : undefined;
}

/** Time per number of its data, there and back. */
export function perNumber(facts: Facts, place: Place, account: Account = 'warm'): Estimate | undefined {
  const [time, cell] = [timeOf(facts, place, account), cellOf(facts.parts, place, account)];
  return time === undefined || cell === undefined ? undefined : per(time, cell.elements);
}

/** Time per list. */
export function perList(facts: Facts, place: Place): Estimate | undefined {
  const [time, cell] = [timeOf(facts, place), cellOf(facts.parts, place, 'warm')];
  return time === undefined || cell === undefined ? undefined : per(time, cell.keys);
}

/** Rows of a table that have a time: what is not installed is said once, in words. */
export function rowsMeasured<Row extends { readonly place: Place }>(
  facts: Facts,
  rows: readonly Row[],
): Row[] {
  return rows.filter(({ place }) => timeOf(facts, place) !== undefined);
}

/** Processors at work on average while it ran: processor time over time. */
export function coresBusy({ parts }: Facts, place: Place): number | undefined {
  const cell = cellOf(parts, place, 'warm');
  if (cell?.state.kind !== 'measured' || cell.details.cpuNs === undefined) return undefined;
  return cell.details.cpuNs / cell.state.time.value;
}

/** Processor time per number, summed over all cores. */
export function cpuPerNumber({ parts }: Facts, place: Place): number | undefined {
  const cell = cellOf(parts, place, 'warm');
  return cell?.details.cpuNs === undefined ? undefined : cell.details.cpuNs / cell.elements;
}

/** What programs of these parts need and do not find, each once: "Python 3.8 or newer …". */
export function needsOf({ parts }: Facts, ids: readonly PartId[]): { strategy: string; needs: string }[] {
  const cells = ids.flatMap((id) => parts.get(id)?.analysis.header.cells ?? []);
  const found = new Map<string, string>();
  for (const { strategy, notApplicable } of cells) {
    if (notApplicable === undefined || !isNeeds(notApplicable)) continue;
    found.set(strategy, notApplicable.replace('skipped: needs ', ''));
  }
  return [...found].map(([strategy, needs]) => ({ strategy, needs }));
}
