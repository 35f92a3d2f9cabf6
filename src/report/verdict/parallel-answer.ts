import type { Analysis, CellAnalysis, PhysicalCost } from '../../analysis/types.js';
import type { StrategyHeader } from '../../results/format.js';
import { parallelLabels, placeOf, strategyOf } from '../headline.js';
import { capital, listed } from '../plain-text.js';
import { told } from '../pointers/note.js';
import { formatNs, formatPercent, formatRatioEstimate } from '../units.js';
import { coresLine, nodeLine } from '../wording.js';
import { breakEvenOf, costOf, type Facts } from './facts.js';
import { borderWords, heldAt, payingWords } from './region-words.js';
import { usesWords } from './uses-words.js';

/** "Here (2 cores, Node 20.20)": a decision holds where it was measured. */
export function here(analysis: Analysis): string {
  return `Here (${coresLine(analysis)}, ${nodeLine(analysis)})`;
}

/** What is sent to workers: "these lists", "these columns". */
export function dataWords(analysis: Analysis): string {
  return analysis.header.scenario.from === 'columns' ? 'this packed data' : 'these lists';
}

/** Whether to go parallel in the warm account, and the physical reason. */
export function parallelAnswer(analysis: Analysis, facts: Facts): string {
  const stance = facts.parallel.warm;
  const best = facts.bestParallel;
  const [where, data, kinds] = [here(analysis), dataWords(analysis), kindsOf(analysis)];
  const send = `send ${data} to ${best?.strategy ?? kinds}`;
  switch (stance.kind) {
    case 'not measured':
      return `${where} the run has no figure for threads or processes, so it cannot say whether they pay.`;
    case 'never':
      return `${where} do not send ${data} to ${kinds}: ${reasonAgainst(analysis, facts)}.`;
    case 'same':
      return `${where} ${kinds} neither gain nor lose: they stay within ${told(analysis.header, 'margin', formatPercent)} of ${facts.singleThread ?? 'a single thread'}, which is simpler.`;
    case 'always':
      return `${where} ${send}, at every size that was measured: ${gain(analysis, facts, best)}.${keepOpen(analysis, facts)}`;
    case 'crossover': {
      const { axis, crossovers } = stance.along;
      const [border] = crossovers;
      const otherwise = `${border.below === 'challenger' ? 'above' : 'below'} that, ${stayWith(facts)}`;
      const from = `${borderWords(axis, border)}${heldAt(stance.along)}`;
      const why =
        border.below === 'challenger' ? reasonAgainst(analysis, facts) : gain(analysis, facts, best);
      return `${where} ${send} ${from}; ${otherwise}. At the largest point: ${why}.${keepOpen(analysis, facts)}`;
    }
    case 'undecided':
      return `${where} this run cannot decide whether ${kinds} pay${doubt(best)}; more rounds (--rounds) would narrow it.`;
    case 'mixed':
      return stance.pays
        ? `${where} it depends on the size whether ${kinds} pay: they do ${payingWords(stance.along)}. At the largest point: ${gain(analysis, facts, best)}.${keepOpen(analysis, facts)}`
        : `${where} do not count on ${kinds} for ${data}: no size was found at which they pay for fresh data, though at some the run cannot decide. ${capital(reasonAgainst(analysis, facts))}.`;
  }
}

function kindsOf(analysis: Analysis): string {
  const families = parallelLabels(analysis).map((label) => strategyOf(analysis, label)?.family);
  const names: Partial<Record<StrategyHeader['family'], string>> = {
    threads: 'threads',
    processes: 'processes',
  };
  const kinds = [
    ...new Set(families.flatMap((family) => (family === undefined ? [] : (names[family] ?? [])))),
  ];
  return kinds.length === 0 ? 'threads' : listed(kinds, 'or');
}

/** Why workers lose: one core, or moving that costs more than computing; else the figure alone. */
function reasonAgainst(analysis: Analysis, facts: Facts): string {
  const best = facts.bestParallel;
  const cost = costOf(analysis, best?.strategy);
  const { host } = analysis.header;
  if (host.usableCores < 1.5)
    return `there is only ${host.usableCores === 1 ? 'one core' : `${told(host, 'usableCores', String)} of a core`} to share`;
  const serial = serialCost(analysis, cost);
  const moving = cost?.movingNsPerElement;
  if (cost !== undefined && moving !== undefined && serial !== undefined && moving >= serial.ns) {
    return `moving a number there and back costs ${movingText(cost)}, computing it ${serial.text}`;
  }
  return speedUpWords(facts, best) ?? 'at no size that was measured did one of them beat a single thread';
}

/** What the work costs without workers is what they could save at most. */
function serialCost(
  analysis: Analysis,
  cost: PhysicalCost | undefined,
): { ns: number; text: string } | undefined {
  const known = [costOf(analysis, 'for-loop'), cost].find((one) => one?.computingNsPerElement !== undefined);
  if (known?.computingNsPerElement === undefined) return undefined;
  return { ns: known.computingNsPerElement, text: told(known, 'computingNsPerElement', twoDigitsOfNs) };
}

function movingText(cost: PhysicalCost): string {
  return told(cost, 'movingNsPerElement', twoDigitsOfNs);
}

function twoDigitsOfNs(ns: number): string {
  return formatNs(ns, 2);
}

/** What workers bring at the largest point, and why there is something to bring. */
function gain(analysis: Analysis, facts: Facts, best: CellAnalysis | undefined): string {
  const cost = costOf(analysis, best?.strategy);
  const serial = serialCost(analysis, cost);
  const speed = speedUpWords(facts, best) ?? 'a single thread is slower';
  if (cost?.movingNsPerElement === undefined || serial === undefined) return speed;
  return `${speed}, since computing a number costs ${serial.text} and moving it there and back ${movingText(cost)}`;
}

function speedUpWords(facts: Facts, best: CellAnalysis | undefined): string | undefined {
  if (best?.speedUp === undefined) return undefined;
  const over = facts.singleThread === undefined ? '' : ` (${facts.singleThread})`;
  return `${best.strategy} has a speed-up of ${formatRatioEstimate(best.speedUp)} over the best single thread${over} at ${placeOf(best)}`;
}

function stayWith(facts: Facts): string {
  return facts.vectorizing.warm.kind === 'always' && facts.bestVectorized !== undefined
    ? `stay with ${facts.bestVectorized.strategy}`
    : 'stay with a single thread';
}

function doubt(best: CellAnalysis | undefined): string {
  if (best?.speedUp?.interval === undefined) return '';
  return ` (${best.strategy}: speed-up ${formatRatioEstimate(best.speedUp)} at ${placeOf(best)})`;
}

/** Where the pool pays only once it is open, when opening it has paid for itself. */
function keepOpen(analysis: Analysis, facts: Facts): string {
  if (facts.parallel['one-shot'].kind === 'always') return '';
  const opening = breakEvenOf(analysis, 'opening', facts.bestParallel);
  if (opening?.uses.kind !== 'after')
    return ' Keep the workers open: starting them for a single run is not always repaid.';
  return ` Keep the workers open: starting them has paid for itself after ${usesWords(opening.uses.uses, 'run')}.`;
}
