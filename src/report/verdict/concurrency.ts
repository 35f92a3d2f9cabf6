import type { Analysis, ConcurrencyFact } from '../../analysis/types.js';
import { formatPoint, samePoint } from '../axes.js';
import { headlinePoint } from '../headline.js';
import { formatRatioEstimate } from '../units.js';

/** Scenarios that show what this run does not. */
const shownBy = { cpu: 'large-lists', waits: 'waiting-items' };

/** One paragraph: what concurrency on one thread can and cannot do, with the two cells that show it. */
export function concurrencySection(analysis: Analysis): string {
  const cpu = largest(analysis, (fact) => !fact.waits);
  const waits = largest(analysis, (fact) => fact.waits);
  return [
    '## Why concurrency did not help',
    [
      'Concurrency means that several things are under way; it does not mean that several are computed.',
      'JavaScript computes on one event loop per thread, Python under one interpreter lock per process: tasks on them take turns, ' +
        'and taking turns makes no work shorter. What it can do is wait for many things at once.',
      cpuSentence(cpu),
      waitSentence(waits),
    ].join(' '),
  ].join('\n\n');
}

/** The fact at the point that headlines speak of, else the last one. */
function largest(analysis: Analysis, test: (fact: ConcurrencyFact) => boolean): ConcurrencyFact | undefined {
  const facts = analysis.concurrency.filter(test);
  const point = headlinePoint(analysis, 'warm')?.point ?? {};
  return facts.find((fact) => samePoint(fact.point, point)) ?? facts.at(-1);
}

function cpuSentence(fact: ConcurrencyFact | undefined): string {
  if (fact === undefined)
    return `That computing gains nothing was not measured in this run; the scenario \`${shownBy.cpu}\` shows it.`;
  const { ratio } = fact;
  const cell = `on items that compute, async-tasks is ${formatRatioEstimate(ratio)} the for-loop (${formatPoint(fact.point)})`;
  if (ratio.interval === undefined) return `Measured here: ${cell}; too few rounds to judge.`;
  return ratio.interval.low > 1.1
    ? `Measured here, and against the rule: ${cell}. Look at the doubts below.`
    : `Measured here: ${cell}.`;
}

function waitSentence(fact: ConcurrencyFact | undefined): string {
  if (fact === undefined)
    return `That waiting gains everything was not measured in this run; the scenario \`${shownBy.waits}\` shows it.`;
  return `Measured here: on items that only wait, async-tasks is ${formatRatioEstimate(fact.ratio)} the for-loop (${formatPoint(fact.point)}).`;
}
