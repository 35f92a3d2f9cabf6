import { existsSync } from 'node:fs';
import { type Listed, listShipped } from '../app/list.js';
import { ExitCode } from './exit.js';
import { listenForInterruption } from './interruption.js';
import { write } from './streams.js';

/** `list`: what there is, found in the folders. No table library: this command is to answer at once. */
export async function list(): Promise<ExitCode> {
  const interruption = listenForInterruption();
  const { scenarios, strategies, programs, peers, kernels, packageHref } = await listShipped().finally(() =>
    interruption.dispose(),
  );
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
    `Other people’s pools, where they are named or with --peers (${peersInstall(packageHref)} installs them)`,
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

/** A clone has a script that keeps them apart from its own packages; a project installs them beside the package. */
function peersInstall(packageHref: string): string {
  return existsSync(new URL('../tsconfig.json', packageHref)) ? 'npm run peers' : 'npm install piscina@5.3.2';
}

function strategyRow({ id, strategy }: Listed['strategies'][number], family?: string): [string, string] {
  const options = Object.entries(strategy.options ?? {}).map(
    ([name, values]) => `${name}: ${values.join(', ')}`,
  );
  const traits = [...(family === undefined ? [] : [family]), ...options].join('; ');
  return [id, traits === '' ? strategy.title : `${strategy.title} (${traits})`];
}

function print(title: string, rows: readonly (readonly string[])[]): void {
  const width = Math.max(...rows.map(([id]) => id.length));
  write('out', `${title}\n${rows.map(([id, text]) => `  ${id.padEnd(width)}  ${text}\n`).join('')}\n`);
}
