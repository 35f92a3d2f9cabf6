import type { Planner } from '../../src/measure/measure.js';
import { byRounds, doneTurns, everyRound, runnable, turnKey } from '../../src/measure/planner/rounds.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { Figure } from '../figures/figure.js';
import { warmLabels } from './map-errors.js';
import { shareWithin, shown } from './proof.js';
import { affine, doubling, strategy, sweep } from './simulated.js';

const sweeps = [{ keys: doubling(4, 256) }];
/** Two: with more, a false winner has to beat more. */
const names = ['for-loop', 'wasm-simd'];

/** Drift over the whole run of 7 points × 2 strategies × 8 rounds. */
async function drift(by: number): Promise<NonNullable<Disturbance['drift']>> {
  const { end } = await sweep(runOf(1), {});
  return { by, overMs: end?.elapsedMs ?? 0 };
}

/** Does the order of measuring make a winner out of nothing? Equal strategies on a machine that slows down by 20 %. */
export async function order(count = 1_000): Promise<Figure[]> {
  const slower = await drift(0.2);
  const cases = [
    { name: '20 % drift, 10 % per process', disturbance: { process: 0.1, drift: slower } },
    { name: '20 % drift, 2 % per process', disturbance: { process: 0.02, drift: slower } },
  ];
  const figures: Figure[] = [];
  for (const { name, disturbance } of cases) {
    const shuffled = await falseWinners(count, disturbance, everyRound);
    figures.push(
      shareWithin(`maps with a false winner, shuffled rounds: ${name}`, 0, 0.05, shuffled.maps),
      shareWithin(`points with a false winner, shuffled rounds: ${name}`, 0, 0.05, shuffled.points),
    );
    const blocked = await falseWinners(count, disturbance, blockedOrder);
    const text = `${(100 * blocked.maps).toFixed(1)} % of maps, ${(100 * blocked.points).toFixed(1)} % of points`;
    figures.push(shown(`the same in blocked order (a strategy's rounds one after the other): ${name}`, text));
  }
  return figures;
}

async function falseWinners(count: number, disturbance: Disturbance, planner: () => Planner) {
  let [maps, points, all] = [0, 0, 0];
  for (let seed = 1; seed <= count; seed++) {
    const labels = warmLabels(await sweep(runOf(seed), disturbance, planner()));
    const won = labels.filter(({ kind }) => kind === 'winner').length;
    all += labels.length;
    points += won;
    if (won > 0) maps++;
  }
  return { maps: maps / count, points: points / all };
}

function runOf(seed: number) {
  const strategies = names.map((name) =>
    strategy(name, name === 'for-loop' ? 'serial' : 'vectorized', affine(0, 20_000)),
  );
  return { strategies, sweeps, rounds: 8, seed };
}

/** What shuffling is there to replace: all rounds of one strategy, then all rounds of the next. */
function blockedOrder(): Planner {
  const rounds = byRounds(() => []);
  return {
    left: rounds.left,
    next: (state) => {
      const done = doneTurns(state);
      const can = new Set(runnable(state));
      const turns = state.header.strategies.flatMap(({ label }) =>
        Array.from({ length: state.header.rounds }, (_, round) =>
          state.header.cells
            .filter(({ id, strategy: own }) => own === label && can.has(id))
            .map(({ id }) => ({ cell: id, round })),
        ).flat(),
      );
      const open = turns.filter((turn) => !done.has(turnKey(turn)));
      return open.length > 0 ? { kind: 'measure', turns: open } : { kind: 'stop', because: [] };
    },
  };
}
