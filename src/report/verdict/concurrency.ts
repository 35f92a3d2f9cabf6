import type { Analysis, ConcurrencyFact } from '../../analysis/types.js';
import { formatPoint } from '../axes.js';
import { formatRatioEstimate } from '../units.js';

/** Scenarios that show what this run does not. */
const shownBy = { cpu: 'large-lists', waits: 'waiting-items' };

/** One paragraph: what concurrency on one thread can and cannot do, with the two cells that show it. */
export function concurrencySection(analysis: Analysis): string {
  const cpu = analysis.concurrency.filter(({ waits }) => !waits).at(-1);
  const waits = analysis.concurrency.filter((fact) => fact.waits).at(-1);
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

function cpuSentence(fact: ConcurrencyFact | undefined): string {
  if (fact === undefined)
    return `That computing gains nothing was not measured in this run; the scenario \`${shownBy.cpu}\` shows it.`;
  const { ratio } = fact;
  const cell = `on work for the processor async-tasks is ${formatRatioEstimate(ratio)} the for-loop (${formatPoint(fact.point)})`;
  if (ratio.interval === undefined) return `Measured here: ${cell}; too few rounds to judge.`;
  return ratio.interval.low > 1.1
    ? `Measured here, and against the rule: ${cell}. Look at the doubts below.`
    : `Measured here: ${cell}.`;
}

function waitSentence(fact: ConcurrencyFact | undefined): string {
  if (fact === undefined)
    return `That waiting gains everything was not measured in this run; the scenario \`${shownBy.waits}\` shows it.`;
  return `Measured here: on items that only wait async-tasks is ${formatRatioEstimate(fact.ratio)} the for-loop (${formatPoint(fact.point)}).`;
}
