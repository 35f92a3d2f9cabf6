import type { Dictionary } from '../../contract/dictionary.js';
import type { StagedSession } from '../../contract/strategy.js';
import { isThenable, nowNs } from './clock.js';
import { longNs } from './sampler.js';
import { runStages } from './stages.js';
import { StallMeter } from './stall.js';
import type { SteadyRequest } from './steady.js';
import { collectAboveNs, collectEverywhere } from './usage.js';

/** Enough to see what garbage costs in the long run; short calls would go on for ever. */
const mostNaturalCalls = 25;

/** Below collectAboveNs there is no sustained figure: a few calls show how long the loop stood still. */
const shortNaturalCalls = 3;

/** Calls as a program makes them, garbage left to the engine; and how long the event loop stood still. */
export async function naturalPass(request: SteadyRequest): Promise<{ stallNs: number; naturalNs?: number }> {
  const { order, session, input, freshener, verifier, guessNs } = request;
  const call = async () => {
    if (session.run === undefined) return (await runStages(session as StagedSession, input)).answer;
    const running = session.run(input);
    return isThenable(running) ? await running : running;
  };
  await collectEverywhere();
  const stall = new StallMeter(1);
  let calls = 0;
  let ns = 0;
  let answer: Dictionary | undefined;
  const most = guessNs < collectAboveNs ? shortNaturalCalls : mostNaturalCalls;
  const goOn = () => ns < order.sampling.naturalMs * 1e6 && calls < most && guessNs < longNs;
  await stall.around(async () => {
    do {
      answer = undefined;
      freshener.flip();
      const began = nowNs();
      answer = await call();
      ns += nowNs() - began;
      calls++;
      await stall.tick();
      // An odd number of calls: the last one sees other data than the last timed sample, see Verifier.later.
    } while (goOn() || calls % 2 === 0);
  });
  const { longestNs } = stall;
  verifier.later(answer);
  answer = undefined;
  await collectEverywhere();
  const perCallNs = ns / calls;
  return perCallNs > collectAboveNs
    ? { stallNs: longestNs, naturalNs: perCallNs }
    : { stallNs: Math.min(longestNs, perCallNs) };
}
