import type { PathDetails } from '../../analysis/path/details.js';
import type { Analysis, CellAnalysis, PointAnalysis } from '../../analysis/types.js';
import { formulaNs } from '../../choose/choose.js';
import { findingText } from '../../documents/verdict/doubts.js';
import { formulaText } from '../../documents/verdict/formulas.js';
import { workOption } from '../../model/observation.js';
import type { AccountModel } from '../../model/profile.js';
import { textMarkdown } from '../../render/markdown.js';
import type { CellHeader, Results } from '../../results/format.js';
import { formatPoint, samePoint } from '../axes.js';
import { allCells } from '../headline.js';
import { capital, counted, listed, oneLine } from '../plain-text.js';
import {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRatioEstimate,
  formatTime,
} from '../units.js';
import { labelLines } from './label-lines.js';
import { recordsTable } from './records-table.js';

/** What an explanation is made from. */
export interface Explained {
  readonly results: Results;
  readonly analysis: Analysis;
  readonly models: readonly AccountModel[];
}

/** Everything that is known of one cell, as Markdown: each account, what its label rests on, its rounds, what speaks against it. */
export function explainCell(run: Explained, cell: CellHeader): string {
  const { header } = run.analysis;
  const strategy = header.strategies.find(({ label }) => label === cell.strategy);
  return `${[
    `# ${cell.id}: ${cell.strategy} at ${formatPoint(cell.point)}`,
    `${oneLine(strategy?.title ?? cell.strategy)} (${strategy?.family ?? 'unknown'}); ${formatCount(cell.keys)} keys, ` +
      `${formatCount(cell.elements)} numbers; memory estimated at ${formatBytes(cell.estimatedBytes)}. Scenario \`${oneLine(header.scenario.id)}\`, run ${oneLine(header.run)}.`,
    ...run.analysis.accounts.flatMap(({ account, points }) => {
      const point = points.find((one) => samePoint(one.point, cell.point));
      const found = allCells(point).find((one) => one.cell === cell.id);
      return point === undefined || found === undefined
        ? []
        : [`## ${capital(account)}`, ...accountLines(run, account, point, found)];
    }),
    '## Rounds',
    recordsTable(run.results, cell.id),
    '## Doubts about it',
    doubts(run.analysis, cell.id),
  ].join('\n\n')}\n`;
}

function accountLines(
  run: Explained,
  account: AccountModel['account'],
  point: PointAnalysis,
  cell: CellAnalysis,
): string[] {
  const { state, details } = cell;
  if (state.kind !== 'measured')
    return [
      'reason' in state
        ? `${capital(state.kind)}: ${oneLine(state.reason)}.`
        : 'The run ended before it was measured.',
    ];
  const ratios = [
    cell.speedUp === undefined
      ? ''
      : `speed-up ${formatRatioEstimate(cell.speedUp)} (best single thread: ${point.bestSingleThread})`,
    cell.ratioToForLoop === undefined ? '' : `${formatRatioEstimate(cell.ratioToForLoop)} the for-loop`,
  ].filter(Boolean);
  return [
    [
      `Time per run ${formatTime(state.time)} over ${state.time.rounds} rounds${ratios.length === 0 ? '' : `; ${ratios.join('; ')}`}.`,
      ...detailLines(details, savedNs(run, cell, state.time.value)),
    ].join('\n'),
    labelLines(run.results, account, point, cell),
    formulaLine(run, account, cell),
  ];
}

/**
 * What a pool saved by sending while it computes. Without workers nothing is done at once, and the stages differ from the whole
 * by the clock that is read between them; as much as the call takes is that, too.
 */
function savedNs(
  { analysis }: Explained,
  { strategy, details: { overlapNs } }: CellAnalysis,
  timeNs: number,
): number | undefined {
  const isPool = analysis.header.strategies.some(({ label, parallel }) => label === strategy && parallel);
  return isPool && overlapNs !== undefined && overlapNs > 0 && overlapNs < timeNs ? overlapNs : undefined;
}

/** Phases, and what the clock on the wall does not show. */
function detailLines(
  { phasesNs, settling, streamed, path, ...others }: CellAnalysis['details'],
  overlapNs: number | undefined,
): string[] {
  const phases = Object.entries(phasesNs).map(([name, ns]) => `${name} ${formatNs(ns)}`);
  const names: Readonly<Record<string, string>> = {
    cpuNs: 'processor time, all cores',
    gcNs: 'garbage collection',
    stallNs: 'main thread blocked for',
    busyNs: 'workers in the kernel, summed',
    overlapNs: 'saved by sending and computing at once',
    naturalNs: 'with garbage left to the engine',
  };
  const beside = Object.entries(names).flatMap(([name, words]) => {
    const ns = name === 'overlapNs' ? overlapNs : others[name as keyof typeof others];
    return ns === undefined ? [] : [`${words} ${formatNs(ns)}`];
  });
  const { peakBytes } = others;
  return [
    ...(phases.length === 0 ? [] : [`Phases: ${phases.join(', ')}.`]),
    ...(beside.length === 0 ? [] : [`Beside the clock: ${beside.join('; ')}.`]),
    ...(path === undefined ? [] : [pathLine(path)]),
    ...(peakBytes === undefined ? [] : [`Peak memory ${formatBytes(peakBytes)}.`]),
    ...(streamed === true ? ['Resident, streamed: the data is larger than the place.'] : []),
    ...(settling === undefined ? [] : [`Its samples were ${settling}: it wins only by its slower part.`]),
  ];
}

/** A call to workers along its critical path. */
function pathLine({ calls, callNs, partsNs }: PathDetails): string {
  const parts = Object.entries(partsNs).flatMap(([part, ns]) => (ns > 0 ? [`${part} ${formatNs(ns)}`] : []));
  return `Critical path, mean of ${counted(calls, 'traced call')}: ${formatNs(callNs)}: ${parts.join(', ')}.`;
}

/** The strategy's formula in this account, and what it says of this very cell. */
function formulaLine(
  { models, analysis }: Explained,
  account: AccountModel['account'],
  cell: CellAnalysis,
): string {
  const model = models
    .find((one) => one.account === account)
    ?.models.find(({ strategy }) => strategy === cell.strategy);
  if (model === undefined)
    return 'Formula: none; the run sweeps what no formula knows, or the strategy failed somewhere.';
  const seen = model.observations.find(({ point }) => samePoint(point, cell.point));
  const text = textMarkdown(formulaText(model.coefficients, workOption(analysis.header)));
  const because = model.because === '' ? '' : `, ${oneLine(model.because)}`;
  if (seen === undefined) return `Formula (${model.verdict}${because}): ${text}.`;
  const ns = formulaNs(
    model.coefficients.map(({ coefficient }) => coefficient),
    seen.shape,
  );
  return `Formula (${model.verdict}${because}): ${text}; here ${formatNs(ns)}, ${formatPercent(Math.abs(ns / seen.ns - 1))} ${ns > seen.ns ? 'above' : 'below'} what was measured; band ± ${formatPercent(model.band)}.`;
}

/** The doubts about this very cell; how many there are about others and about the run is said. */
function doubts({ findings, header }: Analysis, cell: string): string {
  const own = findings.filter(({ cells }) => cells.includes(cell));
  const whole = findings.filter(({ cells }) => cells.length === 0).length;
  const others = findings.length - own.length - whole;
  const rest = [
    ...(whole === 0 ? [] : [`${whole} about the run as a whole`]),
    ...(others === 0 ? [] : [`${others} about other cells`]),
  ];
  return [
    ...own.map((finding) => `- ${textMarkdown(findingText(finding, header))}`),
    ...(rest.length === 0 ? [] : [`- ${listed(rest)}: see the verdict.`]),
    ...(findings.length === 0 ? ['None of the checks on this run found anything.'] : []),
  ].join('\n');
}
