import { baselineLabel } from '../../analysis/group.js';
import type { Analysis, CellAnalysis, PhysicalCost } from '../../analysis/types.js';
import { type Text, text } from '../../document/document.js';
import { type Figure, figure, figureIf } from '../../document/figure.js';
import { capital, listed } from '../../document/words.js';
import { parallelLabels, strategyOf } from '../lookup.js';
import { here, placeText } from '../run-words.js';
import { breakEvenOf, costOf, type Facts } from './facts.js';
import { borderText, heldText, payingText } from './region-words.js';

/** What is sent to workers: "these lists", "these columns". */
export function dataWords(analysis: Analysis): string {
  return analysis.header.scenario.from === 'columns' ? 'this packed data' : 'these lists';
}

/** Whether to go parallel in the warm account, and the physical reason. */
export function parallelAnswer(analysis: Analysis, facts: Facts): Text {
  const conclusion = facts.parallel.warm;
  const best = facts.bestParallel;
  const [where, data, kinds] = [here(analysis), dataWords(analysis), kindsText(analysis)];
  const send = text`send ${data} to ${best?.strategy ?? kinds}`;
  switch (conclusion.kind) {
    case 'not measured':
      return text`${where} the run has no figure for threads or processes, so it cannot say whether they pay.`;
    case 'never':
      return text`${where} do not send ${data} to ${kinds}: ${reasonAgainst(analysis, facts)}.`;
    case 'same':
      return text`${where} ${kinds} neither gain nor lose: they stay within ${figure(analysis.header, 'margin', 'share')} of ${facts.singleThread ?? 'a single thread'}, which is simpler.`;
    case 'always':
      return text`${where} ${send}, at every size that was measured: ${gainText(analysis, facts, best)}.${keepOpen(analysis, facts)}`;
    case 'crossover': {
      const { axis, crossovers } = conclusion.along;
      const [border] = crossovers;
      const otherwise = text`${border.below === 'challenger' ? 'above' : 'below'} that, ${stayWith(facts)}`;
      const from = text`${borderText(axis, border)}${heldText(conclusion.along)}`;
      const why =
        border.below === 'challenger' ? reasonAgainst(analysis, facts) : gainText(analysis, facts, best);
      return text`${where} ${send} ${from}; ${otherwise}. At the largest point: ${why}.${keepOpen(analysis, facts)}`;
    }
    case 'undecided':
      return text`${where} this run cannot decide whether ${kinds} pay${doubtText(best)}; more rounds (--rounds) would narrow it.`;
    case 'mixed':
      return conclusion.pays
        ? text`${where} it depends on the size whether ${kinds} pay: they do ${payingText(conclusion.along)}. At the largest point: ${gainText(analysis, facts, best)}.${keepOpen(analysis, facts)}`
        : text`${where} do not count on ${kinds} for ${data}: no size was found at which they pay for fresh data, though at some the run cannot decide. ${capital(reasonAgainst(analysis, facts))}.`;
  }
}

function kindsText(analysis: Analysis): Text {
  const families = parallelLabels(analysis).map((label) => strategyOf(analysis, label)?.family);
  const kinds = (['threads', 'processes'] as const).filter((family) => families.includes(family));
  const inOrder = kinds.sort((a, b) => families.indexOf(a) - families.indexOf(b));
  return inOrder.length === 0 ? ['threads'] : listed(inOrder, 'or');
}

/** Why workers lose: one core, or moving that costs more than computing; else the figure alone. */
function reasonAgainst(analysis: Analysis, facts: Facts): Text {
  const best = facts.bestParallel;
  const cost = costOf(analysis, best?.strategy);
  const { host } = analysis.header;
  if (host.usableCores < 1.5) {
    const cores =
      host.usableCores === 1 ? 'one core' : text`${figure(host, 'usableCores', 'whole')} of a core`;
    return text`there is only ${cores} to share`;
  }
  const computing = serialCost(analysis, cost);
  const moving = cost?.movingNsPerElement;
  if (cost !== undefined && moving !== undefined && computing !== undefined && moving >= computing.ns) {
    return text`moving a number there and back costs ${movingFigure(cost)}, computing it ${computing.figure}`;
  }
  return speedUpText(facts, best) ?? ['at no size that was measured did one of them beat a single thread'];
}

/** What the work costs without workers is what they could save at most. */
function serialCost(
  analysis: Analysis,
  cost: PhysicalCost | undefined,
): { ns: number; figure: Figure } | undefined {
  const baseline = baselineLabel(analysis.header);
  const priced = [baseline === undefined ? undefined : costOf(analysis, baseline), cost].find(
    (one) => one?.computingNsPerElement !== undefined,
  );
  if (priced?.computingNsPerElement === undefined) return undefined;
  const ns = priced.computingNsPerElement;
  return { ns, figure: figure(priced, 'computingNsPerElement', 'ns', { digits: 2 }) };
}

function movingFigure(cost: PhysicalCost): Figure | undefined {
  return figureIf(cost, 'movingNsPerElement', 'ns', { digits: 2 });
}

/** What workers bring at the largest point, and why there is something to bring. */
function gainText(analysis: Analysis, facts: Facts, best: CellAnalysis | undefined): Text {
  const cost = costOf(analysis, best?.strategy);
  const computing = serialCost(analysis, cost);
  const speed = speedUpText(facts, best) ?? ['a single thread is slower'];
  if (cost?.movingNsPerElement === undefined || computing === undefined) return speed;
  return text`${speed}, since computing a number costs ${computing.figure} and moving it there and back ${movingFigure(cost)}`;
}

function speedUpText(facts: Facts, best: CellAnalysis | undefined): Text | undefined {
  if (best?.speedUp === undefined) return undefined;
  const over = facts.singleThread === undefined ? undefined : text` (${facts.singleThread})`;
  return text`${best.strategy} has a speed-up of ${figure(best, 'speedUp', 'ratio')} over the best single thread${over} at ${placeText(best)}`;
}

function stayWith(facts: Facts): string {
  return facts.vectorizing.warm.kind === 'always' && facts.bestVectorized !== undefined
    ? `stay with ${facts.bestVectorized.strategy}`
    : 'stay with a single thread';
}

function doubtText(best: CellAnalysis | undefined): Text | undefined {
  if (best?.speedUp?.interval === undefined) return undefined;
  return text` (${best.strategy}: speed-up ${figure(best, 'speedUp', 'ratio')} at ${placeText(best)})`;
}

/** Where the pool pays only once it is open, when opening it has paid for itself. */
function keepOpen(analysis: Analysis, facts: Facts): Text | undefined {
  if (facts.parallel['one-shot'].kind === 'always') return undefined;
  const opening = breakEvenOf(analysis, 'opening', facts.bestParallel);
  if (opening?.uses.kind !== 'after')
    return [' Keep the workers open: starting them for a single run is not always repaid.'];
  return text` Keep the workers open: starting them has paid for itself after ${figure(opening.uses, 'uses', 'runs')}.`;
}
