import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/results/random.js';
import { differences, hasHeader, resultsOf, runAndKill } from '../test/support/cli/killed-run.js';
import { interruptedRun, type Mode } from '../test/support/cli/simulated-run.js';
import { simulateInFolder } from '../test/support/simulated/file-run.js';
import { defineLab, say } from './lab/lab.js';
import { realRuns } from './resume-proof/real-runs.js';

/*
 * npm run proof:resume: a run may be cut off at any moment. 50 times the journal is cut at a random byte, 50 times the
 * process group is SIGKILLed at a random moment (every third is killed again while it is resumed), under simulated
 * time; and the real program is killed in real cells. Each is resumed and compared with an unbroken run.
 */
const random = seededRandom(2024);
let root = '';
let failed = 0;

export const lab = defineLab({}, async (_, [times = '50', realTimes = '10']) => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-resume-'));
  try {
    for (const mode of ['rounds', 'budget'] as const) {
      const unbroken = join(root, `unbroken-${mode}`);
      mkdirSync(unbroken);
      const beganMs = performance.now();
      await runAndKill(unbroken, mode, Number.POSITIVE_INFINITY);
      const lengthMs = performance.now() - beganMs;
      await cutJournals(mode, unbroken, Number(times) / 2);
      await kill(mode, unbroken, Number(times) / 2, lengthMs);
    }
    const real = await realRuns(join(root, 'real'), Number(realTimes), random);
    failed += real.filter((line) => line.startsWith('FAILED')).length;
    for (const line of real) say(line);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  say(failed === 0 ? 'Nothing was lost.' : `${failed} runs differ.`);
  return failed === 0 ? 0 : 1;
});

async function cutJournals(mode: Mode, unbroken: string, count: number): Promise<void> {
  const whole = readFileSync(resultsOf(unbroken));
  const headerBytes = whole.indexOf('\n') + 1;
  const found: string[] = [];
  for (let i = 0; i < count; i++) {
    const folder = join(root, `cut-${mode}-${i}`);
    mkdirSync(folder);
    copyFileSync(resultsOf(unbroken), resultsOf(folder));
    const at = headerBytes + Math.floor(random.uniform() * (whole.length - headerBytes));
    truncateSync(resultsOf(folder), at);
    await simulateInFolder(interruptedRun(mode), folder);
    found.push(...differences(folder, unbroken, 1).map((what) => `cut at byte ${at}: ${what}`));
    if (!readFileSync(resultsOf(folder)).equals(whole))
      found.push(`cut at byte ${at}: results.ndjson differs`);
  }
  report(`${mode}: journal cut at ${count} random bytes, resumed`, found);
}

async function kill(mode: Mode, unbroken: string, count: number, lengthMs: number): Promise<void> {
  const found: string[] = [];
  let beforeHeader = 0;
  let kills = 0;
  for (let i = 0; i < count; i++) {
    const folder = join(root, `kill-${mode}-${i}`);
    let own: number = await killAtWork(folder, mode, lengthMs);
    if (i % 3 === 0 && (await runAndKill(folder, mode, random.uniform() * lengthMs))) own++;
    kills += own;
    // Nothing was measured yet: such a run is simply started again.
    if (!hasHeader(folder)) {
      beforeHeader++;
      own = 0;
      startOver(folder);
    }
    await runAndKill(folder, mode, Number.POSITIVE_INFINITY);
    found.push(...differences(folder, unbroken, own).map((what) => `kill ${i + 1}: ${what}`));
  }
  const early = beforeHeader > 0 ? `, ${beforeHeader} before its first line` : '';
  report(`${mode}: ${count} runs SIGKILLed ${kills} times while at work${early}, resumed`, found);
}

/** Tries until the kill hits a run at work: how long one takes varies, and a kill after its end proves nothing. */
async function killAtWork(folder: string, mode: Mode, lengthMs: number): Promise<1> {
  for (let share = 1; ; share *= 0.9) {
    startOver(folder);
    if (await runAndKill(folder, mode, random.uniform() * lengthMs * share)) return 1;
  }
}

function startOver(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

function report(what: string, found: readonly string[]): void {
  say(found.length === 0 ? `${what}: all complete, verdict and cells equal` : `FAILED ${what}`);
  for (const line of found) say(`  ${line}`);
  failed += found.length;
}
