import { shippedKernels } from '../catalog/kernel-entry.js';
import { shippedScenarios } from '../catalog/scenario.js';
import { type StrategyEntry, shippedPeers, shippedPrograms, shippedStrategies } from '../catalog/strategy.js';
import { ExitCode } from './exit.js';

/** `list`: what there is, found in the folders. No table library: this command is to answer at once. */
export async function list(): Promise<ExitCode> {
  const [scenarios, strategies, programs, peers, kernels] = await Promise.all([
    shippedScenarios(),
    shippedStrategies(),
    shippedPrograms(),
    shippedPeers(),
    shippedKernels(),
  ]);
  print(
    'Scenarios',
    scenarios.map(({ id, scenario }) => [id, scenario.question]),
  );
  print(
    'Strategies',
    strategies.map((entry) => strategyRow(entry, entry.strategy.family)),
  );
  print(
    'Strategies in other languages, where they are named (--strategy); each also with -from-node behind its id',
    programs.filter(({ strategy }) => strategy.home !== undefined).map((entry) => strategyRow(entry)),
  );
  print(
    'Other people’s pools, where they are named or with --peers (npm run peers installs them)',
    peers.map((entry) => strategyRow(entry, entry.strategy.family)),
  );
  print(
    'Kernels',
    kernels.map(({ id, plugin }) => {
      const options = Object.entries(plugin.options).map(([name, value]) => `--${name} ${value}`);
      return [id, options.length > 0 ? `${plugin.title} (${options.join(', ')})` : plugin.title];
    }),
  );
  return ExitCode.fine;
}

function strategyRow({ id, strategy }: StrategyEntry, family?: string): [string, string] {
  const options = Object.entries(strategy.options ?? {}).map(
    ([name, values]) => `${name}: ${values.join(', ')}`,
  );
  const traits = [...(family === undefined ? [] : [family]), ...options].join('; ');
  return [id, traits === '' ? strategy.title : `${strategy.title} (${traits})`];
}

function print(title: string, rows: readonly (readonly string[])[]): void {
  const width = Math.max(...rows.map(([id]) => id.length));
  process.stdout.write(
    `${title}\n${rows.map(([id, text]) => `  ${id.padEnd(width)}  ${text}\n`).join('')}\n`,
  );
}
