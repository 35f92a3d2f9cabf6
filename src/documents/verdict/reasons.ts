import type { Contender, PointDecision, SituationDecision } from '../../analysis/decision.js';
import { explained, largestOverhead, type PathDetails, wellExplained } from '../../analysis/path.js';
import type { Analysis } from '../../analysis/types.js';
import { type Block, type Hole, list, quoteAt, strong, type Text, text } from '../../document/document.js';
import { figure, figureIf, quotient } from '../../document/figure.js';
import { listed } from '../../document/words.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { accountOf, cellAt } from '../lookup.js';
import { samePoint } from '../points.js';
import { findSituation } from './decision.js';
import { partGerunds } from './path.js';
import { borderText, heldText } from './region-words.js';

/*
 * The five lines below the decision: why it is so, what would change it, whether more cores would, what is cheaper than
 * any of it, and what was not tried. Each speaks of the server's largest point, unless it names another one.
 */

/** The lines; none where nothing can be decided on. */
export function reasonBlocks(analysis: Analysis, scaling: readonly Scaling[]): Block[] {
  const server = findSituation(analysis.decision, 'server');
  if (server === undefined) return [];
  const waits = analysis.header.scenario.kernel.kind === 'wait';
  const pool = scaling.find(({ strategy }) => strategy === server.largest.pool?.strategy);
  const lines: readonly (readonly [string, Hole])[] = [
    ['Why:', waits ? waitingText(analysis, server.largest) : whyText(analysis, server.largest)],
    ['What would change it:', waits ? undefined : changeText(server, pool)],
    ['More cores?', waits ? coresForWaiting() : coresText(server, pool)],
    ['Cheaper than any of this:', waits ? undefined : cheaperText(analysis, server.largest)],
    ['Not tried here:', notTriedText(analysis)],
  ];
  return list(
    lines.flatMap(([name, words]) => (words === undefined ? [] : [text`${strong(name)} ${words}`])),
  );
}

/** Where the time of a call to the best pool goes. */
function whyText(analysis: Analysis, { point, pool }: PointDecision): Text | undefined {
  if (pool === undefined) return undefined;
  const path = warmCell(analysis, point, pool.strategy)?.details.path;
  if (path === undefined || explained(path) < wellExplained) return undefined;
  const overhead = largestOverhead(path);
  const others = overheadsAbove(path).map((part) => text`${partGerunds[part]} ${shareOf(path, part)}`);
  const computing = text`computing takes ${shareOf(path, 'compute')}`;
  const rest = overhead.share < leastShare ? ', and little else takes time' : text`; ${listed(others)}`;
  return text`of a traced call of ${pool.strategy} (${figure(path, 'callNs', 'ns')}) ${computing}${rest}.`;
}

/** Parts of a call below this share are no reason for anything. */
const leastShare = 0.1;

function overheadsAbove({ callNs, partsNs }: PathDetails): (keyof PathDetails['partsNs'])[] {
  const parts = Object.keys(partsNs) as (keyof PathDetails['partsNs'])[];
  return parts
    .filter((part) => part !== 'compute' && part !== 'unexplained' && partsNs[part] / callNs >= leastShare)
    .sort((a, b) => partsNs[b] - partsNs[a]);
}

function shareOf(path: PathDetails, part: keyof PathDetails['partsNs']) {
  return quotient([figure(path.partsNs, part, 'ns'), figure(path, 'callNs', 'ns')], 'part');
}

function warmCell(analysis: Analysis, point: PointDecision['point'], strategy: string) {
  const at = accountOf(analysis, 'warm')?.points.find((one) => samePoint(one.point, point));
  return cellAt(at, strategy);
}

/** Of items that wait: what they take from the processor. */
function waitingText(analysis: Analysis, { point, oneThread }: PointDecision): Text | undefined {
  if (oneThread === undefined) return undefined;
  const details = warmCell(analysis, point, oneThread.strategy)?.details;
  const cpu = details && figureIf(details, 'cpuNs', 'ns', { digits: 2 });
  if (cpu === undefined) return ['items wait and do not compute, and one thread can wait for all of them.'];
  return text`items wait and do not compute: ${oneThread.strategy} takes ${cpu} of processor time in a call of ${figure(oneThread.time, 'value', 'ns', { digits: 2 })}.`;
}

/** The border along an axis, or the work that would make the pool as fast. */
function changeText({ borders, largest, group }: SituationDecision, pool: Scaling | undefined): Hole {
  const [border] = borders;
  if (border !== undefined) {
    const where = text`${borderText(border.axis, border.crossover)}${heldText(border)}`;
    const more = borders.length === 1 ? undefined : ' Other axes have borders, too: see the table.';
    return text`the amount of work. With fresh data a pool pays ${where}.${more}`;
  }
  if (group === 'pool') return 'less work: the pool was faster at every size measured.';
  const needed = pool?.workNeeded.perElementNs;
  if (pool === undefined || needed?.kind !== 'known') return undefined;
  const now = figure(pool.workNow, 'perElementNs', 'ns', { digits: 2 });
  const then = figure(needed.estimate, 'value', 'ns', { digits: 2 });
  return text`about ${then} of work per number (now ${now}) would make ${largest.pool?.strategy ?? 'a pool'} as fast as one thread.`;
}

function coresText({ group }: SituationDecision, pool: Scaling | undefined): Hole {
  if (pool === undefined) return undefined;
  const { answer } = pool.ceiling;
  if (answer.kind !== 'known') return undefined;
  const ceiling = figure(answer.estimate, 'value', 'ratio', { digits: 2 });
  const high = answer.estimate.interval?.high ?? answer.estimate.value;
  if (high <= 1)
    return text`no. The main thread alone is so busy that ${pool.strategy} cannot pass ${ceiling} the speed of one thread, with any number of workers.`;
  const but = group === 'one thread' ? ' That was not tried with more cores than these.' : undefined;
  return text`${pool.strategy} can reach ${ceiling} the speed of one thread at most, however many workers it has.${but}`;
}

function coresForWaiting(): string {
  return 'no. Waiting takes no core.';
}

/** From which factor on it is worth a line. */
const worthReusing = 1.5;

/** The plain loop with fresh memory for its answers against the same loop in memory that exists. */
function cheaperText(analysis: Analysis, { point, loop }: PointDecision): Text | undefined {
  const resident = findSituation(analysis.decision, 'same data')?.points.find((one) =>
    samePoint(one.point, point),
  );
  const inPlace: Contender | undefined = resident?.loop;
  if (loop === undefined || inPlace === undefined || loop.time.value < worthReusing * inPlace.time.value)
    return undefined;
  const factor = quotient([figure(loop.time, 'value', 'ns'), figure(inPlace.time, 'value', 'ns')], 'ratio');
  return text`keep the answer lists and write into them. The same ${loop.strategy} takes ${figure(inPlace.time, 'value', 'ns')} in memory that exists, and ${figure(loop.time, 'value', 'ns')} with new lists (${factor}).`;
}

/** Strategies that ship and could run this, and were not in the run. */
function notTriedText(analysis: Analysis): Text | undefined {
  const { notTried = [] } = analysis.header;
  if (notTried.length === 0) return undefined;
  return text`${listed(notTried.map((_, i) => quoteAt(notTried, i)))}. Add them with --strategy.`;
}
