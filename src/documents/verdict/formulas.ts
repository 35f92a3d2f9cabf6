import { type Coefficient, termValue } from '../../choose/choose.js';
import {
  type Block,
  heading,
  joinTexts,
  paragraph,
  quote,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { capitalWord, joinedBy, listed } from '../../document/words.js';
import type { Split } from '../../model/candidates.js';
import type { FittedCoefficient } from '../../model/fit.js';
import type { AccountModel } from '../../model/profile.js';
import type { FitReason, StrategyModel } from '../../model/strategy-model.js';
import { tool } from '../tool.js';

/** What a run costs as a formula per strategy and account; undefined where no formula fits anything. */
export function formulasSection(accounts: readonly AccountModel[], option?: string): Section | undefined {
  const parts = accounts.flatMap((account) => accountBlocks(account, option));
  if (parts.length === 0) return undefined;
  return {
    id: 'formulas',
    title: ['What it costs, as a formula'],
    blocks: [
      paragraph(
        text`Fitted to the points of this run, by their relative error, with no negative price. Each was tried on whole rows of points that it had not seen: nine of ten times there lay within the stated band. It holds between the measured points, not beyond them. Figures in brackets are ${figure(tool, 'levelOfIntervals', 'level')} intervals.`,
      ),
      ...parts,
    ],
  };
}

function accountBlocks({ account, models }: AccountModel, option: string | undefined): Block[] {
  const fitting = models.filter((model) => fits(model) && isShown(model));
  if (fitting.length === 0) return [];
  const vague = models.filter((model) => fits(model) && !isShown(model));
  const rejected = models.filter((model) => !fits(model));
  const reasons = rejected.map((model) => text`${model.strategy} (${reasonText(model)})`);
  return [
    heading(capitalWord(account)),
    table<StrategyModel>(
      [
        { head: 'strategy', of: ({ strategy }) => strategy },
        { head: 'time', of: (model) => formulaText(shownTerms(model), option) },
        { head: 'band', of: bandText },
      ],
      fitting,
    ),
    ...(rejected.length === 0 ? [] : [paragraph(text`No formula: ${joinedBy(reasons, '; ')}.`)]),
    ...(vague.length === 0
      ? []
      : [
          paragraph(
            text`Not shown: ${listed(vague.map(({ strategy }) => strategy))}. A formula fits, but these points are too few to tell its prices apart: one of them could be nothing.`,
          ),
        ]),
  ];
}

function fits({ verdict }: StrategyModel): boolean {
  return verdict === 'fits' || verdict === 'fits in two regimes';
}

/** A price whose interval holds zero says nothing of what a key or a number costs, however well the sum of all fits. */
function isShown(model: StrategyModel): boolean {
  const terms = shownTerms(model);
  return terms.length > 0 && terms.every(({ interval }) => interval !== undefined && interval.low > 0);
}

/** Without what may be nothing, and is next to nothing at every measured point even at its highest. */
function shownTerms({ coefficients, observations }: StrategyModel): FittedCoefficient[] {
  return coefficients.filter(({ coefficient, interval }) => {
    const most = interval === undefined || interval.low > 0 ? Number.POSITIVE_INFINITY : interval.high;
    return observations.some(({ shape, ns }) => most * termValue(coefficient, shape) > nextToNothing * ns);
  });
}

/** Of a time. */
const nextToNothing = 0.02;

function reasonText(model: StrategyModel): Text {
  return text`${model.verdict === 'rejected' ? 'rejected: ' : ''}${fitReasonText(model.because)}`;
}

/** What a model's verdict rests on, as a part of a sentence; undefined where one formula holds. */
export function fitReasonText(because: FitReason): Text | undefined {
  switch (because.kind) {
    case 'one formula':
      return undefined;
    case 'split':
      return text`split near ${splitText(because.split)}`;
    case 'few points':
      return text`${figure(because, 'points', 'whole')} points were measured, a formula needs ${figure(because, 'needed', 'whole')}`;
    case 'few to try on':
      return text`only ${figure(because, 'unseen', 'whole')} of ${figure(because, 'points', 'whole')} points could be left out to try a formula on, the others each show a price that no other does`;
    case 'jump':
      return text`two regimes with a jump near ${splitText(because.split)}, beyond which all of them cost about ${figure(because, 'factor', 'count', { digits: 2 })} times as much`;
    case 'off': {
      const { inTwo } = because;
      const two =
        inTwo &&
        text`, with two regimes (split near ${splitText(inTwo.split)}) by ${figure(inTwo, 'share', 'part')}`;
      return text`on rows that it had not seen it was off by ${figure(because, 'share', 'part')}${two}`;
    }
  }
}

function splitText(split: Split): Text {
  return text`${figure(split, 'bytes', 'bytes')}${split.near && text`, about the size of ${quote(split, 'near')}`}`;
}

function bandText(model: StrategyModel): Text {
  const near = model.method === 'formula' ? '' : ', with what the nearest points deviate from it';
  const regimes = model.verdict === 'fits' ? undefined : text`; two regimes, ${fitReasonText(model.because)}`;
  return text`± ${figure(model, 'band', 'share')}${near}${regimes}`;
}

/** `142 µs [120, 160] + 1.9 ns [1.8, 2] per number`. */
export function formulaText(coefficients: readonly FittedCoefficient[], option = 'work'): Text {
  return joinedBy(
    coefficients.map((fitted) =>
      joinTexts([figure(fitted, 'cost', 'ns'), unitText(fitted.coefficient, option)]),
    ),
    ' + ',
  );
}

function unitText(term: Coefficient, option: string): Text {
  switch (term.kind) {
    case 'start':
      return [];
    case 'key':
      return [' per key'];
    case 'element':
      return [' per number'];
    case 'element below':
      return text` per number up to ${figure(term, 'split', 'count')}`;
    case 'element beyond':
      return text` per number beyond ${figure(term, 'split', 'count')}`;
    case 'element of lists beyond':
      return text` per number of lists beyond ${figure(term, 'split', 'count')}`;
    case 'list work':
      return [` per key × ${option}`];
    case 'element work':
      return [` per number × ${option}`];
    case 'worker':
      return [' per worker'];
    case 'shared element':
      return [' per number ÷ workers'];
    case 'shared list work':
      return [` per key × ${option} ÷ workers`];
    case 'shared element work':
      return [` per number × ${option} ÷ workers`];
  }
}
