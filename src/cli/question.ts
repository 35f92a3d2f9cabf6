import { basename } from 'node:path';
import type { ScenarioEntry } from '../catalog/scenario-files.js';
import type { PlanRequest } from '../measure/plan.js';
import type { BenchOptions } from './bench-options.js';

/** What the results file says of the scenario, but for its sweeps. */
type Question = Omit<PlanRequest['scenario'], 'sweeps'>;

/** The scenario's own question, or, with somebody's own function or data, theirs. */
export function questionOf({ id, scenario }: ScenarioEntry, options: BenchOptions): Question {
  const { quick, kernel, data } = options;
  const { title, question, from, claims, quickNote, prices, bandwidth } = scenario;
  if (kernel === undefined && data === undefined)
    return {
      id,
      title,
      question,
      from,
      claims,
      ...(quick && quickNote ? { quickNote } : {}),
      ...(prices === undefined ? {} : { prices }),
      ...(bandwidth === undefined ? {} : { bandwidth }),
    };
  const what = kernel === undefined ? 'this work' : basename(kernel);
  const where = data === undefined ? 'generated dictionaries' : basename(data);
  return {
    id: scenarioIdOf(id, options),
    title: data === undefined ? `${title}: ${what}` : kernel === undefined ? where : `${what} on ${where}`,
    question: `When does going parallel, or vectorised, pay for ${what} on ${where}?`,
    from,
    // What a source says of its own function and data says nothing of theirs.
    claims: [],
  };
}

/** The id under which a run of this scenario is written. */
export function scenarioIdOf(id: string, options: BenchOptions): string {
  const { kernel, data, scenarios } = options;
  return (kernel === undefined && data === undefined) || scenarios !== undefined ? id : ownId(options);
}

/** Their runs stand in a folder of their own, not among those of a scenario that they did not name. */
function ownId({ kernel, data }: BenchOptions): string {
  const stems = [kernel, data].flatMap((path) => (path === undefined ? [] : [stemOf(path)]));
  return stems.join('-on-');
}

function stemOf(path: string): string {
  return basename(path)
    .replace(/\.\w+$/, '')
    .replace(/[^\w.-]+/g, '-');
}
