import { ratioOf } from '../analysis/level.js';
import type { PathDetails } from '../analysis/path.js';
import { fastest, rivalsOf } from '../analysis/rivalry.js';
import { mean, samplesOf } from '../analysis/round-logs.js';
import { tableOf } from '../analysis/table.js';
import type { Analysis, CellAnalysis, Estimate, Label, PointAnalysis } from '../analysis/types.js';
import { formulaNs } from '../choose/choose.js';
import type { Account } from '../contract/scenario.js';
import {
  type Block,
  code,
  type Document,
  type Hole,
  list,
  paragraph,
  quote,
  strong,
  type Text,
  table,
  text,
} from '../document/document.js';
import { count, figure, figureIf } from '../document/figure.js';
import { capital, capitalWord, counted, joinedBy, listed, pointText } from '../document/words.js';
import { workOption } from '../model/observation.js';
import type { AccountModel } from '../model/profile.js';
import type { StrategyModel } from '../model/strategy-model.js';
import type { CellHeader, CellRecord, Results } from '../results/format.js';
import { allCells } from './lookup.js';
import { samePoint } from './points.js';
import { tool } from './tool.js';
import { findingText } from './verdict/doubts.js';
import { fitReasonText, formulaText } from './verdict/formulas.js';

/** What an explanation is made from. */
export interface Explained {
  readonly results: Results;
  readonly analysis: Analysis;
  readonly models: readonly AccountModel[];
}

/** Everything that is known of one cell: each account, what its label rests on, its rounds, what speaks against it. */
export function explanationDocument({ results, analysis, models }: Explained, cell: CellHeader): Document {
  const known = analysis.accounts.flatMap(({ account, points }) => {
    const point = points.find((one) => samePoint(one.point, cell.point));
    const found = allCells(point).find((one) => one.cell === cell.id);
    return point === undefined || found === undefined
      ? []
      : [knowAccount({ results, analysis, models }, account, point, found)];
  });
  const rounds = results.records.filter((record) => record.cell === cell.id).map(knowRound);
  return {
    title: text`${quote(cell, 'id')}: ${quote(cell, 'strategy')} at ${pointText(cell.point)}`,
    sections: [
      { id: 'cell', title: [], blocks: [paragraph(cellText(analysis, cell))] },
      ...known.map((one) => ({
        id: one.account,
        title: capital(one.account),
        blocks: accountBlocks(analysis, one),
      })),
      { id: 'rounds', title: ['Rounds'], blocks: [roundsBlock(rounds)] },
      { id: 'doubts', title: ['Doubts about it'], blocks: doubtBlocks(analysis, cell.id) },
    ],
    data: { analysis, formulas: models, known, rounds, tool },
  };
}

/** What is known of the cell in one account. */
interface KnownAccount {
  readonly account: Account;
  readonly point: PointAnalysis;
  readonly cell: CellAnalysis;
  /** What a pool saved by sending while it computes; absent where nothing is done at once. */
  readonly savedNs?: number;
  /** Its label, or that of its own program where it is shown beside the ranking. */
  readonly label: Label;
  /** Every other strategy's time over the fastest one's, paired by round. */
  readonly pairs: readonly Pair[];
  readonly model?: StrategyModel;
  /** What the formula says of this very cell, and the share by which that is above its time; below it where it is negative. */
  readonly foretold?: { readonly ns: number; readonly above: number };
}

interface Pair {
  readonly strategy: string;
  readonly fastest: string;
  /** Absent where it was over its limit. */
  readonly ratio?: Estimate;
}

function knowAccount(
  { results, analysis, models }: Explained,
  account: Account,
  point: PointAnalysis,
  cell: CellAnalysis,
): KnownAccount {
  const savedNs = computeSaved(analysis, cell);
  const model = models
    .find((one) => one.account === account)
    ?.models.find(({ strategy }) => strategy === cell.strategy);
  const foretold = model && foretell(model, cell);
  return {
    account,
    point,
    cell,
    label: besideOf(point, cell)?.label ?? point.label,
    pairs: pairsOf(results, account, point, cell),
    ...(savedNs === undefined ? {} : { savedNs }),
    ...(model === undefined ? {} : { model }),
    ...(foretold === undefined ? {} : { foretold }),
  };
}

/**
 * Without workers nothing is done at once, and the stages differ from the whole by the clock that is read between them; as
 * much as the call takes is that, too.
 */
function computeSaved(
  { header }: Analysis,
  { strategy, state, details: { overlapNs } }: CellAnalysis,
): number | undefined {
  const isPool = header.strategies.some(({ label, parallel }) => label === strategy && parallel);
  if (!isPool || state.kind !== 'measured' || overlapNs === undefined) return undefined;
  return overlapNs > 0 && overlapNs < state.time.value ? overlapNs : undefined;
}

function besideOf(point: PointAnalysis, { cell }: CellAnalysis) {
  return point.beside.find(({ cells }) => cells.some((one) => one.cell === cell));
}

function pairsOf(results: Results, account: Account, point: PointAnalysis, cell: CellAnalysis): Pair[] {
  // Draws are for intervals of means; pairs have none of their own.
  const measured = tableOf(results, 2);
  const beside = besideOf(point, cell);
  const entries =
    beside === undefined
      ? measured.at(account, point.point)
      : (measured.beside(account, point.point).get(beside.program) ?? []);
  const top = fastest(entries);
  if (top === undefined) return [];
  return rivalsOf(entries)
    .filter((entry) => entry !== top)
    .map((entry) => ({
      strategy: entry.strategy.label,
      fastest: top.strategy.label,
      ...(entry.state.kind === 'bound' ? {} : { ratio: ratioOf(entry, top) }),
    }));
}

function foretell(model: StrategyModel, cell: CellAnalysis): KnownAccount['foretold'] {
  const seen = model.observations.find(({ point }) => samePoint(point, cell.point));
  if (seen === undefined) return undefined;
  const ns = formulaNs(
    model.coefficients.map(({ coefficient }) => coefficient),
    seen.shape,
  );
  return { ns, above: ns / seen.ns - 1 };
}

/** One time that a cell was run. */
interface KnownRound {
  readonly round: number;
  /** In the order of the run. */
  readonly place: number;
  readonly record: CellRecord;
  readonly samples: Partial<Record<Account, { readonly meanNs: number; readonly count: number }>>;
}

/** People count from one. */
function knowRound(record: CellRecord): KnownRound {
  const { round, order, outcome } = record;
  const samples = accounts.flatMap((account) => {
    const taken = outcome.status === 'measured' ? samplesOf(outcome, account) : undefined;
    return taken === undefined ? [] : [[account, { meanNs: mean(taken), count: taken.length }] as const];
  });
  return { round: round + 1, place: order + 1, record, samples: Object.fromEntries(samples) };
}

const accounts: readonly Account[] = ['one-shot', 'warm', 'resident'];

function cellText({ header }: Analysis, cell: CellHeader): Text {
  const strategy = header.strategies.find(({ label }) => label === cell.strategy);
  const title = strategy === undefined ? quote(cell, 'strategy') : quote(strategy, 'title');
  const size = text`${figure(cell, 'keys', 'count')} keys, ${figure(cell, 'elements', 'count')} numbers; memory estimated at ${figure(cell, 'estimatedBytes', 'bytes')}`;
  return text`${title} (${strategy?.family ?? 'unknown'}); ${size}. Scenario ${code(quote(header.scenario, 'id'))}, run ${quote(header, 'run')}.`;
}

function accountBlocks(analysis: Analysis, known: KnownAccount): Block[] {
  const { state } = known.cell;
  if (state.kind !== 'measured')
    return [
      paragraph(
        'reason' in state
          ? text`${capitalWord(state.kind)}: ${quote(state, 'reason')}.`
          : 'The run ended before it was measured.',
      ),
    ];
  return [
    // A line each, and one paragraph.
    paragraph(joinedBy([timeText(known, state), ...detailTexts(known)], '\n')),
    paragraph(
      text`At this point ${labelText(known.label)}${known.pairs.length === 0 ? '.' : ', which rests on:'}`,
    ),
    ...list(known.pairs.map((pair) => pairText(pair, known.cell.strategy))),
    paragraph(modelText(analysis, known)),
  ];
}

function timeText({ cell, point }: KnownAccount, state: { readonly time: Estimate }): Text {
  const ratios = [
    cell.speedUp &&
      text`speed-up ${figure(cell, 'speedUp', 'ratio')} (best single thread: ${point.bestSingleThread})`,
    cell.ratioToForLoop && text`${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop`,
  ].filter((ratio) => ratio !== undefined);
  const time = text`Time per run ${figure(state, 'time', 'ns')} over ${figure(state.time, 'rounds', 'whole')} rounds`;
  return text`${joinedBy([time, ...ratios], '; ')}.`;
}

/** Phases, and what the clock on the wall does not show. */
function detailTexts(known: KnownAccount): Text[] {
  const { details } = known.cell;
  const { phasesNs, path, streamed, settling } = details;
  const phases = Object.keys(phasesNs).map((name) => text`${name} ${figure(phasesNs, name, 'ns')}`);
  const beside = (
    [
      ['a typical call (the median)', figureIf(details, 'typicalNs', 'ns')],
      ['1 call in 100 takes longer than', figureIf(details, 'slowest1In100Ns', 'ns')],
      ['processor time, all cores', figureIf(details, 'cpuNs', 'ns')],
      ['garbage collection', figureIf(details, 'gcNs', 'ns')],
      ['pages of new memory', figureIf(details, 'newPages', 'count')],
      ['main thread blocked for', figureIf(details, 'stallNs', 'ns')],
      ['workers in the kernel, summed', figureIf(details, 'busyNs', 'ns')],
      ['saved by sending and computing at once', figureIf(known, 'savedNs', 'ns')],
      ['with garbage left to the engine', figureIf(details, 'naturalNs', 'ns')],
    ] as const
  ).flatMap(([words, ns]) => (ns === undefined ? [] : [text`${words} ${ns}`]));
  const peak = figureIf(details, 'peakBytes', 'bytes');
  return [
    ...(phases.length === 0 ? [] : [text`Phases: ${joinedBy(phases, ', ')}.`]),
    ...(beside.length === 0 ? [] : [text`Beside the clock: ${joinedBy(beside, '; ')}.`]),
    ...(path === undefined ? [] : [pathText(path)]),
    ...(peak === undefined ? [] : [text`Peak memory ${peak}.`]),
    ...(streamed === true ? [['Resident, streamed: the data is larger than the place.']] : []),
    ...(settling === undefined ? [] : [[`Its samples were ${settling}: it wins only by its slower part.`]]),
  ];
}

/** A call to workers along its critical path. */
function pathText(path: PathDetails): Text {
  const { partsNs } = path;
  const parts = (Object.keys(partsNs) as (keyof typeof partsNs)[])
    .filter((part) => partsNs[part] > 0)
    .map((part) => text`${part} ${figure(partsNs, part, 'ns')}`);
  return text`Critical path, mean of ${counted(figure(path, 'calls', 'whole'), 'traced call')}: ${figure(path, 'callNs', 'ns')}: ${joinedBy(parts, ', ')}.`;
}

function labelText(label: Label): Text {
  switch (label.kind) {
    case 'winner':
      return text`${label.strategy} wins`;
    case 'same':
      return text`${listed(label.strategies)} are the same`;
    case 'undecided':
      return text`it is undecided between ${listed(label.strategies)}`;
    case 'nobody':
      return ['nobody wins: there is nothing to compare'];
  }
}

function pairText(pair: Pair, asked: string): Text {
  const name: Hole = pair.strategy === asked ? strong(quote(pair, 'strategy')) : quote(pair, 'strategy');
  if (pair.ratio === undefined) return text`${name} was over its limit`;
  return text`${name} takes ${figure(pair, 'ratio', 'ratio')} as long as ${quote(pair, 'fastest')}, in ${figure(pair.ratio, 'rounds', 'whole')} common rounds`;
}

/** The strategy's formula in this account, and what it says of this very cell. */
function modelText({ header }: Analysis, { model, foretold }: KnownAccount): Text {
  if (model === undefined)
    return ['Formula: none; the run sweeps what no formula knows, or the strategy failed somewhere.'];
  const because = fitReasonText(model.because);
  const formula = text`Formula (${model.verdict}${because && text`, ${because}`}): ${formulaText(model.coefficients, workOption(header))}`;
  if (foretold === undefined) return text`${formula}.`;
  const way = foretold.above > 0 ? 'above' : 'below';
  const far = figure(foretold, 'above', 'share', { unsigned: true });
  return text`${formula}; here ${figure(foretold, 'ns', 'ns')}, ${far} ${way} what was measured; band ± ${figure(model, 'band', 'share')}.`;
}

/** A cell's records, one row per round: mean of the samples (how many) per account, memory, the machine around it. */
function roundsBlock(rounds: readonly KnownRound[]): Block {
  if (rounds.length === 0) return paragraph('None: it was never run.');
  return table<KnownRound>(
    [
      { head: 'round', align: 'right', of: (one) => figure(one, 'round', 'whole') },
      { head: 'place in the run', align: 'right', of: (one) => figure(one, 'place', 'whole') },
      { head: 'life of its process', align: 'right', of: ({ record }) => figure(record, 'elapsedMs', 'ms') },
      // Why it failed stands where its first time would.
      { head: 'one-shot', align: 'right', of: (one) => failureText(one) ?? samplesText(one, 'one-shot') },
      { head: 'warm', align: 'right', of: (one) => samplesText(one, 'warm') },
      { head: 'resident', align: 'right', of: (one) => samplesText(one, 'resident') },
      {
        head: 'peak memory',
        align: 'right',
        of: ({ record: { outcome } }) =>
          outcome.status === 'measured' ? figure(outcome, 'peakBytes', 'bytes') : undefined,
      },
      {
        head: 'fixed work before it',
        align: 'right',
        of: ({ record: { machine } }) => machine && figure(machine, 'spinNs', 'ns'),
      },
      {
        head: 'taken by others',
        align: 'right',
        of: ({ record: { machine } }) => machine && figureIf(machine, 'othersShare', 'share'),
      },
    ],
    rounds,
  );
}

function failureText({ record: { outcome } }: KnownRound): Text | undefined {
  return outcome.status === 'measured' ? undefined : text`${outcome.status}: ${quote(outcome, 'message')}`;
}

function samplesText({ samples }: KnownRound, account: Account): Text | undefined {
  const taken = samples[account];
  return taken && text`${figure(taken, 'meanNs', 'ns')} (${figure(taken, 'count', 'whole')})`;
}

/** The doubts about this very cell; how many there are about others and about the run is said. */
function doubtBlocks({ findings, header }: Analysis, cell: string): Block[] {
  if (findings.length === 0) return [paragraph('None of the checks on this run found anything.')];
  const own = findings.filter(({ cells }) => cells.includes(cell));
  const whole = findings.filter(({ cells }) => cells.length === 0);
  const others = findings.filter((finding) => !own.includes(finding) && !whole.includes(finding));
  const rest = [
    ...(whole.length === 0 ? [] : [text`${count(whole)} about the run as a whole`]),
    ...(others.length === 0 ? [] : [text`${count(others)} about other cells`]),
  ];
  return list([
    ...own.map((finding) => findingText(finding, header)),
    ...(rest.length === 0 ? [] : [text`${listed(rest)}: see the verdict.`]),
  ]);
}
