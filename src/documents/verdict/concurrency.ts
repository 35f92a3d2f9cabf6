import type { Analysis, ConcurrencyFact } from '../../analysis/types.js';
import { code, paragraph, type Section, sentences, type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { pointText } from '../../document/words.js';
import { headlinePoint } from '../lookup.js';
import { samePoint } from '../points.js';

/** Scenarios that show what this run does not. */
const shownBy = { cpu: 'large-lists', waits: 'waiting-items' };

/** One paragraph: what concurrency on one thread can and cannot do, with the two cells that show it. */
export function concurrencySection(analysis: Analysis): Section {
  return {
    id: 'concurrency',
    title: ['Why concurrency did not help'],
    blocks: [
      paragraph(
        sentences(
          'Concurrency means that several things are under way; it does not mean that several are computed.',
          'JavaScript computes on one event loop per thread, Python under one interpreter lock per process: tasks on them take turns, ' +
            'and taking turns makes no work shorter. What it can do is wait for many things at once.',
          computingText(largestFact(analysis, (fact) => !fact.waits)),
          waitingText(largestFact(analysis, (fact) => fact.waits)),
        ),
      ),
    ],
  };
}

/** The fact at the point that headlines speak of, else the last one. */
function largestFact(
  analysis: Analysis,
  test: (fact: ConcurrencyFact) => boolean,
): ConcurrencyFact | undefined {
  const facts = analysis.concurrency.filter(test);
  const point = headlinePoint(analysis, 'warm')?.point ?? {};
  return facts.find((fact) => samePoint(fact.point, point)) ?? facts.at(-1);
}

function ratioText(fact: ConcurrencyFact): Text {
  return text`${fact.strategy} is ${figure(fact, 'ratio', 'ratio')} the for-loop (${pointText(fact.point)})`;
}

function computingText(fact: ConcurrencyFact | undefined): Text {
  if (fact === undefined)
    return text`That computing gains nothing was not measured in this run; the scenario ${code(shownBy.cpu)} shows it.`;
  const { interval } = fact.ratio;
  const cell = text`on items that compute, ${ratioText(fact)}`;
  if (interval === undefined) return text`Measured here: ${cell}; too few rounds to judge.`;
  return interval.low > 1.1
    ? text`Measured here, and against the rule: ${cell}. Look at the doubts below.`
    : text`Measured here: ${cell}.`;
}

function waitingText(fact: ConcurrencyFact | undefined): Text {
  if (fact === undefined)
    return text`That waiting gains everything was not measured in this run; the scenario ${code(shownBy.waits)} shows it.`;
  return text`Measured here: on items that only wait, ${ratioText(fact)}.`;
}
