import { rank } from '../../src/choose/choose.js';
import { modelsOf, profileOf } from '../../src/model/profile.js';
import type { Figure } from '../figures/figure.js';
import { shown } from '../proofs/proof.js';
import { deciders } from './deciders.js';
import { decisionCells, type Split } from './held-out-cells.js';
import { regretFigures } from './regret.js';
import { accuracy, type Told } from './simulated.js';
import { decisionTime } from './speed.js';

/** The same questions on measured runs: times and choices for cells that no fit has seen. */
export function real(splits: readonly Split[]): Figure[] {
  const told: Record<'formula' | 'interpolation', Told[]> = { formula: [], interpolation: [] };
  const regrets: Record<string, number[]> & { choose: number[] } = { choose: [] };
  const speeds: Figure[] = [];
  for (const { train, held } of splits) {
    const profile = profileOf(train, modelsOf(train));
    const known = decisionCells(train);
    if (speeds.length === 0) speeds.push(decisionTime(profile, decisionCells(held)));
    for (const cell of decisionCells(held)) {
      const { account, shape, times } = cell;
      const { keys, elements, work } = shape;
      for (const { profile: one, expectedNs } of rank(profile, {
        account,
        keys,
        length: elements / keys,
        work,
      })) {
        const ns = times.get(one.strategy);
        if (ns !== undefined) told[one.basis].push({ error: Math.log(expectedNs / ns), band: one.band });
      }
      const best = Math.min(...times.values());
      for (const [name, decide] of Object.entries(deciders)) {
        // A strategy that the account does not have (threads that keep no data) leaves its user with the loop.
        const ns = times.get(decide({ cell: { account, shape }, profile, known })) ?? times.get('for-loop');
        regrets[name] = [...(regrets[name] ?? []), (ns ?? Number.POSITIVE_INFINITY) / best - 1];
      }
    }
  }
  const all = [...told.formula, ...told.interpolation];
  return [
    ...accuracy('measured, all strategies', all),
    ...accuracy('measured, accepted formulas', told.formula),
    // Their bands are meant to be wide.
    ...(told.interpolation.length === 0
      ? []
      : accuracy('measured, rejected formulas', told.interpolation)
    ).map(({ name, seen }) => shown(name, seen)),
    ...regretFigures(regrets),
    ...speeds,
  ];
}
