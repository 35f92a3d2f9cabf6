import { analyse } from '../../src/analysis/analyse.js';
import { ratioOf } from '../../src/analysis/level.js';
import { roundLogs, samplesOf } from '../../src/analysis/round-logs.js';
import { formatName, formatVersion, type HostRecord, type Results } from '../../src/results/format.js';
import type { Draw } from './pool.js';

/** What a run of a few rounds would have said about two strategies. */
export interface Verdict {
  /** The name that the tool's label gives as winner; undefined for `same` and `undecided`. */
  readonly winner?: string;
  readonly same: boolean;
  /** The interval of the ratio leaves out 1. */
  readonly differs: boolean;
  /** Half-width of that interval, as a share. */
  readonly half: number;
}

/** The pool by cell, name and round, of one condition. */
export type Rounds = (ms: number, who: string) => ReadonlyMap<number, Draw>;

/**
 * Two names over some rounds of some cells: a results file as `bench` would have written it, through the analysis that
 * `bench` uses. A verdict for each cell, corrected over all of them as over the points of a map.
 */
export function compare(
  host: HostRecord,
  rounds: Rounds,
  request: {
    readonly cellsMs: readonly number[];
    readonly names: readonly [string, string];
    readonly drawn: readonly number[];
  },
): Verdict[] {
  const results = resultsOf(host, rounds, request);
  const warm = analyse(results, { draws: 10 }).accounts.find(({ account }) => account === 'warm');
  return request.cellsMs.map((ms): Verdict => {
    const label = warm?.points.find(({ point }) => point.ms === ms)?.label;
    const [a, b] = request.names.map((who) => logsOf(rounds(ms, who), request.drawn));
    const interval = ratioOf({ logs: a }, { logs: b }).interval ?? { low: 0, high: Number.POSITIVE_INFINITY };
    return {
      ...(label?.kind === 'winner' ? { winner: label.strategy } : {}),
      same: label?.kind === 'same',
      differs: interval.low > 1 || interval.high < 1,
      half: Math.sqrt(interval.high / interval.low) - 1,
    };
  });
}

function logsOf(draws: ReadonlyMap<number, Draw>, drawn: readonly number[]) {
  const measured = drawn.flatMap((from, round) => {
    const outcome = draws.get(from)?.outcome;
    return outcome?.status === 'measured' ? [{ round, outcome }] : [];
  });
  return roundLogs(measured, (outcome) => samplesOf(outcome, 'warm'));
}

function resultsOf(
  host: HostRecord,
  rounds: Rounds,
  { cellsMs, names, drawn }: Parameters<typeof compare>[2],
): Results {
  const cells = cellsMs.flatMap((ms) =>
    names.map((strategy) => ({
      id: `${strategy} ${ms}`,
      strategy,
      point: { ms },
      keys: 4,
      elements: 40,
      estimatedBytes: 1e8,
    })),
  );
  return {
    header: {
      type: 'run',
      format: formatName,
      version: formatVersion,
      tool: 'self-check',
      run: 'self-check',
      createdAt: '',
      command: [],
      scenario: {
        id: 'self-check',
        title: 'Self-check',
        question: '',
        from: 'lists',
        sweeps: [{ ms: cellsMs }],
        claims: [],
        kernel: { id: 'burn', title: '', kind: 'map', options: {} },
      },
      strategies: names.map((label) => ({
        label,
        id: label,
        title: label,
        family: 'serial',
        options: {},
        parallel: false,
      })),
      cells,
      defaults: {},
      rounds: drawn.length,
      seed: 1,
      quick: false,
      margin: 0.05,
      limitMs: 30_000,
      host,
    },
    records: cells.flatMap(({ id, strategy, point }) =>
      drawn.flatMap((from, round) => {
        const draw = rounds(point.ms, strategy).get(from);
        if (draw === undefined) return [];
        return [
          {
            type: 'cell' as const,
            cell: id,
            round,
            order: 0,
            startedMs: 0,
            elapsedMs: 0,
            outcome: draw.outcome,
          },
        ];
      }),
    ),
    notes: [],
  };
}
