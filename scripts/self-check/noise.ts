import { median } from '../../src/analysis/round-logs.js';
import type { HostRecord, Outcome } from '../../src/results/format.js';
import type { RecordedProcess, RecordedRounds } from '../../test/support/simulated/recorded.js';
import { byRound } from './by-round.js';
import type { Condition, Draw } from './pool.js';

/*
 * The noise that a self-check saw, small enough to be committed: what a simulated comparison draws its processes from.
 * History of the version:
 *   1  first version
 */
const format = 'breakeven-noise';
const version = 1;

/** A step of the numbers in the file: a tenth of a per cent, far below what rounds differ by. */
const unit = 1e-3;

/** What is known of each process, in the order of the file. */
const fields = ['time', 'cpu']
  .flatMap((what) => ['one-shot', 'warm', 'resident'].map((account) => `${what} ${account}`))
  .concat('peak memory');

/** The same strategy under two names: all that differs between them is noise. */
const same = ['a', 'b'] as const;

type Numbers = readonly number[];

export interface NoiseFile {
  readonly format: typeof format;
  readonly version: number;
  readonly host: Pick<HostRecord, 'cpu' | 'usableCores' | 'node'>;
  readonly startedAt: string;
  readonly quick: boolean;
  readonly unit: number;
  readonly fields: readonly string[];
  /** Length of one call of each cell. */
  readonly cellsMs: readonly number[];
  /** By round, then by length: the processes of that round, each as deviations from its name's median at that length. */
  readonly conditions: Readonly<Record<Condition, readonly (readonly (readonly Numbers[])[])[]>>;
}

export function noiseOf(
  draws: readonly Draw[],
  about: Pick<NoiseFile, 'host' | 'startedAt' | 'quick'>,
): NoiseFile {
  const { cpu, usableCores, node } = about.host;
  return {
    format,
    version,
    ...about,
    host: { cpu, usableCores, node },
    unit,
    fields,
    cellsMs: [...new Set(draws.map(({ ms }) => ms))].sort((a, b) => a - b),
    conditions: { quiet: deviationsOf(draws, 'quiet'), busy: deviationsOf(draws, 'busy') },
  };
}

/** One round a line: a text that git shows the changes of. */
export function noiseText({ conditions, ...rest }: NoiseFile): string {
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, ',\n  "conditions": {\n');
  const parts = Object.entries(conditions).map(
    ([name, rounds]) =>
      `    "${name}": [${rounds.map((round) => `\n      ${JSON.stringify(round)}`).join(',')}\n    ]`,
  );
  return `${head}${parts.join(',\n')}\n  }\n}\n`;
}

/** Throws where the text is of another version or no record of noise. */
export function readNoise(text: string): NoiseFile {
  const file = JSON.parse(text) as NoiseFile;
  if (file.format !== format || file.version !== version)
    throw new Error(`this is no ${format} of version ${version}: make it anew by \`npm run self-check\``);
  return file;
}

/** What was recorded under a condition, as a simulation takes it. Throws where that is nothing. */
export function recordedRounds({ conditions }: NoiseFile, condition: Condition): RecordedRounds {
  if (conditions[condition].length === 0)
    throw new Error(
      `the record of noise has no ${condition} rounds: let \`npm run self-check\` measure to its end, and it is written anew`,
    );
  return conditions[condition].map((round) =>
    round.map((length) => length.map((numbers) => processOf(numbers.map((number) => number * unit)))),
  );
}

function processOf([
  oneShot,
  warm,
  resident,
  cpuOneShot,
  cpuWarm,
  cpuResident,
  peak,
]: Numbers): RecordedProcess {
  return {
    time: { 'one-shot': oneShot, warm, resident },
    cpu: { 'one-shot': cpuOneShot, warm: cpuWarm, resident: cpuResident },
    peak,
  };
}

function deviationsOf(draws: readonly Draw[], condition: Condition): Numbers[][][] {
  const { cellsMs, rounds, whole } = byRound(draws.filter((draw) => draw.condition === condition));
  const wholeOnes = whole(same);
  const byLength = cellsMs.map((ms) =>
    same.map((who) => fromMedian(wholeOnes.map((round) => logsOf(rounds(ms, who).get(round)?.outcome)))),
  );
  return wholeOnes.map((_, i) => byLength.map((names) => names.map((processes) => processes[i])));
}

/** In the order of `fields`; as the analysis takes a series: the median of its samples. */
function logsOf(outcome: Outcome | undefined): number[] {
  if (
    outcome?.status !== 'measured' ||
    outcome.resident.status !== 'measured' ||
    !outcome.oneShot ||
    !outcome.warm
  )
    throw new Error('a cell of the self-check has all three accounts');
  const { oneShot, warm, resident, peakBytes } = outcome;
  const series = [[oneShot.totalNs], warm.samplesNs, resident.samplesNs];
  const cpu = [oneShot, warm, resident].map(({ cpuNs }) => Math.log(cpuNs));
  return [...series.map((samples) => median(samples.map((ns) => Math.log(ns)))), ...cpu, Math.log(peakBytes)];
}

function fromMedian(processes: readonly (readonly number[])[]): Numbers[] {
  const middles = fields.map((_, i) => median(processes.map((logs) => logs[i])));
  // Plus zero: JSON knows no −0.
  return processes.map((logs) => logs.map((log, i) => Math.round((log - middles[i]) / unit) + 0));
}
