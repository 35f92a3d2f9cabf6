import type {
  AccountAnalysis,
  Analysis,
  CrossoverAnalysis,
  CrossoverQuestion,
  PointAnalysis,
} from '../../analysis/types.js';
import { measuredCells } from '../lookup.js';

/** The answer to one question over all the points of an account. */
export type Conclusion =
  /** No strategy of the challenging kind was measured. */
  | { readonly kind: 'not measured' }
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'same' }
  | { readonly kind: 'undecided' }
  /** Exactly one border, along one axis. */
  | { readonly kind: 'crossover'; readonly along: CrossoverAnalysis }
  /** It depends; `pays` tells whether a challenger wins anywhere. Without lines where the points alone answer. */
  | { readonly kind: 'mixed'; readonly pays: boolean; readonly along: readonly CrossoverAnalysis[] };

/** Whether the challengers of a question pay, in one account. `challengers` are their labels. */
export function conclude(
  analysis: Analysis,
  account: AccountAnalysis | undefined,
  question: CrossoverQuestion,
  challengers: readonly string[],
): Conclusion {
  const points = (account?.points ?? []).filter((point) => measuredCells(point).length > 0);
  const measured = points.some((point) =>
    measuredCells(point).some(({ strategy }) => challengers.includes(strategy)),
  );
  if (!measured || account === undefined) return { kind: 'not measured' };
  const along = account.crossovers.filter((one) => one.question === question && one.regions.length > 0);
  // A run of a single point, or along an axis of words, has no lines: its points answer.
  return along.length > 0
    ? concludeFromLines(along)
    : concludeFromPoints(points, challengers, analysis.header.margin);
}

const uniform = { challenger: 'always', incumbent: 'never', same: 'same', undecided: 'undecided' } as const;

function concludeFromLines(along: readonly CrossoverAnalysis[]): Conclusion {
  const winners = new Set(along.flatMap(({ regions }) => regions.map(({ winner }) => winner)));
  const [only] = winners;
  if (winners.size === 1) {
    return { kind: uniform[only] };
  }
  if (!winners.has('undecided') && !winners.has('challenger')) return { kind: 'never' };
  const crossing = along.filter(({ crossovers }) => crossovers.length > 0);
  // Sweeps meet in shared points, so that one border along one axis and a constant answer along others are one story.
  if (crossing.length === 1 && crossing[0].crossovers.length === 1)
    return { kind: 'crossover', along: crossing[0] };
  if (!winners.has('challenger') && !winners.has('incumbent')) return { kind: 'undecided' };
  return { kind: 'mixed', pays: winners.has('challenger'), along };
}

function concludeFromPoints(
  points: readonly PointAnalysis[],
  challengers: readonly string[],
  margin: number,
): Conclusion {
  const answers = new Set(points.map((point) => pointAnswer(point, challengers, margin)));
  if (answers.size !== 1) return { kind: 'mixed', pays: answers.has('always'), along: [] };
  const [kind] = answers;
  return { kind };
}

function pointAnswer(
  { label, cells }: PointAnalysis,
  challengers: readonly string[],
  margin: number,
): 'always' | 'never' | 'same' | 'undecided' {
  if (label.kind === 'winner') return challengers.includes(label.strategy) ? 'always' : 'never';
  if (label.kind === 'nobody') return 'undecided';
  if (label.strategies.every((strategy) => challengers.includes(strategy))) return 'always';
  // Several may lead together without a challenger near them: then the challengers lose all the same.
  const ratios = cells
    .filter(({ strategy }) => challengers.includes(strategy))
    .map(({ speedUp }) => speedUp?.interval?.high ?? 0);
  if (
    !label.strategies.some((strategy) => challengers.includes(strategy)) &&
    ratios.every((high) => high < 1 - margin)
  ) {
    return 'never';
  }
  return label.kind;
}
