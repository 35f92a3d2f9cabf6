import { unfitIds } from '../../analysis/findings/machine-state.js';
import { grouped } from '../../analysis/grouped.js';
import type { Analysis, BreakEven, CellAnalysis, Estimate, Finding } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { type Figure, figure, figureIf } from '../../document/figure.js';
import type { CellHeader } from '../../results/format.js';
import { allCells } from '../lookup.js';
import { roundsOf } from '../run-words.js';
import { type Compared, compareAll, per } from './compared.js';
import { cellOf, type Part, type PartId, type Parts, type Place, partIds } from './part.js';
import { sweptSteps } from './pays-from.js';
import { namesAsked, type QuestionName, questions, type steps } from './questions.js';

/** Everything that a section is written from. */
export interface Facts {
  readonly parts: Parts;
  readonly compared: Readonly<Record<QuestionName, Compared>>;
  /** The first part that there is: host and quickness are those of all. */
  readonly host: Analysis;
  /** All that has a time, in each account. */
  readonly cells: readonly LessonCell[];
  /** The amounts of work that this lesson swept, ascending. */
  readonly amounts: readonly Amount[];
  /** All that has no times, and why. */
  readonly missing: readonly MissingPart[];
  /** Of the parts: one ends sooner where its share of the time does. */
  readonly rounds: { readonly least: number; readonly most: number };
  /** Why the machine was too busy to judge, and in which part; empty where it was fit. */
  readonly unfit: readonly { readonly part: PartId; readonly finding: Finding }[];
  /** After how many runs the start of a pool has paid for itself, at the most work; empty where it is not known. */
  readonly paidBack: readonly BreakEven[];
}

/** What was measured of one strategy at one point in one account. */
export interface LessonCell {
  readonly part: PartId;
  readonly account: Account;
  /** Id in the results of its part. */
  readonly cell: string;
  readonly strategy: string;
  readonly time: Estimate;
  /** Of its data, there and back. */
  readonly perNumber: Estimate;
  readonly perList: Estimate;
  /** Processors at work on average while it ran: processor time over time. Absent where it was not measured. */
  readonly coresBusy?: number;
  /** Processor time per number, summed over all cores. */
  readonly cpuNsPerNumber?: number;
}

/** Work on each number of the part `paying`. */
export interface Amount {
  readonly steps: (typeof steps)[number];
}

/** A part of the lesson, or something of it, that was not measured. */
export type MissingPart =
  | NotInstalled
  /**
   * The lesson was interrupted before the part, or in it. `cells`: those without any line in its results, none where the part
   * never began; then `strategies` are those that the lesson asks about.
   */
  | (Concerned & { readonly kind: 'not begun' | 'interrupted' });

interface Concerned {
  readonly part: PartId;
  /** Labels, each once. */
  readonly strategies: readonly string[];
  /** Ids in the results of the part. */
  readonly cells: readonly string[];
}

/** A strategy whose program is not there. */
export interface NotInstalled extends Concerned {
  readonly kind: 'not installed';
  /** "Python 3.8 or newer …". */
  readonly needs: string;
}

/** Throws where there is no part at all: without numbers there is no lesson. */
export function factsOf(parts: Parts): Facts {
  const [first] = parts.values();
  if (first === undefined) throw new Error('a lesson needs the results of one part at least');
  const amounts = sweptSteps({ parts }).map((steps) => ({ steps }));
  const rounds = [...parts.values()].map(({ analysis }) => roundsOf(analysis));
  return {
    parts,
    compared: compareAll(parts, questions),
    host: first.analysis,
    cells: [...parts].flatMap(([part, { analysis }]) => lessonCells(part, analysis)),
    amounts,
    missing: partIds.flatMap((part) => missingIn(part, parts.get(part))),
    rounds: { least: Math.min(...rounds), most: Math.max(...rounds) },
    unfit: [...parts].flatMap(([part, { analysis }]) =>
      analysis.findings
        .filter(({ severity, id }) => severity === 'blocker' && unfitIds.includes(id))
        .map((finding) => ({ part, finding })),
    ),
    paidBack: paidBackIn(parts, amounts.at(-1)),
  };
}

function lessonCells(part: PartId, { accounts }: Analysis): LessonCell[] {
  return accounts.flatMap(({ account, points }) =>
    points.flatMap(allCells).flatMap((cell) => lessonCell(part, account, cell) ?? []),
  );
}

function lessonCell(
  part: PartId,
  account: Account,
  { cell, strategy, state, elements, keys, details }: CellAnalysis,
): LessonCell | undefined {
  if (state.kind !== 'measured') return undefined;
  const { time } = state;
  const { cpuNs } = details;
  return {
    part,
    account,
    cell,
    strategy,
    time,
    perNumber: per(time, elements),
    perList: per(time, keys),
    ...(cpuNs === undefined ? {} : { coresBusy: cpuNs / time.value, cpuNsPerNumber: cpuNs / elements }),
  };
}

function missingIn(id: PartId, part: Part | undefined): MissingPart[] {
  if (part === undefined) return [{ kind: 'not begun', part: id, strategies: namesAsked(id), cells: [] }];
  const { header, interrupted } = part.analysis;
  const begun = new Set(part.table.records.map(({ cell }) => cell));
  const left = header.cells.filter(
    ({ id: cell, notApplicable }) => notApplicable === undefined && !begun.has(cell),
  );
  return [
    ...(interrupted ? [{ kind: 'interrupted' as const, part: id, ...concernedOf(left) }] : []),
    ...notInstalled(id, header.cells),
  ];
}

function concernedOf(cells: readonly CellHeader[]): Pick<Concerned, 'strategies' | 'cells'> {
  return {
    strategies: [...new Set(cells.map(({ strategy }) => strategy))],
    cells: cells.map(({ id }) => id),
  };
}

/** Each strategy whose program is not there, with all of its cells. */
function notInstalled(part: PartId, cells: readonly CellHeader[]): NotInstalled[] {
  const without = cells.filter(({ needs }) => needs !== undefined);
  return [...grouped(without, ({ strategy }) => strategy).values()].flatMap((group) => {
    const needs = group.at(-1)?.needs;
    return needs === undefined ? [] : [{ kind: 'not installed', part, ...concernedOf(group), needs }];
  });
}

function paidBackIn(parts: Parts, most: Amount | undefined): BreakEven[] {
  const found = parts
    .get('paying')
    ?.analysis.breakEven.find(
      ({ kind, strategy, point }) =>
        kind === 'opening' && strategy === 'worker-threads' && point.steps === most?.steps,
    );
  return found === undefined ? [] : [found];
}

/** What was measured at a place, warm unless another account is named; undefined where it has no time. */
export function measuredAt(
  { parts, cells }: Facts,
  place: Place,
  account: Account = 'warm',
): LessonCell | undefined {
  const id = cellOf(parts, place, account)?.cell;
  return cells.find((one) => one.part === place.part && one.account === account && one.cell === id);
}

type Measure = 'time' | 'perNumber' | 'perList';

/** A time at a place with its interval, or a dash. */
export function timeFigure(
  facts: Facts,
  place: Place,
  measure: Measure = 'time',
  account: Account = 'warm',
): Figure | string {
  const cell = measuredAt(facts, place, account);
  return cell === undefined ? '–' : figure(cell, measure, 'ns');
}

/** Cores at work on average, or a dash. */
export function busyFigure(cell: LessonCell | undefined): Figure | string {
  return (cell && figureIf(cell, 'coresBusy', 'cores')) ?? '–';
}

/** Rows of a table that have a time: what is not installed is said once, in words. */
export function rowsMeasured<Row extends { readonly place: Place }>(
  facts: Facts,
  rows: readonly Row[],
): Row[] {
  return rows.filter(({ place }) => measuredAt(facts, place) !== undefined);
}

/** What programs of these parts need and do not find, each strategy once. */
export function needsOf({ missing }: Facts, ids: readonly PartId[] = partIds): NotInstalled[] {
  const found = new Map<string, NotInstalled>();
  for (const one of missing)
    if (one.kind === 'not installed' && ids.includes(one.part)) found.set(one.strategies[0], one);
  return [...found.values()];
}

/** Parts of which something is missing for this reason. */
export function partsMissing({ missing }: Facts, kind: MissingPart['kind']): PartId[] {
  return missing.filter((one) => one.kind === kind).map(({ part }) => part);
}
