import { unfitIds } from '../../analysis/findings/machine-state.js';
import type { Analysis, BreakEven, CellAnalysis, Estimate, Finding } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { type Figure, figure, figureIf } from '../../document/figure.js';
import { allCells } from '../lookup.js';
import { roundsOf } from '../run-words.js';
import { type Compared, compareAll, per } from './compared.js';
import { cellOf, type PartId, type Parts, type Place, partIds } from './part.js';
import { sweptSteps } from './pays-from.js';
import { type QuestionName, questions, type steps } from './questions.js';

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
  /** What is not installed, strategy by strategy. */
  readonly needs: readonly Need[];
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

export interface Need {
  readonly part: PartId;
  readonly strategy: string;
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
    needs: [...parts].flatMap(([part, { analysis }]) => needsIn(part, analysis)),
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

/** What programs of a part need and do not find, each strategy once. */
function needsIn(part: PartId, { header }: Analysis): Need[] {
  const found = new Map<string, Need>();
  for (const { strategy, needs } of header.cells)
    if (needs !== undefined) found.set(strategy, { part, strategy, needs });
  return [...found.values()];
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
export function needsOf({ needs }: Facts, ids: readonly PartId[] = partIds): Need[] {
  const found = new Map<string, Need>();
  for (const need of needs) if (ids.includes(need.part)) found.set(need.strategy, need);
  return [...found.values()];
}
