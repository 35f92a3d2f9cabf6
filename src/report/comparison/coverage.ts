import type { Comparison, UncomparedCell, WithoutTimes } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { counted, listed, oneLine } from '../plain-text.js';

/** The one sentence where no cell has times on both sides, with the first reasons and what to do. */
export function nothingCompared({ coverage }: Comparison): string {
  const { cells, compared, uncompared } = coverage;
  if (compared > 0)
    return (
      'Nothing could be compared: between machines only ratios to for-loop count, and no strategy has one on both sides. ' +
      'Measure for-loop and another strategy on both.'
    );
  const shown = uncompared.slice(0, 3).map(uncomparedText);
  const more = uncompared.length > 3 ? `; and ${uncompared.length - 3} more` : '';
  return (
    `Nothing could be compared: ${whatHappened(uncompared)}, of ${counted(cells, 'cell')} that both sides have. ` +
    `${shown.join('; ')}${more}. ${whatToDo(uncompared)}`
  );
}

/** Empty where all was compared: then there is nothing to say. */
export function partlyCompared({ coverage: { cells, compared } }: Comparison): string[] {
  return compared === cells || compared === 0
    ? []
    : [
        `Compared were ${compared} of ${counted(cells, 'cell')}; the others have no times on one side or both.`,
      ];
}

/** "`own` at 4 keys: crashed on both sides (database is down)". */
export function uncomparedText({ strategy, point, base, head }: UncomparedCell): string {
  const where = `\`${strategy}\`${Object.keys(point).length === 0 ? '' : ` at ${formatPoint(point)}`}`;
  if (base !== undefined && head !== undefined && base.how === head.how && base.reason === head.reason)
    return `${where}: ${howWords[base.how]} on both sides (${reasonText(base)})`;
  const sides = [
    ...(base === undefined ? [] : [`${howWords[base.how]} on base (${reasonText(base)})`]),
    ...(head === undefined ? [] : [`${howWords[head.how]} on head (${reasonText(head)})`]),
  ];
  return `${where}: ${listed(sides)}`;
}

const howWords: Readonly<Record<WithoutTimes['how'], string>> = {
  wrong: 'answered wrongly',
  crashed: 'crashed',
  limit: 'hit its limit',
  'not measured': 'was not measured',
};

function reasonText({ reason }: WithoutTimes): string {
  return oneLine(reason).slice(0, 160);
}

/** "every cell crashed on both sides" where all have the one fate. */
function whatHappened(cells: readonly UncomparedCell[]): string {
  const [first] = cells;
  const alike = (side: 'base' | 'head') => cells.every((cell) => cell[side]?.how === first?.[side]?.how);
  if (first === undefined || !alike('base') || !alike('head')) return 'no cell has times on both sides';
  const { base, head } = first;
  if (base?.how === head?.how && base !== undefined) return `every cell ${howWords[base.how]} on both sides`;
  const sides = [
    ...(base === undefined ? [] : [`${howWords[base.how]} on base`]),
    ...(head === undefined ? [] : [`${howWords[head.how]} on head`]),
  ];
  return `every cell ${listed(sides)}`;
}

function whatToDo(cells: readonly UncomparedCell[]): string {
  const fates = new Set(cells.flatMap(({ base, head }) => [base?.how, head?.how]));
  if (fates.has('crashed') || fates.has('wrong'))
    return 'Mend what fails first: `breakeven check FILE` shows it for a strategy or kernel alone; then compare again.';
  if (fates.has('limit'))
    return 'Give each cell more time (--limit), or measure less data, and compare again.';
  return 'Give it more time, and compare again.';
}
