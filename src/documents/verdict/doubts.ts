import type {
  FastPlace,
  Finding,
  FindingFacts,
  FindingId,
  FindingOf,
  WideCrossover,
} from '../../analysis/findings/finding.js';
import type { Analysis } from '../../analysis/types.js';
import {
  type Block,
  code,
  type Hole,
  list,
  paragraph,
  quote,
  quoteAt,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { count, type Figure, figure } from '../../document/figure.js';
import { amountText, capitalWord, counted, joinedBy, pointText } from '../../document/words.js';
import type { CellHeader, RunHeader } from '../../results/format.js';
import { memoryText } from '../run-words.js';
import { selfCheckText } from '../self-check.js';
import { tool } from '../tool.js';

/** What speaks against trusting the figures, worst first, each with what to do about it; what the answer says already is not said again. */
export function doubtsSection(analysis: Analysis): Section {
  const { findings, notes } = analysis;
  const said = sayOnce(analysis);
  const items = [
    ...findings
      .filter((finding) => !isSaidWithAnswer(finding))
      .map((finding) => text`${strong(names[finding.severity])}: ${said.get(finding)}`),
    ...notes.map((_, i) => text`${strong(names.note)}: ${quoteAt(notes, i)}`),
  ];
  return {
    id: 'doubts',
    title: ['Doubts'],
    blocks: [...(items.length === 0 ? [nothingMore(findings)] : list(items)), ...smallestBlocks(analysis)],
  };
}

/** Each doubt in words, in the order of a page. Several may share a sentence, which is one constant: the first one says it. */
export function sayOnce({ findings, header }: Analysis): ReadonlyMap<Finding, Text> {
  const said = new Set<Text>();
  const onPage = [...findings.filter(isSaidWithAnswer), ...findings.filter((one) => !isSaidWithAnswer(one))];
  return new Map(
    onPage.map((finding) => {
      const fresh = findingSentences(finding, header).filter((sentence) => !said.has(sentence));
      for (const sentence of fresh) said.add(sentence);
      return [finding, sentences(...fresh)];
    }),
  );
}

function nothingMore(findings: readonly Finding[]): Block {
  return paragraph(
    findings.length === 0
      ? 'None of the checks on this run found anything.'
      : 'None besides what stands under the answer.',
  );
}

const names: Readonly<Record<Finding['severity'], string>> = {
  blocker: 'Do not rely on this run',
  warning: 'Doubt',
  note: 'Note',
};

/** What limits every figure: it stands under the answer, and nowhere else. */
const limiting: readonly FindingId[] = ['few-rounds', 'quick-run', 'interrupted', 'cache-warm'];

/** A blocker stands in place of the answer, what limits it below. */
function isSaidWithAnswer({ id, severity }: Finding): boolean {
  return severity === 'blocker' || limiting.includes(id);
}

/** What limits the answer: few rounds, a quick run, an interruption, data in cache by wish. */
export function cautions(analysis: Analysis): Block[] {
  const said = sayOnce(analysis);
  const limits = analysis.findings.filter(
    ({ id, severity }) => severity !== 'blocker' && limiting.includes(id),
  );
  return limits
    .sort((a, b) => limiting.indexOf(a.id) - limiting.indexOf(b.id))
    .map((one) => paragraph(said.get(one)));
}

/* What each doubt about a run is in words: one function per id, which returns sentences: what was seen, then what to do. */

type Words<Id extends FindingId> = (finding: FindingOf<Id>, header: RunHeader) => readonly Text[];

/** The sentences of a doubt, each with its full stop. */
export function findingSentences(finding: Finding, header: RunHeader): readonly Text[] {
  return (words[finding.id] as Words<FindingId>)(finding, header);
}

/** All of them in one line. */
export function findingText(finding: Finding, header: RunHeader): Text {
  return sentences(...findingSentences(finding, header));
}

const words: { readonly [Id in FindingId]: Words<Id> } = {
  'nothing-measured': () => [
    text`No cell of this run has a time that counts, so there is no verdict.`,
    text`See what failed or did not apply. Without any record the run was stopped before its first cell.`,
  ],
  interrupted: (finding, header) => {
    const cells = cellsOf(finding, header);
    const rest =
      cells.length === 0 ? 'every cell was measured at least once' : text`${countedCells(cells)} never ran`;
    return [
      text`The run was interrupted: ${figure(finding.facts, 'records', 'whole')} cells and rounds are recorded, and ${rest}.`,
      text`What is missing is listed below, and could have won.`,
      text`Run it to its end.`,
    ];
  },
  'cells-wrong': (finding, header) => failedWords(finding, header, 'a wrong answer'),
  'cells-crashed': (finding, header) => failedWords(finding, header, 'a crash'),
  'busy-machine': ({ facts }, { host }) => busySentences(facts, host),
  'stolen-time': ({ facts }) => stolenSentences(facts),
  'throttled-clock': ({ facts }) => [
    text`A fixed piece of work between the cells took ${figure(facts, 'longer', 'share')} longer in the slowest round than in the fastest: the processor's clock changed.`,
    text`Plug in, let it cool, set the governor to "performance" and turbo off, then measure again.`,
    text`Ratios within a round hardly suffer; times do.`,
  ],
  'work-off-axis': ({ facts }) => [
    text`The axis ${code(facts.option)} says how much work a list is, and the reference took ${figure(facts, 'factor', 'ratio')} of what it says: the machine was not as it was when it was calibrated.`,
    text`Read times, ratios and borders as they are, and the numbers on that axis as ${figure(facts, 'factor', 'ratio')} as much. On a quiet machine, measure again.`,
  ],
  'older-series': ({ facts }) => [
    text`The results file is of version ${figure(facts, 'version', 'whole')} of the format: garbage was collected before calls and left out of warm times, and warm calls met data that caches still had.`,
    text`A server pays more. Measure again with this version of the tool.`,
  ],
  'cache-warm': () => [
    text`Data in cache: warm calls met the same data again and again, as ${code('--cache warm')} asks.`,
    text`A server whose requests bring new data pays more, single threads most of all.`,
  ],
  'data-in-cache': (finding, header) => [
    text`Data in cache: warm calls in ${cellsText(finding, header)} found in a cache what the call before had left there, because ${cacheReasons[finding.facts.because]}.`,
    cacheEffects[finding.facts.because],
  ],
  'quick-run': (_, { scenario }) => {
    const sentence = (note: string) => capitalWord(note.trim().replace(/\.$/, ''));
    const left =
      scenario.quickNote === undefined
        ? 'Fewer rounds and smaller sizes than a full run'
        : quote(scenario, 'quickNote', sentence);
    return [
      text`quick: indicative.`,
      text`${left}.`,
      text`Run again without ${code('--quick')} before you act on it.`,
    ];
  },
  'few-rounds': ({ facts }) => {
    const rounds = counted(figure(facts, 'rounds', 'whole'), 'round');
    const full = figure(tool, 'fullRounds', 'whole');
    return facts.rounds < tool.leastRounds
      ? [
          text`Only ${rounds}: below ${figure(tool, 'leastRounds', 'whole')} there is no interval and no winner.`,
          text`All figures are indicative.`,
          text`Use ${code('--rounds')} with ${full} or more.`,
        ]
      : [
          text`Only ${rounds} (a full run has at least ${full}): indicative.`,
          text`Use ${code('--rounds')} for more.`,
        ];
  },
  'first-round-slower': ({ facts }) => [
    text`The first round was ${figure(facts, 'slower', 'share')} slower than the others, in all cells together.`,
    text`The machine was still waking up or busy.`,
    text`Ratios within rounds hardly suffer; times do. Run again.`,
  ],
  'drift-over-rounds': ({ facts }) => [
    text`From the first round to the last, all cells together became ${figure(facts, 'change', 'share', { unsigned: true })} ${facts.change > 0 ? 'slower' : 'faster'}.`,
    text`Heat, a throttled clock or other work.`,
    text`Shuffled rounds keep ratios fair; absolute times are a mixture.`,
  ],
  'two-modes': (finding, header) => [
    text`The rounds of ${cellsText(finding, header)} fall into two groups, typically ${figure(finding.facts, 'apart', 'share')} apart.`,
    text`Some processes are fast, some slow: use more rounds, and do not trust the mean of these.`,
  ],
  'typical-call-differs': ({ facts }) => {
    const [first] = facts.places;
    return [
      text`At ${counted(count(facts.places), 'place')} the mean over all calls and the typical (median) call name different winners; the first is ${first.account}, ${pointText(first.point)}: ${code(quote(first, 'byMean'))} by the mean, ${code(quote(first, 'byMedian'))} by the median.`,
      text`A server pays for all calls: the mean decides here. Somebody who waits for one answer mostly sees the other.`,
    ];
  },
  'series-falling': (finding, header) => [
    text`${seriesText(finding, header)} became faster from the first third of the samples to the last: not warmed up yet.`,
    text`Use larger data or longer sampling.`,
    slowerPart,
  ],
  'series-rising': (finding, header) => [
    text`${seriesText(finding, header)} became slower from the first third of the samples to the last: heat, or memory that grows.`,
    text`Look at garbage collection and at the clock.`,
    slowerPart,
  ],
  'series-jumping': (finding, header) => [
    text`${seriesText(finding, header)} jump between two speeds within a process.`,
    text`Collections, recompilation or other programs: the mean stands for neither speed.`,
    slowerPart,
  ],
  'timer-too-coarse': (finding, header) => [
    text`${seriesText(finding, header)} lie below ${figure(finding.facts, 'steps', 'whole')} steps of this machine's clock (${figure(header.host, 'clockStepNs', 'ns')} each).`,
    text`Use larger data for these strategies, or read them as "too short to tell".`,
  ],
  'program-clocks-apart': (finding, header) => {
    const { facts } = finding;
    const { widest } = facts;
    const most =
      widest === undefined
        ? undefined
        : text`; at most "${quote(widest, 'message')}": ${figure(widest, 'insideNs', 'ns')} inside, ${figure(widest, 'outsideNs', 'ns')} outside`;
    return [
      text`In ${cellsText(finding, header)} the program's own time and the time around its message lie more than ${figure(facts, 'apartShare', 'share')} + ${figure(facts, 'apartNs', 'ns')} apart (in at most ${figure(facts, 'worst', 'share')} of a cell's messages${most}).`,
      text`What lies between them is on nobody’s account: the message itself, or work that the program does outside its clock.`,
    ];
  },
  'garbage-collection': (finding, header) => [
    text`Garbage collection takes more than ${figure(finding.facts, 'above', 'share')} of a call (at most ${figure(finding.facts, 'worst', 'share')}) in ${seriesText(finding, header)}.`,
    text`The time is real, but it depends on the heap: ${code('--node-arg=--max-semi-space-size=64')} shows how much.`,
  ],
  'new-memory': ({ facts }, { host: { memory } }) => [
    text`First touch of new memory is up to ${figure(facts, 'touchShare', 'share')} of a warm call (${quote(facts, 'strategy')}, ${pointText(facts.point)}), collections ${figure(facts, 'gcShare', 'share')} of the same one.`,
    memory === undefined
      ? ['What a page costs differs tenfold between machines of one name.']
      : text`A page costs ${memoryText(memory)} here, and machines of one name differ tenfold in it.`,
  ],
  'memory-above-estimate': (finding, header) => [
    text`${cellsText(finding, header)} used more than ${figure(finding.facts, 'above', 'share')} of the memory that was estimated.`,
    text`Larger data may not fit although the estimate says so; its footprint should be declared higher.`,
  ],
  'memory-near-limit': (finding, header) => [
    text`${cellsText(finding, header)} used more than ${figure(finding.facts, 'above', 'share')} of the memory that was free.`,
    text`Swapping or a collector in need may be in the times.`,
    text`Free memory, or measure smaller data.`,
  ],
  'quota-below-cores': ({ facts }, { host }) => [
    text`This machine has ${figure(host, 'cores', 'whole')} cores, of which the run could use ${figure(host, 'usableCores', 'whole')} (affinity or quota).`,
    facts.uneven
      ? text`A quota stops all threads for a part of each tenth of a second: samples are longer than the work. Give it whole cores.`
      : text`The answer holds for so many cores; others would move the crossovers.`,
  ],
  'more-workers-than-cores': ({ facts }, { host }) => [
    text`Up to ${figure(facts, 'workers', 'whole')} workers share ${figure(host, 'usableCores', 'whole')} usable cores: they take turns.`,
    text`Do not read these points as what as many cores would give.`,
  ],
  'wide-intervals': ({ facts, strategies }, header) => [
    text`${figure(facts, 'wide', 'whole')} of ${counted(figure(facts, 'times', 'whole'), 'time')} have an interval wider than ${figure(facts, 'above', 'share')}, among them ${namesText(strategies, header)}.`,
    text`Close other programs, or use more rounds.`,
  ],
  'speed-up-above-workers': ({ facts: { places } }) => [
    text`Speed-up above the number of workers: ${someText(places, fastText)}.`,
    text`More caches can do that. More often the single-thread side is not at its best, or less work was done.`,
  ],
  'bracket-too-wide': ({ facts: { crossovers } }) => [
    text`${counted(count(crossovers), 'crossover')} could only be placed between two points of the sweep: ${someText(crossovers, crossoverText)}.`,
    text`Add points in between, in factors of two or less.`,
  ],
};

/** Other programs took the machine's time: how much, and what to do. */
export function busySentences(
  facts: FindingFacts['busy-machine'],
  host: Pick<RunHeader['host'], 'usableCores'>,
): readonly Text[] {
  return facts.kind === 'share'
    ? [
        text`While the cells ran, other programs took ${figure(facts, 'share', 'share')} of this machine's processor time.`,
        text`Close them, or use a machine that does nothing else, and measure again.`,
      ]
    : [
        text`The load was ${figure(facts, 'load', 'count')} on ${figure(host, 'usableCores', 'whole')} usable cores.`,
        text`Close other programs and measure again.`,
      ];
}

/** The hypervisor took it. */
export function stolenSentences(facts: FindingFacts['stolen-time']): readonly Text[] {
  return [
    text`The hypervisor gave ${figure(facts, 'share', 'share')} of this virtual machine's processor time to others (steal).`,
    text`Use a machine with processors of its own, or measure at a quieter time.`,
  ];
}
const cacheReasons = {
  memory: 'memory had no room for copies that are larger than the last cache together',
  small: 'the data is so small that all copies of it fit into the last cache',
  program: 'a program has its data once',
} as const;

const costsMore = text`Data that comes from somewhere else costs a little more than these times say.`;
const cacheEffects = {
  memory: text`Single threads look too fast there, by more than half at worst. With more free memory, or with less data, they would not.`,
  small: costsMore,
  program: costsMore,
} as const;

const slowerPart: Text = [
  'A cell whose samples do not settle is named winner only where it wins by its slower part as well.',
];

const fixFirst: Text = ['The reasons are among what failed. Fix the strategy, then measure again.'];

function failedWords(finding: Finding, header: RunHeader, what: string): readonly Text[] {
  const cells = cellsOf(finding, header);
  const named = someText(cells, ({ strategy, point }) => text`${strategy} (${pointText(point)})`, 3);
  return [text`${countedCells(cells)} gave ${what} and take no part in any ranking: ${named}.`, fixFirst];
}

function cellsOf({ cells }: Finding, header: RunHeader): CellHeader[] {
  const named = new Set(cells);
  return header.cells.filter(({ id }) => named.has(id));
}

function countedCells(cells: readonly CellHeader[]): Text {
  return counted(count(cells), 'cell');
}

/** "7 cells of wasm-simd, typed-array and 2 more". */
function cellsText(finding: Finding, header: RunHeader): Text {
  return text`${countedCells(cellsOf(finding, header))} of ${namesText(finding.strategies, header)}`;
}

/** "5 series of worker-threads": one series, two series. */
function seriesText(
  {
    facts,
    strategies,
  }: { readonly facts: { readonly series: number }; readonly strategies: readonly string[] },
  header: RunHeader,
): Text {
  return text`${figure(facts, 'series', 'whole')} series of ${namesText(strategies, header)}`;
}

function namesText(labels: readonly string[], { strategies }: RunHeader): Text {
  return someText(strategiesInOrder(labels, strategies), ({ label }) => label, 3);
}

/** Headers of the strategies with these labels, in their order. */
function strategiesInOrder(labels: readonly string[], strategies: RunHeader['strategies']) {
  const byLabel = new Map(strategies.map((each) => [each.label, each]));
  return labels.flatMap((label) => byLabel.get(label) ?? []);
}

/** `a, b, c and 4 more`. */
function someText<T extends object>(these: readonly T[], wordsOf: (one: T) => Hole, most = 2): Text {
  const named = joinedBy(these.slice(0, most).map(wordsOf), ', ');
  const rest = these.slice(most);
  return rest.length === 0 ? named : text`${named} and ${count(rest)} more`;
}

function fastText(place: FastPlace): Text {
  const workers: Figure = figure(place, 'workers', 'whole');
  return text`${place.strategy} ${figure(place, 'speedUp', 'ratio')} with ${counted(workers, 'worker')} (${place.account}, ${pointText(place.point)})`;
}

function crossoverText({ axis, interval, question, account }: WideCrossover): Text {
  const low = figure(interval, 'low', { axis });
  return text`${low} to ${amountText(axis, figure(interval, 'high', { axis }))} (${question}, ${account})`;
}

/** A reader of "undecided" or "same" must know what would have been found. */
function smallestBlocks(analysis: Analysis): Block[] {
  const { smallestDifference } = analysis;
  if (smallestDifference === undefined) return [];
  const { oneThread, pool } = smallestDifference;
  const parts = [
    ...(oneThread === undefined
      ? []
      : [text`${figure(smallestDifference, 'oneThread', 'share')} on one thread`]),
    ...(pool === undefined ? [] : [text`${figure(smallestDifference, 'pool', 'share')} for pools`]),
  ];
  const smallest = parts.length === 0 ? [figure(smallestDifference, 'all', 'share')] : parts;
  return [
    paragraph(
      sentences(
        text`Smallest difference that a run like this one names in four of five cases: about ${joinedBy(smallest, ', ')}.`,
        tool.selfCheck && selfCheckText(tool.selfCheck),
      ),
    ),
  ];
}
