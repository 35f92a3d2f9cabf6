import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Progress } from '../src/cli/progress.js';
import { type Executor, measure } from '../src/measure/measure.js';
import { everyRound } from '../src/measure/planner/rounds.js';
import { settlingPlanner } from '../src/measure/planner/settling.js';
import { runProgram } from '../src/process/program.js';
import type { Outcome } from '../src/results/format.js';
import { createJournal } from '../src/results/journal.js';
import { seededRandom } from '../src/results/random.js';
import { simulatedClock } from '../test/support/simulated/clock.js';
import { simulatedExecutor } from '../test/support/simulated/executor.js';
import { simulatedPlan } from '../test/support/simulated/plan.js';
import { exampleRun } from '../test/support/synthetic.js';
import { defineLab, say } from './lab/lab.js';

/*
 * npm run driver-memory -- [CELLS [rounds|settling]]: the driver of a long run must stay as large as it began. Plan,
 * planner, progress, journal and process runner are the real ones; a cell's process only starts and ends, and what it
 * would have measured is made up, with series and traces as long as real ones may be. Prints what the driver holds after
 * a collection, every tenth of the run, and fails where that grows by more than 10 MB after the first tenth.
 */
export const lab = defineLab({}, async (_, [count = '2000', which]) => {
  const cells = Number(count);
  const planner = which === 'rounds' ? everyRound() : settlingPlanner();
  const most = 10e6;
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;

  const points = 20;
  const run = {
    ...exampleRun,
    sweeps: [{ keys: [8], length: Array.from({ length: points }, (_, i) => 1_000 * (i + 1)) }],
    // Most strategies are out after a few rounds: what is left must reach the count, and the run is stopped there.
    rounds: 3 * Math.ceil(cells / (points * exampleRun.strategies.length)),
  };
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-driver-memory-'));
  const stop = new AbortController();
  const seen: { readonly cells: number; readonly heap: number; readonly rss: number }[] = [];

  try {
    const plan = await simulatedPlan(run);
    const clock = simulatedClock();
    const models = simulatedExecutor({
      models: run.strategies,
      disturbance: { process: 0.04, sample: 0.03 },
      clock,
      seed: 1,
    });
    let done = 0;
    const executor: Executor = {
      run: async (order, signal) => {
        await runProgram({
          command: [process.execPath, '--eval', 'process.send("up", () => process.disconnect())'],
          message: order,
          deadlineMs: order.limitMs,
          signal,
          onMessage: () => {},
        });
        return asLongAsReal(await models.run(order, signal), ++done);
      },
    };
    const journal = createJournal(folder, plan.header);
    const progress = new Progress(plan);
    let next = cells / 10;
    try {
      await measure(plan, {
        executor,
        clock,
        planner,
        journal,
        signal: stop.signal,
        onEvent: (event) => {
          progress.show(event);
          if (event.type !== 'cell done' || done < next) return;
          next += cells / 10;
          gc();
          const { heapUsed, external, rss } = process.memoryUsage();
          seen.push({ cells: done, heap: heapUsed + external, rss });
          say(`${done} cells: ${inMegabytes(heapUsed + external)} held, ${inMegabytes(rss)} resident`);
          if (done >= cells) stop.abort();
        },
      });
    } finally {
      journal.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  const growth = Math.max(...seen.map(({ heap }) => heap)) - seen[0].heap;
  const isFlat = seen.length >= 9 && growth <= most;
  say(
    `${isFlat ? 'ok' : 'FAILED'}: ${inMegabytes(growth)} more than after the first tenth, at most ${inMegabytes(most)}; ${seen.at(-1)?.cells} cells`,
  );
  return isFlat ? 0 : 1;
});

/** Series of 600 samples and, in a third of the cells, a trace of 2,000 spans. */
function asLongAsReal(outcome: Outcome, number: number): Outcome {
  if (outcome.status !== 'measured') return outcome;
  const random = seededRandom(number);
  const long = <S extends { readonly samplesNs: readonly number[] }>(series: S): S => ({
    ...series,
    samplesNs: Array.from({ length: 600 }, () => series.samplesNs[0] * (1 + 0.03 * random.normal())),
  });
  const { warm, resident } = outcome;
  const spans = Array.from({ length: 2_000 }, (_, i): [string, number, number, number] => [
    'compute',
    i,
    i + 1,
    i,
  ]);
  const thread = { spans, gc: [] };
  return {
    ...outcome,
    resident: resident.status === 'measured' ? long(resident) : resident,
    ...(warm === undefined
      ? {}
      : {
          warm: {
            ...long(warm),
            ...(number % 3 === 0
              ? {
                  trace: {
                    kind: 'spans',
                    totalNs: 1,
                    caller: thread,
                    workers: [thread],
                    estimated: [],
                  } as never,
                }
              : {}),
          },
        }),
  };
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
