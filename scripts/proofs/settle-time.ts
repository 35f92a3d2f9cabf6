import { analyse } from '../../src/analysis/analyse.js';
import type { Planner, RunState } from '../../src/measure/planner.js';
import { type OpenQuestion, openQuestions } from '../../src/planner/open.js';
import { pricesOf } from '../../src/planner/prices.js';
import { everyRound } from '../../src/planner/rounds.js';
import { seededRandom } from '../../src/results/random.js';
import { type Figure, median } from '../figures/figure.js';
import { percent, shareWithin, shown } from './proof.js';
import { affine, strategy, sweep } from './simulated.js';

const loopNs = 200_000;
/** What the prediction is made from: the default rounds. */
const roundsBefore = 8;
/** More than this is not measured; what needs more is not predicted either. */
const mostRounds = 300;

/**
 * "About how much more time does it need?" Said after the default rounds of each question that is still open, then
 * measured: the question's cells go on, round after round, until it is settled.
 */
export async function settleTimes(sweeps: number): Promise<Figure[]> {
  const asked: { readonly ratio: number; readonly crossover: boolean }[] = [];
  for (let seed = 1; asked.length < sweeps && seed <= 20 * sweeps; seed++) {
    const watched = untilAnswered();
    const random = seededRandom(seed);
    const slope = 0.4 + 0.5 * random.uniform();
    const crossesAt = 18 + 12 * random.uniform();
    const process = 0.03 + 0.07 * random.uniform();
    const strategies = [
      strategy('for-loop', 'serial', affine(0, loopNs)),
      strategy('wasm-simd', 'vectorized', affine(crossesAt * (1 - slope) * loopNs, slope * loopNs)),
    ];
    const run = { strategies, sweeps: [{ keys: [16, 32] }], rounds: roundsBefore, seed };
    await sweep(run, { process }, watched.planner);
    const answer = watched.answer();
    if (answer !== undefined) asked.push(answer);
  }
  const all = asked.map(({ ratio }) => ratio);
  const besides = ` of ${asked.length} questions; ${biasOf(all)}`;
  return [
    shareWithin('time-to-settle right within a factor of 2', 0.8, 1, withinTwo(all), besides),
    ...[true, false].map((kind) => {
      const some = asked.filter(({ crossover }) => crossover === kind).map(({ ratio }) => ratio);
      const name = `the same of ${kind ? 'crossovers' : 'points'} alone`;
      return shown(name, `${percent(withinTwo(some))} of ${some.length}; ${biasOf(some)}`);
    }),
  ];
}

function withinTwo(ratios: readonly number[]): number {
  return ratios.filter((ratio) => ratio >= 0.5 && ratio <= 2).length / ratios.length;
}

function biasOf(ratios: readonly number[]): string {
  return `median of told over taken ${median(ratios).toFixed(2)}`;
}

interface Told {
  readonly key: string;
  readonly question: OpenQuestion;
  readonly ms: number;
  readonly atMs: number;
}

/** The default rounds, then one open question until it is settled. */
function untilAnswered() {
  const before = everyRound();
  let told: Told | undefined;
  let ratio: number | undefined;
  const planner: Planner = {
    left: before.left,
    next: (state) => {
      const basic = before.next(state);
      if (basic.kind !== 'stop') return basic;
      const { open, crosses } = now(state);
      told ??= tell(open, state);
      if (told === undefined) return { kind: 'stop', because: [] };
      const { key, question, ms, atMs } = told;
      const round = state.records.reduce((most, record) => Math.max(most, record.round), 0) + 1;
      if (!open.some((each) => keyOf(each) === key) && (crosses || !isCrossover(key))) {
        ratio = ms / (state.elapsedMs - atMs);
        return { kind: 'stop', because: [] };
      }
      if (round >= mostRounds) {
        ratio = 0;
        return { kind: 'stop', because: [] };
      }
      return { kind: 'measure', turns: question.cells.map((cell) => ({ cell, round })) };
    },
  };
  const answer = () =>
    ratio === undefined || told === undefined ? undefined : { ratio, crossover: isCrossover(told.key) };
  return { planner, answer };
}

function tell(open: readonly OpenQuestion[], state: RunState): Told | undefined {
  const question = open.find(
    ({ name, needs, rounds }) => name.startsWith('warm') && needs > rounds && needs < mostRounds,
  );
  if (question === undefined) return undefined;
  const ms = pricesOf(state).all(question.cells) * (question.needs - question.rounds);
  return { key: keyOf(question), question, ms, atMs: state.elapsedMs };
}

/** What is open, and whether a crossover is named: one that vanished because a side is in doubt again is not settled. */
function now({ header, records }: RunState): { readonly open: OpenQuestion[]; readonly crosses: boolean } {
  const analysis = analyse({ header, records, notes: [] }, { draws: 400 });
  const warm = analysis.accounts.filter(({ account }) => account === 'warm');
  const crosses = warm.some((each) => each.crossovers.some(({ crossovers }) => crossovers.length > 0));
  return { open: openQuestions(analysis), crosses };
}

function isCrossover(key: string): boolean {
  return key.endsWith('crossover');
}

/** Without the value that a crossover lies near, and without who is still in the race. */
function keyOf({ name }: OpenQuestion): string {
  return name.split(/: | near /)[0];
}
