import type {
  Compared,
  Comparison,
  ComparisonNote,
  SideInfo,
  UncomparedCell,
  UnmatchedCell,
} from '../../compare/types.js';
import { pointKey } from '../../contract/axes.js';
import type { ShownChart } from '../../document/chart.js';
import {
  type Block,
  code,
  type Document,
  list,
  paragraph,
  quote,
  quoteAt,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { historyBlocks, pastText } from '../history.js';
import { someRoundsText } from '../run-words.js';
import { tool } from '../tool.js';
import { chartBlock, chartsFolder } from '../verdict/charts.js';
import { uncomparedText } from './coverage.js';
import { failureWords, headlineText, mostInHeadline, redNews } from './headline.js';
import { profileBlocks } from './profile.js';
import { changeFigure, crossoverText, scenarioPrefix, sideFigure, strategyCode, whereText } from './words.js';

/** A page of the same crash a thousand times helps nobody. */
const mostUncompared = 20;

/** A chart of the comparison, without its data. */
interface ComparisonChart {
  /** Of its picture, relative to the comparison, if it was drawn. */
  readonly path?: string;
  readonly description: string;
}

/** All that a comparison says is read from here: its own fields, and what stands beside it. */
export interface ComparisonData extends Comparison {
  readonly tool: typeof tool;
  readonly charts: readonly ComparisonChart[];
  /** Why other charts are missing, as sentences without a full stop. */
  readonly skipped: readonly string[];
}

export interface ComparisonDocument extends Document {
  readonly data: ComparisonData;
}

/**
 * The report for a pull request: first the sentence that says whether anything differs, then only what does, then
 * everything, folded away.
 */
export function comparisonDocument(
  comparison: Comparison,
  charts: readonly ShownChart[] = [],
  skipped: readonly string[] = [],
): ComparisonDocument {
  const about = charts.map(
    ({ name, description, undrawn }): ComparisonChart =>
      undrawn ? { description } : { path: `${chartsFolder}/${name}`, description },
  );
  const data = { ...comparison, tool, charts: about, skipped };
  return {
    title: [`${signOf(data)} breakeven compare`],
    embedded: true,
    sections: [
      { id: 'difference', title: [], blocks: differenceBlocks(data) },
      foldedSection('all', text`Everything that was compared (${counted(count(data.rows), 'row')})`, [
        rowsTable(data, data.rows),
        ...cellBlocks('Only on head', data.newCells),
        ...cellBlocks('Only on base', data.removedCells),
      ]),
      ...(data.profile === undefined
        ? []
        : [foldedSection('profile', ['Where the time went'], profileBlocks(data, data.profile))]),
      ...(data.history === undefined
        ? []
        : [foldedSection('history', ['History'], historyBlocks(data.history))]),
      ...chartSections(data, charts),
      foldedSection('how', ['How it was measured'], list(howItems(data))),
    ],
    data,
  };
}

function signOf({ verdict }: Comparison): string {
  return { regression: '🔴', unfit: '⚪', 'nothing compared': '⚪', undecided: '🟡', fine: '🟢' }[verdict];
}

/** On a page of others' words nobody wants more than the answer: the rest is folded away. */
function foldedSection(id: string, summary: Text, blocks: readonly Block[]): Section {
  return { id, title: [], blocks: [{ kind: 'details', summary, blocks }] };
}

function differenceBlocks(comparison: Comparison): Block[] {
  const differing = comparison.rows.filter(
    ({ red, label }) => red || label === 'slower' || label === 'faster',
  );
  return [
    paragraph(headlineText(comparison)),
    ...list(redItems(comparison)),
    ...(differing.length === 0 ? [] : [rowsTable(comparison, differing)]),
    ...list([...changeItems(comparison), ...noisyItems(comparison)]),
    ...uncomparedBlocks(comparison),
  ];
}

/** What is red beyond what the headline has room for; on an unfit machine nothing is. */
function redItems(comparison: Comparison): Text[] {
  if (comparison.verdict !== 'regression') return [];
  const all = redNews(comparison);
  return all.length <= mostInHeadline ? [] : all.map(({ words }) => words);
}

function changeItems(comparison: Comparison): Text[] {
  const { crossovers, winners, failures } = comparison;
  return [
    ...crossovers.map(
      (change) => text`Crossover moved: ${scenarioPrefix(comparison, change)}${crossoverText(change)}.`,
    ),
    ...winners.map(
      (change) =>
        text`Another winner: ${scenarioPrefix(comparison, change)}${code(quote(change, 'after'))} instead of ${code(quote(change, 'before'))} (${change.account}, ${pointText(change.point)}).`,
    ),
    ...failures.map((failure) => {
      const when = failure.how === 'fixed' ? '' : failure.before ? ' (as on base)' : ' (new)';
      return text`${scenarioPrefix(comparison, failure)}${strategyCode(failure)} ${failureWords[failure.how]}${when} at ${pointText(failure.point)}: ${failure.how === 'fixed' ? 'on base: ' : ''}${quote(failure, 'reason')}${someRoundsText(failure)}`;
    }),
  ];
}

/** A red row whose own past is as noisy is no reason to search the code yet. */
function noisyItems(comparison: Comparison): Text[] {
  return comparison.rows.flatMap((row) => {
    if (!row.red || row.past?.isNoisy !== true) return [];
    const { past } = row;
    return [
      text`Known noisy: ${scenarioPrefix(comparison, row)}${strategyCode(row)} (${whereText(row)}) differed by ${figure(past, 'spread', 'share')} between measurements of the same code (${counted(figure(past, 'pairs', 'whole'), 'pair')}). Compare again before you search the code.`,
    ];
  });
}

const labelSigns = { slower: '🔺', faster: '🔽', same: '=', undecided: '?' } as const;

function rowsTable(comparison: Comparison, rows: readonly Compared[]): Block {
  return table<Compared>(
    [
      { head: '', of: ({ red, label }) => (red ? '🔴' : labelSigns[label]) },
      { head: 'what', of: (row) => whatText(comparison, row) },
      { head: 'where', of: whereText },
      { head: 'base', align: 'right', of: (row) => sideFigure(row, 'base') },
      { head: 'head', align: 'right', of: (row) => sideFigure(row, 'head') },
      { head: 'change', align: 'right', of: changeFigure },
      {
        head: 'noise of base',
        align: 'right',
        of: (row) => (Number.isFinite(row.noise) ? figure(row, 'noise', 'share') : ''),
      },
      comparison.rows.some(({ past }) => past !== undefined)
        ? { head: 'its past', align: 'right', of: ({ past }) => past && pastText(past) }
        : undefined,
      { head: 'red beyond', align: 'right', of: (row) => text`+${figure(row, 'limit', 'share')}` },
    ],
    rows,
  );
}

function whatText(comparison: Comparison, row: Compared): Text {
  const what = row.quantity === 'time' ? '' : `, ${quantityWords[row.quantity]}`;
  return text`${scenarioPrefix(comparison, row)}${strategyCode(row)}${what}`;
}

const quantityWords: Readonly<Record<Compared['quantity'], string>> = {
  time: 'time',
  cpu: 'CPU time',
  memory: 'peak memory',
  'ratio to for-loop': 'ratio to for-loop',
};

function cellBlocks(title: string, cells: readonly UnmatchedCell[]): Block[] {
  if (cells.length === 0) return [];
  const names = cells.map(
    (cell) => text`${quote(cell, 'scenario')}, ${strategyCode(cell)}, ${pointText(cell.point)}`,
  );
  return [paragraph(`${title} (not compared, and no failure):`), ...list(names)];
}

/** What is said above as news of head is not said again. */
function uncomparedBlocks({ coverage, failures }: Comparison): Block[] {
  const keyOf = ({ scenario, strategy, point }: UnmatchedCell) =>
    JSON.stringify([scenario, strategy, pointKey(point)]);
  const said = new Set(failures.map(keyOf));
  const cells: readonly UncomparedCell[] = coverage.uncompared.filter(
    (cell) => coverage.compared === 0 || !said.has(keyOf(cell)),
  );
  if (cells.length === 0) return [];
  const left = cells.slice(mostUncompared);
  const more = left.length === 0 ? [] : [text`and ${count(left)} more, in comparison.json`];
  return [
    paragraph('Not compared, for want of times on both sides:'),
    ...list([...cells.slice(0, mostUncompared).map(uncomparedText), ...more]),
  ];
}

function chartSections({ charts: about, skipped }: ComparisonData, charts: readonly ShownChart[]): Section[] {
  const pictures = charts.map((chart, index) => chartBlock(chart, [quote(about[index], 'description')]));
  const cautions = skipped.map(
    (_, index): Block => ({ kind: 'caution', text: text`${quoteAt(skipped, index)}.` }),
  );
  return [
    ...(pictures.length === 0 ? [] : [foldedSection('charts', ['Charts'], pictures)]),
    ...(cautions.length === 0 ? [] : [{ id: 'skipped', title: [], blocks: cautions }]),
  ];
}

function howItems(comparison: Comparison): Text[] {
  const { base, head, pairing, machine, notes, quick } = comparison;
  return [
    text`Base: ${sideText(base)}`,
    text`Head: ${sideText(head)}`,
    [pairingWords[pairing]],
    ...(quick ? [['Quick runs: indicative.']] : []),
    ...machineTexts(machine),
    ...powerTexts(comparison),
    ...notes.map(noteText),
    [
      'one-shot: a first session in a new process, start-up included. warm: fresh data into what runs already. resident: computing alone, the data in place.',
    ],
    text`Change: head over base, with ${figure(tool, 'levelOfIntervals', 'level')} intervals over rounds. 🔴 surely beyond its limit; 🔺🔽 surely different; = the same; ? undecided. The marks for slower and faster are corrected for how much was asked; the intervals are not.`,
  ];
}

/** What limits the comparison, as a sentence. */
function noteText(note: ComparisonNote): Text {
  const scenario = quote(note, 'scenario');
  switch (note.kind) {
    case 'one side':
      return text`Scenario ${scenario} is on ${note.side} alone: not compared.`;
    case 'other kernel':
      return text`Scenario ${scenario}: the code of the kernel is not the same on both sides (${quote(note, 'file')}), so that the work may differ, too.`;
    case 'duet':
      return text`Scenario ${scenario}: both sides of single-thread strategies ran at the same time (duet).`;
    case 'other memory':
      return text`Scenario ${scenario}: a page of new memory cost ${figure(note, 'baseNs', 'ns')} on base and ${figure(note, 'headNs', 'ns')} on head, and strategies pay it for their answers. A part of what differs may be that.`;
    case 'of a run':
      return text`${note.side}, ${scenario}: ${quote(note, 'note')}`;
    case 'unfinished':
      return text`${note.side}, ${scenario}: the run did not finish; what it has is compared.`;
    case 'few rounds':
      return text`${note.side}, ${scenario}: fewer than ${figure(tool, 'leastRounds', 'whole')} rounds, which decide nothing.`;
  }
}

function sideText(side: SideInfo): Text {
  const runs = side.runs.map(
    (run) =>
      text`${quote(run, 'scenario')} in ${counted(figure(run, 'rounds', 'whole'), 'round')} (run ${quote(run, 'run')})`,
  );
  const { host } = side;
  return text`${quote(side, 'name')}; ${listed(runs)}; ${quote(host, 'cpu')}, ${counted(figure(host, 'usableCores', 'whole'), 'usable core')}, Node ${quote(host, 'node')}`;
}

function machineTexts(machine: Comparison['machine']): Text[] {
  const takenOut = machine.takenOut ? ', taken for the machine and divided out of every time' : '';
  return [
    ...(machine.common === undefined
      ? []
      : [text`All strategies together: ${figure(machine, 'common', 'ratio')} the time on head${takenOut}.`]),
    ...(machine.spin === undefined
      ? []
      : [
          text`A fixed piece of work between the cells: ${figure(machine, 'spin', 'ratio')} the time on head.`,
        ]),
  ];
}

/** A green comparison says less of pools than of loops: how much less. */
function powerTexts({ power }: Comparison): Text[] {
  if (power === undefined) return [];
  const parts = [
    ...(power.oneThread === undefined ? [] : [text`${figure(power, 'oneThread', 'share')} on one thread`]),
    ...(power.pool === undefined ? [] : [text`${figure(power, 'pool', 'share')} among pools`]),
  ];
  return [
    text`With this noise and these rounds, a strategy that became ${figure(power, 'slower', 'share')} slower is red in about ${joinedBy(parts, ', ')} of comparisons.`,
  ];
}

const pairingWords: Readonly<Record<Comparison['pairing'], string>> = {
  interleaved: 'Measured round by round in one job on one machine; rounds are compared in pairs.',
  separate:
    'Two separate runs on one machine: what all strategies have in common cannot be told from the machine.',
  'across hosts':
    'Different machines, or other conditions: only ratios to for-loop within each run are compared.',
};
