import type { CommitChange, HistoryReport, Past, SeriesChange } from '../compare/history/history.js';
import type { ShownChart } from '../document/chart.js';
import {
  type Block,
  code,
  type Document,
  type Hole,
  list,
  paragraph,
  quote,
  sentences,
  type Text,
  table,
  text,
} from '../document/document.js';
import { count, figure } from '../document/figure.js';
import { counted, pointText } from '../document/words.js';
import { strategyCode } from './comparison/words.js';
import { tool } from './tool.js';
import { chartBlock } from './verdict/charts.js';

/** More rows than this are for programs: history.json and comparison.json have them all. */
const mostRows = 40;
/** Changes of one commit beyond so many are told by their number. */
const mostOfCommit = 6;

/** All that a page on a history is read from. */
export interface HistoryData {
  readonly history: HistoryReport;
  readonly tool: typeof tool;
  readonly charts: readonly ShownChart[];
}

export interface HistoryDocument extends Document {
  readonly data: HistoryData;
}

/** A history by itself: when did what change? */
export function historyDocument(history: HistoryReport, charts: readonly ShownChart[] = []): HistoryDocument {
  const pictures = charts.map((chart) => chartBlock(chart, [quote(chart, 'description')]));
  return {
    title: ['breakeven history'],
    sections: [
      { id: 'history', title: [], blocks: [...historyBlocks(history), ...pictures] },
      { id: 'how', title: ['How changes are found'], blocks: list(howItems(history)) },
    ],
    data: { history, tool, charts },
  };
}

/** What is known, then each commit at which something changed, then every change with its size. */
export function historyBlocks(history: HistoryReport): Block[] {
  const changes = history.changes.flatMap((commit) =>
    commit.series.slice(0, mostOfCommit).map((change) => ({ commit, change })),
  );
  const all = history.changes.flatMap(({ series }) => series);
  const shown = changes.slice(0, mostRows);
  return [
    paragraph(historyHeadline(history)),
    ...list(history.changes.filter(({ series }) => series.length > 1).map(commitText)),
    ...(shown.length === 0 ? [] : [changesTable(shown)]),
    ...(shown.length < all.length
      ? [
          paragraph(
            text`Shown are the largest changes of the last commits, ${count(shown.map(({ change }) => change))} of ${count(all)}.`,
          ),
        ]
      : []),
  ];
}

/** "3 changes in 23 commits of this machine, measured in 54 series." */
export function historyHeadline(history: HistoryReport): Text {
  const { machine, changes, longEnough, series } = history;
  const file = code(quote(history, 'file'));
  if (machine === undefined)
    return sentences(text`${file} has no time of this machine yet.`, othersText(history));
  const known = text`${counted(figure(history, 'commits', 'whole'), 'commit')} in ${file}, each cell and situation a series of its own (${figure(history, 'series', 'whole')})`;
  const found =
    longEnough === 0
      ? text`Too few commits to see a change: ${known}.`
      : changes.length === 0
        ? text`No change was found: ${known}${longEnough === series ? undefined : text`, of which ${figure(history, 'longEnough', 'whole')} are long enough to show one`}.`
        : text`Changes were found at ${counted(count(changes), 'commit')}: ${known}.`;
  return sentences(found, othersText(history));
}

function othersText(history: HistoryReport): Hole {
  if (history.othersLines === 0) return undefined;
  return text`${counted(figure(history, 'othersLines', 'count'), 'line')} of other machines ${history.othersLines === 1 ? 'is' : 'are'} kept and left out.`;
}

/** What many series have in common is the work of one commit, or of the machine. */
function commitText(change: CommitChange): Text {
  const { series, measured } = change;
  const size = text`${count(series)} of ${figure(change, 'measured', 'whole')} series changed at ${commitCode(change.to)}`;
  const all = series.length === measured && measured > 2;
  return text`${size}${all ? ': all of them. Look at what they share, like the kernel, and at the machine' : ''}.`;
}

interface ShownChange {
  readonly commit: CommitChange;
  readonly change: SeriesChange;
}

function changesTable(rows: readonly ShownChange[]): Block {
  const hasNode = rows.some(({ commit }) => commit.node !== undefined);
  return table<ShownChange>(
    [
      { head: '', of: ({ change }) => (change.ratio.value > 1 ? '🔺' : '🔽') },
      {
        head: 'commit',
        of: ({ commit }) => text`${commitCode(commit.to)} (after ${commitCode(commit.from)})`,
      },
      { head: 'date', of: ({ commit }) => quote(commit.to, 'committedAt', (date) => date.slice(0, 10)) },
      { head: 'what', of: ({ change }) => text`${quote(change, 'scenario')}: ${strategyCode(change)}` },
      { head: 'where', of: ({ change }) => text`${change.account}, ${pointText(change.point)}` },
      { head: 'before', align: 'right', of: ({ change }) => figure(change, 'before', 'ns') },
      { head: 'after', align: 'right', of: ({ change }) => figure(change, 'after', 'ns') },
      { head: 'change', align: 'right', of: ({ change }) => figure(change, 'ratio', 'change') },
      hasNode
        ? {
            head: 'Node',
            of: ({ commit: { node } }) => node && text`${quote(node, 'before')} → ${quote(node, 'after')}`,
          }
        : undefined,
    ],
    rows,
  );
}

function commitCode(commit: CommitChange['from']) {
  return code(quote(commit, 'commit', (hash) => hash.slice(0, 7)));
}

function howItems({ machine }: HistoryReport): Text[] {
  return [
    ...(machine === undefined
      ? []
      : [
          text`Machine: ${quote(machine, 'cpu')}, ${counted(figure(machine, 'usableCores', 'whole'), 'usable core')}.`,
        ]),
    [
      'Commits stand in the order of their dates. All measurements of one commit are combined; those of another machine, kernel, seed or kind of run are left out.',
    ],
    [
      'A change lies where the times before and behind it differ more than shuffled times do in all but one of a thousand tries (e-divisive means, in windows). Single slow commits are no change.',
    ],
    text`Change: after over before, with ${figure(tool, 'levelOfIntervals', 'level')} intervals over commits.`,
  ];
}

/** How far two measurements of the same code lie apart: "known noisy: ±22 %", "±1 %". */
export function pastText(past: Past): Text {
  const spread = figure(past, 'spread', 'share');
  return past.isNoisy ? text`known noisy: ±${spread}` : text`±${spread}`;
}
