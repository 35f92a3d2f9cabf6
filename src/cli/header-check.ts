import { InputError } from '../contract/errors.js';
import type { RunHeader } from '../results/format.js';
import { headerProblem } from '../results/format.js';

/**
 * Refuses a run whose results file could not be read again, by the reader's own rules and as the file will hold it:
 * before anything is measured, since afterwards it would be lost.
 */
export function checkHeader(header: RunHeader): void {
  const problem = headerProblem(JSON.parse(JSON.stringify(header)));
  if (problem !== undefined)
    throw new InputError(
      `scenario ${header.scenario.id}: its results could not be read again: ${problem}. Correct that field in the scenario, the kernel or the strategy it comes from.`,
    );
}
