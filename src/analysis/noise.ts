import { pointKey } from '../contract/axes.js';
import type { StrategyHeader } from '../results/format.js';
import { parallel } from './group.js';
import { grouped } from './grouped.js';
import { type RoundLogs, roundCount } from './round-logs.js';
import { findSlowMode, type SlowMode } from './slow-mode.js';

/** How the processes of one strategy differ in one account, over all of its points. */
export interface Noise {
  /** Absent where there is none, and nothing like it is to be expected. */
  readonly mode?: SlowMode;
  /** Its measured cells by the key of their point. */
  readonly cells: ReadonlyMap<string, { readonly logs: RoundLogs; readonly slow?: readonly boolean[] }>;
}

/** Log times of a cell, by round, with what is known of the noise in them. */
export interface Noisy {
  readonly logs: RoundLogs;
  readonly noise?: Noise;
  /** Rounds whose process was slow as a whole; absent where none was. */
  readonly slowRounds?: readonly boolean[];
}

/** The log times without the processes that were slow as a whole. */
export function steadyLogs({ logs, slowRounds }: Noisy): RoundLogs {
  return withoutSlow(logs, slowRounds);
}

export function withoutSlow(logs: RoundLogs, slow: readonly boolean[] | undefined): RoundLogs {
  return slow === undefined ? logs : logs.map((log, round) => (slow[round] ? Number.NaN : log));
}

/**
 * Threads and processes were recorded to be slow in 8 % of the processes that used them, and in 21 % with data in place,
 * by a factor of 1.8 to 2.0. A pool of which none was seen slow yet may still have such a mode: so many quiet processes
 * leave it a share (three in their number, at 95 %), and its interval reaches up by that.
 */
const unseenBy = Math.log(1.9);

interface Measured extends Noisy {
  readonly strategy: StrategyHeader;
  readonly cell: { readonly point: Readonly<Record<string, number | string>> };
}

/** Each entry with the noise of its strategy. All entries are of one account; those without times stay as they are. */
export function withNoise<E extends Measured>(entries: readonly E[]): E[] {
  const measured = entries.filter(({ logs }) => roundCount(logs) > 0);
  const made = new Map<E, E>();
  for (const own of grouped(measured, ({ strategy }) => strategy.label).values()) {
    const found = findSlowMode(own.map(({ logs }) => logs));
    const slowOf = (i: number) => {
      const slow = found?.slow[i];
      return slow?.includes(true) ? { slow } : {};
    };
    const mode = found?.mode ?? unseenMode(own);
    const noise: Noise = {
      cells: new Map(own.map(({ cell, logs }, i) => [pointKey(cell.point), { logs, ...slowOf(i) }])),
      ...(mode === undefined ? {} : { mode }),
    };
    own.forEach((entry, i) => {
      const { slow } = { slow: undefined, ...slowOf(i) };
      made.set(entry, { ...entry, noise, ...(slow === undefined ? {} : { slowRounds: slow }) });
    });
  }
  return entries.map((entry) => made.get(entry) ?? entry);
}

function unseenMode(own: readonly Measured[]): SlowMode | undefined {
  if (!parallel(own[0].strategy)) return undefined;
  const processes = own.reduce((sum, { logs }) => sum + roundCount(logs), 0);
  return { slow: 0, processes, by: unseenBy, byError: 0 };
}
