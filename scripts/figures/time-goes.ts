import { hostOfCells } from '../../src/app/plan/host.js';
import { plainBench } from '../../src/app/plan/options.js';
import { prepare } from '../../src/app/plan/prepare.js';
import { measureUnkept, plannerFor } from '../../src/app/run.js';
import { temporaryFolder } from '../../src/app/temporary-folder.js';
import { type SpentMs, spendings } from '../../src/measure/cell/spent.js';
import type { Figure, Measure } from './figure.js';

/** A run, and how long it may take. */
interface Asked {
  readonly scenario: string;
  readonly quick: boolean;
  readonly mostSeconds: number;
}

const runs: Readonly<Record<string, Asked>> = {
  'time-quick': { scenario: 'large-lists', quick: true, mostSeconds: 30 },
  'time-large-lists': { scenario: 'large-lists', quick: false, mostSeconds: 180 },
  'time-item-cost': { scenario: 'item-cost', quick: false, mostSeconds: 180 },
};

/** Nobody follows it, and nobody ends it. */
const nobody = {
  signal: new AbortController().signal,
  watch: () => ({ show: () => {}, end: () => {} }),
};

/** Each of them alone, to be asked for by name. */
export const timeParts: Readonly<Record<string, Measure>> = Object.fromEntries(
  Object.entries(runs).map(([name, asked]) => [name, () => timeOf(asked)]),
);

/** Where the time of whole runs goes: at least half of it should be timed calls. */
export async function* timeGoes(): AsyncGenerator<Figure> {
  for (const asked of Object.values(runs)) yield* await timeOf(asked);
}

async function timeOf({ scenario, quick, mostSeconds }: Asked): Promise<Figure[]> {
  const folder = temporaryFolder();
  try {
    const options = { ...plainBench, quick, command: [] };
    const at = { now: new Date(), host: hostOfCells(options), folder, note: () => {} };
    const plan = await prepare(scenario, options, at);
    const parts: Record<string, number> = { starting: 0 };
    const onSpent = (ms: SpentMs, wholeMs: number) => {
      let inside = 0;
      for (const spending of spendings) {
        parts[spending] = (parts[spending] ?? 0) + ms[spending];
        inside += ms[spending];
      }
      // Until Node has loaded what a cell is, and from its last word to its end.
      parts.starting += wholeMs - inside;
    };
    const began = performance.now();
    const results = await measureUnkept(plan, {
      planner: plannerFor(plan.header),
      caller: nobody,
      processes: { onSpent },
    });
    const wallMs = performance.now() - began;
    const share = (ms: number) => `${((100 * ms) / wallMs).toFixed(0)} %`;
    const seen = [...Object.entries(parts)]
      .sort(([, a], [, b]) => b - a)
      .map(([name, ms]) => `${name} ${share(ms)}`)
      .join(', ');
    const name = `${scenario}${quick ? ' --quick' : ''}`;
    const seconds = wallMs / 1_000;
    return [
      {
        name: `${name}, measuring`,
        bar: `≤ ${mostSeconds} s`,
        seen: `${seconds.toFixed(0)} s, ${results.records.length} cells`,
        holds: seconds <= mostSeconds,
      },
      {
        name: `${name}, timed calls of the whole time`,
        bar: '≥ 50 %',
        seen,
        holds: parts.calls >= 0.5 * wallMs,
      },
    ];
  } finally {
    folder.remove();
  }
}
