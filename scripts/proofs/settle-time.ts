import type { Planner, RunState } from '../../src/measure/measure.js';
import { answersOf, budgetPlanner } from '../../src/measure/planner/budget.js';
import { type Answers, type OpenQuestion, openQuestions } from '../../src/measure/planner/open.js';
import { pricesOf } from '../../src/measure/planner/prices.js';
import { msToSettle } from '../../src/measure/planner/stints.js';
import { seededRandom } from '../../src/results/random.js';
import { type Figure, median } from '../figures/figure.js';
import { percent, shareWithin, shown } from './proof.js';
import { affine, strategy, sweep } from './simulated.js';

const loopNs = 200_000;
/** Enough for every question that the planner does not give up. */
const ample = 24 * 3_600_000;

/**
 * "About how much more time does it need?" Each run has a budget that ends somewhere between 4 and some 16 rounds. What
 * its planner then says of the open questions of the warm account is what a user is told; the same planner goes on with
 * an ample budget, and at each of its own looks it is seen which of them it takes for settled, and what their cells have
 * taken since.
 */
export async function settleTimes(questions: number): Promise<Figure[]> {
  const asked: Answered[] = [];
  /** What the rounds take that everybody gets. */
  let basicMs: number | undefined;
  for (let seed = 1; asked.length < questions && seed <= 20 * questions; seed++) {
    const random = seededRandom(seed);
    const slope = 0.4 + 0.5 * random.uniform();
    const crossesAt = 18 + 12 * random.uniform();
    const process = 0.03 + 0.07 * random.uniform();
    const strategies = [
      strategy('for-loop', 'serial', affine(0, loopNs)),
      strategy('wasm-simd', 'vectorized', affine(crossesAt * (1 - slope) * loopNs, slope * loopNs)),
    ];
    const run = { strategies, sweeps: [{ keys: [16, 32] }], rounds: 8, seed };
    basicMs ??= (await sweep({ ...run, rounds: 4 }, {})).end?.elapsedMs ?? 0;
    const watched = budgetThenAmple(basicMs * (1 + 3 * random.uniform()));
    await sweep(run, { process }, watched.planner);
    asked.push(...watched.answers());
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

interface Answered {
  /** Told over taken; 0 where the planner gave the question up. */
  readonly ratio: number;
  readonly crossover: boolean;
}

function withinTwo(ratios: readonly number[]): number {
  return ratios.filter((ratio) => ratio >= 0.5 && ratio <= 2).length / ratios.length;
}

function biasOf(ratios: readonly number[]): string {
  return `median of told over taken ${median(ratios).toFixed(2)}`;
}

interface Told {
  readonly question: OpenQuestion;
  readonly ms: number;
  /** Records that there were when it was told. */
  readonly after: number;
}

/** A run whose budget ends, and what becomes of each question that was open then. */
function budgetThenAmple(budgetMs: number) {
  const [first, then] = [budgetPlanner({ budgetMs }), budgetPlanner({ budgetMs: ample })];
  const answers: Answered[] = [];
  let told: Told[] | undefined;
  const planner: Planner = {
    left: first.left,
    next: (state) => {
      if (told === undefined) {
        const step = first.next(state);
        if (step.kind !== 'stop') return step;
        told = tell(state);
      }
      const step = told.length === 0 ? undefined : then.next(state);
      told = told.filter((one) => !settles(one, then.open, state, answers));
      if (step !== undefined && step.kind !== 'stop') return step;
      answers.push(...told.map(({ question }) => ({ ratio: 0, crossover: isCrossover(question) })));
      return { kind: 'stop', because: [] };
    },
  };
  return { planner, answers: () => answers };
}

/** The open questions of the warm account that a time is named for. */
function tell(state: RunState): Told[] {
  const prices = pricesOf(state);
  return openQuestions(answersOf(state)).flatMap((question) => {
    const ms = msToSettle(question, prices);
    const named = question.name.startsWith('warm') && Number.isFinite(ms);
    return named ? [{ question, ms, after: state.records.length }] : [];
  });
}

/** Notes how long it took where the planner now takes it for settled. */
function settles(
  { question, ms, after }: Told,
  open: readonly OpenQuestion[],
  state: RunState,
  answers: Answered[],
): boolean {
  if (open.some(({ key }) => key === question.key)) return false;
  const crossover = isCrossover(question);
  // A crossover that vanished because a side is in doubt again is not settled.
  if (crossover && !crosses(answersOf(state))) return false;
  const own = state.records.slice(after).filter(({ cell }) => question.cells.includes(cell));
  answers.push({ ratio: ms / own.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0), crossover });
  return true;
}

function crosses({ accounts }: Answers): boolean {
  const warm = accounts.filter(({ account }) => account === 'warm');
  return warm.some(({ crossovers }) => crossovers.some((line) => line.crossovers.length > 0));
}

function isCrossover({ key }: OpenQuestion): boolean {
  return key.startsWith('warm crossover');
}
