import { packageHref } from '../../catalog/module.js';
import { pluginFiles } from '../../catalog/plugin-files.js';
import { programPlugins } from '../../catalog/program.js';
import { type Limits, withoutOptions } from '../../compare/limits.js';
import { InputError } from '../../contract/errors.js';
import { closest } from '../../dictionary/did-you-mean.js';
import type { RunHeader } from '../../results/format.js';
import { note } from '../terminal-lines.js';

/**
 * Limits for names that nobody has widen nothing. One that is nearly a name of either side is a slip of the pen: an
 * InputError. Any other may be of a scenario or strategy that is not part of this comparison, and is said on stderr.
 */
export function checkLimitNames(
  { scenarios, strategies }: Limits,
  headers: readonly Pick<RunHeader, 'scenario' | 'strategies'>[],
): void {
  const labels = headers.flatMap((header) => header.strategies.flatMap(({ label, id }) => [label, id]));
  check('scenarios', Object.keys(scenarios), [
    ...headers.map(({ scenario }) => scenario.id),
    ...pluginFiles(new URL('scenarios/', packageHref)).map(({ id }) => id),
  ]);
  check('strategies', Object.keys(strategies), [
    ...labels,
    ...labels.map(withoutOptions),
    ...shippedStrategyIds(),
  ]);
}

function check(field: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names.filter((each) => !known.includes(each))) {
    const near = closest(name, known);
    if (near !== undefined)
      throw new InputError(
        `the configuration has a limit for ${field}.${name}, and there is no such name on either side. Did you mean "${near}"?`,
      );
    note(`The limit for ${field}.${name} applies to nothing here: neither side has that name.`);
  }
}

/** Others than those of this comparison: one configuration serves several. */
function shippedStrategyIds(): string[] {
  const folder = new URL('strategies/', packageHref);
  const files = [
    ...pluginFiles(folder),
    ...programPlugins(folder),
    ...pluginFiles(new URL('peers/', folder)),
  ];
  return files.map(({ id }) => id);
}
