import type { Draw } from './pool.js';

/** Draws of one condition, by length, name and round. */
export interface ByRound {
  readonly cellsMs: readonly number[];
  rounds(ms: number, who: string): ReadonlyMap<number, Draw>;
  /** Rounds in which every length was measured under these names; the one in which the time ended lacks cells. */
  whole(names: readonly string[]): number[];
}

export function byRound(draws: readonly Draw[]): ByRound {
  const cellsMs = [...new Set(draws.map(({ ms }) => ms))].sort((a, b) => a - b);
  const groups = new Map<string, Map<number, Draw>>();
  for (const draw of draws) {
    const key = `${draw.ms} ${draw.who}`;
    groups.set(key, (groups.get(key) ?? new Map()).set(draw.round, draw));
  }
  const rounds: ByRound['rounds'] = (ms, who) => groups.get(`${ms} ${who}`) ?? new Map();
  const measured = (ms: number, who: string, round: number) =>
    rounds(ms, who).get(round)?.outcome.status === 'measured';
  return {
    cellsMs,
    rounds,
    whole: (names) =>
      [...new Set(draws.map(({ round }) => round))]
        .filter((round) => cellsMs.every((ms) => names.every((who) => measured(ms, who, round))))
        .sort((a, b) => a - b),
  };
}
