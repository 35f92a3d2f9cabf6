import type { Analysis } from '../../analysis/types.js';
import { formatPoint } from '../axes.js';
import { fastestOf, headlinePoint, parallelLabels, placeOf } from '../headline.js';
import { formatRatioEstimate } from '../units.js';
import { breakEvenOf, type Facts, inAccount } from './facts.js';
import { dataWords } from './parallel-answer.js';
import { borderWords, payingWords } from './region-words.js';
import { usesWords } from './uses-words.js';

/** Whether packed arrays or SIMD pay: with fresh data every time, only while the data stays packed, or not at all. */
export function vectorAnswer(analysis: Analysis, facts: Facts): string | undefined {
  if (facts.bestVectorized === undefined && facts.residentVectorized === undefined) return undefined;
  const answer = ownAnswer(analysis, facts);
  // A pool that pays for fresh data is told already.
  return facts.parallel.warm.kind === 'never' || facts.parallel.warm.kind === 'mixed'
    ? `${answer}${poolInPlace(analysis)}`
    : answer;
}

function ownAnswer(analysis: Analysis, facts: Facts): string {
  const { warm } = facts.vectorizing;
  switch (warm.kind) {
    case 'always':
      return `${warmWords(analysis, facts)}${residentToo(analysis, facts)}`;
    case 'crossover': {
      const [border] = warm.along.crossovers;
      const fixed =
        Object.keys(warm.along.fixed).length === 0 ? '' : `with ${formatPoint(warm.along.fixed)}; `;
      const rest = border.below === 'challenger' ? 'above' : 'below';
      return `${warmWords(analysis, facts, `, ${borderWords(warm.along.axis, border)} (${fixed}${rest}, stay with the for-loop)`)}${residentToo(analysis, facts)}`;
    }
    case 'mixed': {
      const fresh = warm.pays ? ` With fresh data every time it pays ${payingWords(warm.along)}.` : '';
      return `${residentOnly(analysis, facts, fresh === '') ?? (fresh === '' ? withoutGain(facts) : '')}${fresh}`.trim();
    }
    default:
      return residentOnly(analysis, facts) ?? withoutGain(facts);
  }
}

/** Where a pool does pay once nothing has to be moved, that is told beside the single thread: at its largest point. */
function poolInPlace(analysis: Analysis): string {
  const point = headlinePoint(analysis, 'resident');
  const pool = fastestOf(point, parallelLabels(analysis));
  const least = pool?.speedUp?.interval?.low ?? 0;
  if (pool?.speedUp === undefined || least <= 1 + analysis.header.margin) return '';
  return ` In place a pool pays all the same: ${pool.strategy} has a speed-up of ${formatRatioEstimate(pool.speedUp)} at ${placeOf(pool)}.`;
}

/** Fresh data each time. */
function warmWords(analysis: Analysis, facts: Facts, where = ''): string {
  const cell = facts.bestVectorized;
  const ratio = cell?.ratioToForLoop;
  const packing = analysis.header.scenario.from === 'columns' ? '' : ', packing and unpacking included';
  const figure =
    ratio === undefined ? '' : `: ${formatRatioEstimate(ratio)} the for-loop at ${placeOf(cell)}`;
  return `Use ${cell?.strategy ?? 'a vectorized strategy'}${where === '' ? ' even for fresh data' : ` for fresh data too${where}`}${figure}${packing}.`;
}

function residentToo(analysis: Analysis, facts: Facts): string {
  const cell = facts.residentVectorized;
  const ratio = cell?.ratioToForLoop;
  if (ratio?.interval === undefined || ratio.interval.low <= 1) return '';
  return ` While the data stays where ${cell?.strategy} computes it is ${formatRatioEstimate(ratio)} the for-loop${paidBack(analysis, facts)}.`;
}

/** Only while the data stays packed, with what fresh data costs beside it. */
function residentOnly(analysis: Analysis, facts: Facts, withFresh = true): string | undefined {
  const cell = facts.residentVectorized;
  const ratio = cell?.ratioToForLoop;
  if (cell === undefined || ratio?.interval === undefined || ratio.interval.low <= 1) return undefined;
  const fresh = inAccount(analysis, 'warm', cell)?.ratioToForLoop;
  const otherwise =
    fresh === undefined || !withFresh
      ? ''
      : ` Packed afresh for every run it is ${formatRatioEstimate(fresh)} the for-loop.`;
  const lead =
    analysis.header.scenario.from === 'columns'
      ? `Keep ${dataWords(analysis)} in ${cell.strategy}`
      : `Pack the lists once and use ${cell.strategy}`;
  return `${lead}: ${formatRatioEstimate(ratio)} the for-loop while the data stays packed${paidBack(analysis, facts)}.${otherwise}`;
}

function paidBack(analysis: Analysis, facts: Facts): string {
  const packing = breakEvenOf(analysis, 'packing', facts.residentVectorized);
  if (packing?.uses.kind === 'after')
    return `; packing has paid for itself after ${usesWords(packing.uses.uses, 'pass')}`;
  if (packing?.uses.kind === 'never') return '; packing never pays for itself';
  return packing === undefined ? '' : '; whether packing pays for itself is undecided';
}

function withoutGain(facts: Facts): string {
  const cell = facts.bestVectorized ?? facts.residentVectorized;
  const ratio = cell?.ratioToForLoop;
  const figure =
    ratio === undefined ? '' : ` (${cell?.strategy}: ${formatRatioEstimate(ratio)} the for-loop)`;
  const { warm, resident } = facts.vectorizing;
  const known = [warm, resident].every(
    ({ kind }) => kind === 'never' || kind === 'not measured' || kind === 'same',
  );
  return known
    ? `Packed arrays and SIMD do not pay either${figure}: stay with the plain for-loop.`
    : `Whether packed arrays or SIMD pay is undecided${figure}; until it is known, stay with the plain for-loop.`;
}
