import { tableOf } from '../analysis/table.js';
import type { KernelCost, KernelCosts, ListForm } from '../choose/choose.js';
import type { Results } from '../results/format.js';
import { traitsOf } from '../results/older-traits.js';
import { observe, workOption } from './observation.js';

/** What a kernel takes for one list, from a run over lengths (and work) with strategies that leave its lists in place. */
export function kernelCostsOf(results: Results): KernelCosts {
  const option = workOption(results.header);
  const forms = new Map(
    results.header.strategies.map((strategy): [string, ListForm | undefined] => [
      strategy.label,
      traitsOf(strategy).computesOn,
    ]),
  );
  const costs = observe(tableOf(results, 2), 'resident').flatMap(
    ({ strategy, observations, failed }): KernelCost[] => {
      const form = forms.get(strategy);
      if (form === undefined || failed !== undefined) return [];
      return observations.map(({ shape: { keys, elements, work }, ns }) => {
        return { form, length: elements / keys, work, ns: Number((ns / keys).toPrecision(4)) };
      });
    },
  );
  return { ...(option === undefined ? {} : { workOption: option }), costs };
}

/**
 * What one list takes, ns: along a straight line between the measured lengths and amounts of work, which is exact for a
 * price per call, per number and per step. Shorter lists than were measured take what the shortest does, longer ones as much per
 * number as the longest. Undefined where the form was not measured.
 */
export function kernelNs(
  { costs }: KernelCosts,
  asked: { readonly form: ListForm; readonly length: number; readonly work: number },
): number | undefined {
  const own = costs.filter(({ form }) => form === asked.form);
  const works = [...new Set(own.map(({ work }) => work))].map((work): Known => {
    return [
      work,
      nsAtLength(
        own.filter((cost) => cost.work === work),
        asked.length,
      ),
    ];
  });
  return works.length === 0 ? undefined : Math.max(0, along(works, asked.work));
}

type Known = readonly [at: number, ns: number];

function nsAtLength(costs: readonly KernelCost[], length: number): number {
  const known = costs.map((cost): Known => [cost.length, cost.ns]);
  const lengths = known.map(([at]) => at);
  const longest = Math.max(...lengths);
  if (length > longest) return (along(known, longest) * length) / longest;
  return along(known, Math.max(length, Math.min(...lengths)));
}

/** The straight line between the two neighbours, or through the two at the end beyond which it lies. */
function along(known: readonly Known[], at: number): number {
  const sorted = [...known].sort(([a], [b]) => a - b);
  const after = sorted.findIndex(([each]) => each >= at);
  const right = Math.max(1, after < 0 ? sorted.length - 1 : after);
  const [from, fromNs] = sorted[right - 1];
  const [to, toNs] = sorted[right] ?? [from, fromNs];
  return to === from ? fromNs : fromNs + ((toNs - fromNs) * (at - from)) / (to - from);
}
