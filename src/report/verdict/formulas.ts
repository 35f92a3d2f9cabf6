import { type Coefficient, termValue } from '../../choose/choose.js';
import type { FittedCoefficient } from '../../model/fit.js';
import type { AccountModel } from '../../model/profile.js';
import type { StrategyModel } from '../../model/strategy-model.js';
import { capital, lineOf, listed, table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { noted, told } from '../pointers/note.js';
import { formatCount, formatPercent, timeText } from '../units.js';

/** What a run costs as a formula per strategy and account; undefined where no formula fits anything. */
export function formulasSection(accounts: readonly AccountModel[], option?: string): string | undefined {
  const parts = accounts.flatMap((account) => accountPart(account, option));
  if (parts.length === 0) return undefined;
  return [
    '## What it costs, as a formula',
    'Fitted to the points of this run, by their relative error, with no negative price. Each was tried on whole rows of ' +
      'points that it had not seen: nine of ten times there lay within the stated band. It holds between the measured ' +
      `points, not beyond them. Figures in brackets are ${constant('level of intervals')} intervals.`,
    ...parts,
  ].join('\n\n');
}

function accountPart({ account, models }: AccountModel, option: string | undefined): string[] {
  const fitting = models.filter((model) => fits(model) && isTold(model));
  if (fitting.length === 0) return [];
  const vague = models.filter((model) => fits(model) && !isTold(model));
  const rejected = models.filter((model) => !fits(model));
  const rows = fitting.map((model) => [model.strategy, formulaText(toldOf(model), option), bandText(model)]);
  return [
    `### ${capital(account)}`,
    table(['strategy', 'time', 'band'], rows),
    ...(rejected.length === 0
      ? []
      : [`No formula: ${rejected.map((model) => `${model.strategy} (${reasonText(model)})`).join('; ')}.`]),
    ...(vague.length === 0
      ? []
      : [
          `Not shown: ${listed(vague.map(({ strategy }) => strategy))}. A formula fits, but these points are too few to tell its prices apart: one of them could be nothing.`,
        ]),
  ];
}

function fits({ verdict }: StrategyModel): boolean {
  return verdict === 'fits' || verdict === 'fits in two regimes';
}

/** A price whose interval holds zero says nothing of what a key or a number costs, however well the sum of all fits. */
function isTold(model: StrategyModel): boolean {
  const told = toldOf(model);
  return told.length > 0 && told.every(({ interval }) => interval !== undefined && interval.low > 0);
}

/** Without what may be nothing, and is next to nothing at every measured point even at its highest. */
function toldOf({ coefficients, observations }: StrategyModel): FittedCoefficient[] {
  return coefficients.filter(({ coefficient, interval }) => {
    const most = interval === undefined || interval.low > 0 ? Number.POSITIVE_INFINITY : interval.high;
    return observations.some(({ shape, ns }) => most * termValue(coefficient, shape) > nextToNothing * ns);
  });
}

/** Of a time. */
const nextToNothing = 0.02;

function reasonText(model: StrategyModel): string {
  return `${model.verdict === 'rejected' ? 'rejected: ' : ''}${lineOf(model, 'because')}`;
}

function bandText(model: StrategyModel): string {
  const near = model.method === 'formula' ? '' : ', with what the nearest points deviate from it';
  const regimes = model.verdict === 'fits' ? '' : `; two regimes, ${lineOf(model, 'because')}`;
  return `± ${told(model, 'band', formatPercent)}${near}${regimes}`;
}

/** `142 µs [120, 160] + 1.9 ns [1.8, 2] per number`. */
export function formulaText(coefficients: readonly FittedCoefficient[], option = 'work'): string {
  return coefficients
    .map((fitted) => {
      const { coefficient, interval } = fitted;
      const time = timeText({
        value: coefficient.ns,
        ...(interval === undefined ? {} : { interval }),
      });
      return `${noted(time, { kind: 'estimate', from: fitted })}${unitText(coefficient, option)}`;
    })
    .join(' + ');
}

function unitText(term: Coefficient, option: string): string {
  switch (term.kind) {
    case 'start':
      return '';
    case 'key':
      return ' per key';
    case 'element':
      return ' per number';
    case 'element below':
      return ` per number up to ${told(term, 'split', formatCount)}`;
    case 'element beyond':
      return ` per number beyond ${told(term, 'split', formatCount)}`;
    case 'element of lists beyond':
      return ` per number of lists beyond ${told(term, 'split', formatCount)}`;
    case 'list work':
      return ` per key × ${option}`;
    case 'element work':
      return ` per number × ${option}`;
    case 'worker':
      return ' per worker';
    case 'shared element':
      return ' per number ÷ workers';
    case 'shared list work':
      return ` per key × ${option} ÷ workers`;
    case 'shared element work':
      return ` per number × ${option} ÷ workers`;
  }
}
