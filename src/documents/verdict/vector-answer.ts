import type { Analysis } from '../../analysis/types.js';
import { sentences, type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { pointText } from '../../document/words.js';
import { fastestOf, headlinePoint, parallelLabels } from '../lookup.js';
import { placeText } from '../run-words.js';
import { breakEvenOf, type Facts, inAccount } from './facts.js';
import { dataWords } from './parallel-answer.js';
import { borderText, payingText } from './region-words.js';

/** Whether packed arrays or SIMD pay: with fresh data every time, only while the data stays packed, or not at all. */
export function vectorAnswer(analysis: Analysis, facts: Facts): Text | undefined {
  if (facts.bestVectorized === undefined && facts.residentVectorized === undefined) return undefined;
  const answer = singleThreadAnswer(analysis, facts);
  const { kind } = facts.parallel.warm;
  // A pool that pays for fresh data is told already.
  return kind === 'never' || kind === 'mixed' ? sentences(answer, poolInPlace(analysis)) : answer;
}

function singleThreadAnswer(analysis: Analysis, facts: Facts): Text {
  const { warm } = facts.vectorizing;
  switch (warm.kind) {
    case 'always':
      return sentences(freshText(analysis, facts), residentToo(analysis, facts));
    case 'crossover': {
      const { along } = warm;
      const [border] = along.crossovers;
      const fixed =
        Object.keys(along.fixed).length === 0 ? undefined : text`with ${pointText(along.fixed)}; `;
      const rest = border.below === 'challenger' ? 'above' : 'below';
      const where = text`, ${borderText(along.axis, border)} (${fixed}${rest}, stay with the for-loop)`;
      return sentences(freshText(analysis, facts, where), residentToo(analysis, facts));
    }
    case 'mixed': {
      const fresh = warm.pays
        ? text`With fresh data every time it pays ${payingText(warm.along)}.`
        : undefined;
      const otherwise = fresh === undefined ? withoutGain(facts) : undefined;
      return sentences(residentOnly(analysis, facts, fresh === undefined) ?? otherwise, fresh);
    }
    default:
      return residentOnly(analysis, facts) ?? withoutGain(facts);
  }
}

/** Where a pool does pay once nothing has to be moved, that is told beside the single thread: at its largest point. */
function poolInPlace(analysis: Analysis): Text | undefined {
  const point = headlinePoint(analysis, 'resident');
  const pool = fastestOf(point, parallelLabels(analysis));
  const least = pool?.speedUp?.interval?.low ?? 0;
  if (pool?.speedUp === undefined || least <= 1 + analysis.header.margin) return undefined;
  return text`In place a pool pays all the same: ${pool.strategy} has a speed-up of ${figure(pool, 'speedUp', 'ratio')} at ${placeText(pool)}.`;
}

/** Fresh data each time. */
function freshText(analysis: Analysis, facts: Facts, where?: Text): Text {
  const cell = facts.bestVectorized;
  const packing = analysis.header.scenario.from === 'columns' ? '' : ', packing and unpacking included';
  const ratio =
    cell?.ratioToForLoop === undefined
      ? undefined
      : text`: ${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop at ${placeText(cell)}`;
  const when = where === undefined ? ' even for fresh data' : text` for fresh data too${where}`;
  return text`Use ${cell?.strategy ?? 'a vectorized strategy'}${when}${ratio}${packing}.`;
}

function residentToo(analysis: Analysis, facts: Facts): Text | undefined {
  const cell = facts.residentVectorized;
  const ratio = cell?.ratioToForLoop;
  if (cell === undefined || ratio?.interval === undefined || ratio.interval.low <= 1) return undefined;
  return text`While the data stays where ${cell.strategy} computes it is ${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop${paidBack(analysis, facts)}.`;
}

/** Only while the data stays packed, with what fresh data costs beside it. */
function residentOnly(analysis: Analysis, facts: Facts, withFresh = true): Text | undefined {
  const cell = facts.residentVectorized;
  const ratio = cell?.ratioToForLoop;
  if (cell === undefined || ratio?.interval === undefined || ratio.interval.low <= 1) return undefined;
  const fresh = inAccount(analysis, 'warm', cell);
  const otherwise =
    fresh?.ratioToForLoop === undefined || !withFresh
      ? undefined
      : text`Packed afresh for every run it is ${figure(fresh, 'ratioToForLoop', 'ratio')} the for-loop.`;
  const lead =
    analysis.header.scenario.from === 'columns'
      ? `Keep ${dataWords(analysis)} in ${cell.strategy}`
      : `Pack the lists once and use ${cell.strategy}`;
  const packed = text`${lead}: ${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop while the data stays packed${paidBack(analysis, facts)}.`;
  return sentences(packed, otherwise);
}

function paidBack(analysis: Analysis, facts: Facts): Text | undefined {
  const packing = breakEvenOf(analysis, 'packing', facts.residentVectorized);
  if (packing === undefined) return undefined;
  switch (packing.uses.kind) {
    case 'after':
      return text`; packing has paid for itself after ${figure(packing.uses, 'uses', 'passes')}`;
    case 'never':
      return ['; packing never pays for itself'];
    case 'undecided':
      return ['; whether packing pays for itself is undecided'];
  }
}

function withoutGain(facts: Facts): Text {
  const cell = facts.bestVectorized ?? facts.residentVectorized;
  const ratio =
    cell?.ratioToForLoop === undefined
      ? undefined
      : text` (${cell.strategy}: ${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop)`;
  const { warm, resident } = facts.vectorizing;
  const decided = [warm, resident].every(
    ({ kind }) => kind === 'never' || kind === 'not measured' || kind === 'same',
  );
  return decided
    ? text`Packed arrays and SIMD do not pay either${ratio}: stay with the plain for-loop.`
    : text`Whether packed arrays or SIMD pay is undecided${ratio}; until it is known, stay with the plain for-loop.`;
}
