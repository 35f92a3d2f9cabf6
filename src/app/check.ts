import { type CaseResult, ContractBroken, resultOf } from '../conformance/result.js';
import type { Claim, Price, Scenario } from '../contract/scenario.js';
import { readHost } from '../measure/host.js';
import { inspecting } from '../measure/inspect/inspector.js';
import type { Plan } from '../measure/plan.js';
import { manifestAt } from '../plugins/external/program.js';
import { chosenStrategyFiles, findScenarioFile, type StrategyEntry } from '../plugins/find.js';
import { hrefOfFile, messageOf } from '../plugins/module.js';
import type { Caller } from './caller.js';
import { plainBench } from './plan/options.js';
import { prepare } from './plan/prepare.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** The contract test of somebody's own strategy, kernel or scenario; `onResult` hears of each case. */
export async function checkFile(
  file: string,
  caller: Caller,
  onResult: (result: CaseResult) => void,
): Promise<void> {
  const { testIsolated } = await import('../conformance/isolated.js');
  const { signal } = caller;
  caller.beginMeasuring();
  const kind = await testIsolated(manifestAt(file) ?? hrefOfFile(file, 'plug-in'), { signal, onResult });
  // Nothing is measured of a scenario.
  caller.endMeasuring();
  if (kind === 'scenario' && !signal.aborted)
    for await (const result of scenarioCases(file)) onResult(result);
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
  const asked = { ...plainBench, scenarios: [file], quick, command: ['check', file] };
  const at = { now: new Date(), host: readHost(), note: () => {} };
  try {
    await withTemporaryFolder(async (folder) => someCells(await prepare(file, asked, { ...at, folder })));
  } catch (cause) {
    throw new ContractBroken(messageOf(cause), { cause });
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
