import { createHash } from 'node:crypto';
import { estimateOf } from '../../analysis/estimate.js';
import { accounts, tableOf } from '../../analysis/table.js';
import type { CodeRecord, Results, RunHeader } from '../../results/format.js';
import { v } from '../../results/valid.js';

/*
 * A line of a history file: what one commit's cell took in one situation (an account), in one measurement. A file of
 * them is NDJSON that is appended to and never changed. No line depends on another or on its place, so that git merges
 * two files by keeping the lines of both (`merge=union`).
 *
 * History of the version:
 *   1  first version
 */
export const historyFormat = 'breakeven-history';
export const historyVersion = 1;

const text = (mostLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(mostLength));
const instant = v.pipe(
  v.string(),
  v.isoTimestamp('a time like 2026-01-02T03:04:05Z'),
  // The form alone would let a 13th month pass.
  v.check((text) => Number.isFinite(Date.parse(text)), 'a time that there is'),
);
const commitHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/, 'a hash of a commit'));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{8,64}$/, 'a digest in hex'));
/** 30 years at most; a logarithm is taken of it. */
const ns = v.pipe(v.number(), v.minValue(1e-9), v.maxValue(1e18));

export const historyLineSchema = v.object({
  format: v.literal(historyFormat),
  version: v.literal(historyVersion),
  commit: commitHash,
  /** By these commits are put in order. ISO 8601. */
  committedAt: instant,
  measuredAt: instant,
  /** The comparison that it was measured in, and on which side. */
  run: text(200),
  side: v.picklist(['base', 'head']),
  tool: text(100),
  scenario: text(200),
  /** Its label. */
  strategy: text(500),
  point: v.record(v.string(), v.union([v.pipe(v.number(), v.finite()), v.string()])),
  situation: v.picklist(['one-shot', 'warm', 'resident']),
  /** Time per call, as the comparison has it, with its 95 % interval over rounds; without one below four rounds. */
  ns: v.object({ value: ns, interval: v.optional(v.object({ low: ns, high: ns })) }),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9)),
  /** Digest of the code that was measured, and of the tool that measured it; absent where it is not known. */
  code: v.optional(digest),
  /** Digest of all else that makes two times comparable: kernel, data, seed, kind of run. Not of machine and Node. */
  conditions: digest,
  machine: v.object({
    fingerprint: text(100),
    cpu: text(300),
    usableCores: v.pipe(v.number(), v.gtValue(0), v.maxValue(1e6)),
    node: text(50),
  }),
});

export type HistoryLine = v.InferOutput<typeof historyLineSchema>;

/** A commit as history knows it. */
export interface MeasuredCommit {
  readonly hash: string;
  /** ISO 8601. */
  readonly committedAt: string;
}

/** The lines of one side of a comparison: every cell and account that has a time. */
export function makeHistoryLines(
  commit: MeasuredCommit,
  side: HistoryLine['side'],
  run: string,
  runs: readonly Results[],
): HistoryLine[] {
  return runs.flatMap((results) => {
    const { header } = results;
    const table = tableOf(results, 1);
    const { fingerprint, cpu, usableCores, node } = header.host;
    const code = digestCode(header.code);
    const shared = {
      conditions: digestConditions(header),
      machine: { fingerprint, cpu, usableCores, node },
    };
    return accounts.flatMap((situation) =>
      table.all(situation).flatMap(({ state, logs, cell }): HistoryLine[] => {
        if (state.kind !== 'measured') return [];
        // Not `state.time`, which the noise of the other points of the run has a part in: a change point must not be theirs.
        const { value, interval, rounds } = estimateOf(logs);
        return [
          {
            format: historyFormat,
            version: historyVersion,
            commit: commit.hash,
            committedAt: commit.committedAt,
            measuredAt: header.createdAt,
            run,
            side,
            tool: header.tool,
            scenario: header.scenario.id,
            strategy: cell.strategy,
            point: { ...cell.point },
            situation,
            ns: {
              value: sixDigits(value),
              ...(interval === undefined
                ? {}
                : { interval: { low: sixDigits(interval.low), high: sixDigits(interval.high) } }),
            },
            rounds,
            ...(code === undefined ? {} : { code }),
            ...shared,
          },
        ];
      }),
    );
  });
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6));
}

function digestCode(code: CodeRecord | undefined): string | undefined {
  return code && digestOf([code.tool, code.files.map(({ file, sha256 }) => [file, sha256])]);
}

/**
 * What must be equal for two times to be of one series. Of a calibrated kernel the options that calibration found are left
 * out: they are what it takes on this machine to compute for as long as the axis says.
 */
export function digestConditions(header: RunHeader): string {
  const { version, scenario, calibration, code, seed, quick, interleaved, cache, cpus, tools } = header;
  const calibrated = new Set(Object.keys(calibration?.options ?? {}));
  const { kernel } = scenario;
  const options = Object.entries(kernel.options).filter(([name]) => !calibrated.has(name));
  return digestOf([
    version,
    [kernel.id, kernel.kind, options.sort(([a], [b]) => (a < b ? -1 : 1))],
    [scenario.from, scenario.data ?? null],
    [seed, quick, interleaved !== undefined, interleaved?.duet === true],
    [code?.nodeOptions ?? '', code?.nodeArgs ?? []],
    [cache ?? 'fresh', cpus ?? '', Object.entries(tools ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))],
  ]);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
