import { type CaseResult, ContractBroken, resultOf } from '../conformance/result.js';
import type { Claim, Price, Scenario } from '../contract/scenario.js';
import { readHost } from '../measure/host.js';
import { inspecting } from '../measure/inspect/inspector.js';
import type { Plan } from '../measure/plan.js';
import { manifestAt } from '../plugins/external/program.js';
import { chosenStrategyFiles, findScenarioFile, type StrategyEntry } from '../plugins/find.js';
import { hrefOfFile, messageOf } from '../plugins/module.js';
import { plainBench } from './bench-options.js';
import { ExitCode } from './exit.js';
import { listenForInterruption } from './interruption.js';
import { prepare } from './prepare.js';
import { temporaryFolder } from './temporary-folder.js';
import { note, say } from './terminal.js';

/** `check FILE`: the contract test of somebody's own strategy, kernel or scenario, a line per case. */
export async function check(file: string): Promise<ExitCode> {
  const { testIsolated } = await import('../conformance/isolated.js');
  const interruption = listenForInterruption();
  interruption.nowMeasuring();
  let passed = 0;
  let failed = 0;
  const onResult = (result: CaseResult) => {
    if (result.status === 'passed') passed++;
    if (result.status === 'failed') failed++;
    say(lineOf(result));
  };
  try {
    const { signal } = interruption;
    const kind = await testIsolated(manifestAt(file) ?? hrefOfFile(file, 'plug-in'), { signal, onResult });
    if (signal.aborted) return ExitCode.interrupted;
    // Nothing is measured of a scenario: Ctrl-C ends it at once.
    interruption.dispose();
    if (kind === 'scenario') for await (const result of scenarioCases(file)) onResult(result);
  } finally {
    interruption.dispose();
  }
  say(`${passed} passed, ${failed} failed`);
  if (passed + failed === 0) {
    note(`Nothing was checked: no case applies to ${file}. The reasons are above.`);
    return ExitCode.unfit;
  }
  return failed > 0 ? ExitCode.foundSomethingBad : ExitCode.fine;
}

function lineOf(result: CaseResult): string {
  switch (result.status) {
    case 'passed':
      return `✓ ${result.case}`;
    case 'failed':
      return `✗ ${result.case}: ${result.problem}`;
    case 'skipped':
      return `– ${result.case}: ${result.reason}`;
  }
}

/** The contract test of a scenario: what `bench` would refuse, and claims that nothing could ever confirm. */
async function* scenarioCases(file: string): AsyncGenerator<CaseResult> {
  const { scenario } = await inspecting({}, (inspector) => inspector.scenario(findScenarioFile(file)));
  for (const quick of [false, true]) {
    const name = quick ? 'its quick sweeps can be measured' : 'its sweeps can be measured';
    yield await resultOf(name, () => plans(file, quick));
  }
  for (const claim of scenario.claims)
    yield await resultOf(`the claim “${claim.says}” can be tested`, () => checkClaim(claim, scenario));
  for (const price of scenario.prices?.rows ?? [])
    yield await resultOf(`the price of “${price.what}” can be told`, () => checkPrice(price, scenario));
}

/** A row of a label that the scenario does not name would never have a price. */
async function checkPrice({ strategy }: Price, scenario: Scenario): Promise<void> {
  const labels = (await strategiesOf(scenario)).map(({ label }) => label);
  if (!labels.includes(strategy))
    throw new ContractBroken(
      `it speaks of "${strategy}", which is the label of no strategy of this scenario: there are ${labels.join(', ')}`,
    );
}

function strategiesOf(scenario: Scenario): Promise<StrategyEntry[]> {
  return inspecting({}, async (inspector) => inspector.strategies(chosenStrategyFiles(scenario, {})));
}

/** Kernel, strategies, data, axes and memory, by the same way as for `bench`. */
async function plans(file: string, quick: boolean): Promise<void> {
  const folder = temporaryFolder();
  const asked = { ...plainBench, scenarios: [file], quick, command: ['check', file] };
  try {
    const note = () => {};
    const plan = await prepare(file, asked, { now: new Date(), host: readHost(), folder, note });
    someCells(plan);
  } catch (cause) {
    throw new ContractBroken(messageOf(cause), { cause });
  } finally {
    folder.remove();
  }
}

function someCells({ runnable, header }: Plan): void {
  if (runnable.length > 0) return;
  const reasons = new Set(header.cells.map(({ strategy, notApplicable }) => `${strategy} ${notApplicable}`));
  throw new Error(`none of its strategies can run its kernel: ${[...reasons].join('; ')}`);
}

/** Both sides must be there, and some point of the full sweeps must lie where the claim speaks of. */
async function checkClaim(claim: Claim, scenario: Scenario): Promise<void> {
  const entries = await strategiesOf(scenario);
  const names = entries.flatMap(({ id, label, strategy }) => [id, label, strategy.family]);
  for (const side of [claim.faster, claim.than]) {
    if (side !== 'parallel' && !names.includes(side))
      throw new ContractBroken(
        `it speaks of "${side}", which is no strategy, label or family of this scenario: there are ${[...new Set(names)].join(', ')}, parallel`,
      );
  }
  const swept = (axis: string) => scenario.sweeps.flatMap((sweep) => sweep[axis] ?? []);
  for (const [axis, values] of Object.entries(claim.where)) {
    if (!swept(axis).some((value) => values.includes(value)))
      throw new ContractBroken(
        `it speaks of ${axis} ${values.join(', ')}, and no sweep has such a point: ${axis} is ${swept(axis).join(', ') || 'not swept'}`,
      );
  }
}
