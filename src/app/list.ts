import { inspecting } from '../measure/inspect/inspector.js';
import {
  type KernelEntry,
  type ScenarioEntry,
  type StrategyEntry,
  shippedKernelFiles,
  shippedPeerFiles,
  shippedProgramFiles,
  shippedScenarioFiles,
  shippedStrategyFiles,
} from '../plugins/find.js';
import { packageHref } from '../plugins/module.js';

/** What ships. */
export interface Listed {
  readonly scenarios: readonly ScenarioEntry[];
  readonly strategies: readonly StrategyEntry[];
  /** In other languages. */
  readonly programs: readonly StrategyEntry[];
  /** Other people's pools, as their users write them. */
  readonly peers: readonly StrategyEntry[];
  readonly kernels: readonly KernelEntry[];
  /** The folder of the package, `file:` URL with a slash at its end. */
  readonly packageHref: string;
}

/** Everything that ships, found in its folders. */
export function listShipped(): Promise<Listed> {
  return inspecting({}, async (inspector) => ({
    scenarios: await inspector.scenarios(shippedScenarioFiles()),
    strategies: await inspector.strategies(shippedStrategyFiles()),
    programs: await inspector.strategies(shippedProgramFiles()),
    peers: await inspector.strategies(shippedPeerFiles()),
    kernels: await inspector.kernels(shippedKernelFiles()),
    packageHref,
  }));
}
