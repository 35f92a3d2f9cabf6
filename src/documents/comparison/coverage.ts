import type { Comparison, UncomparedCell, WithoutTimes } from '../../compare/types.js';
import { code, type Text, text } from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { reasonText, strategyCode } from './words.js';

/** The one sentence where no cell has times on both sides, with the first reasons and what to do. */
export function nothingCompared({ coverage }: Comparison): Text {
  const { compared, uncompared } = coverage;
  if (compared > 0)
    return [
      'Nothing could be compared: between machines only ratios to for-loop count, and no strategy has one on both sides. ',
      'Measure for-loop and another strategy on both.',
    ];
  const shown = joinedBy(uncompared.slice(0, 3).map(uncomparedText), '; ');
  const more = uncompared.length > 3 ? text`; and ${count(uncompared.slice(3))} more` : undefined;
  const cells = counted(figure(coverage, 'cells', 'whole'), 'cell');
  return text`Nothing could be compared: ${whatHappened(uncompared)}, of ${cells} that both sides have. ${shown}${more}. ${whatToDo(uncompared)}`;
}

/** Undefined where all was compared: then there is nothing to say. */
export function partlyCompared({ coverage }: Comparison): Text | undefined {
  const { cells, compared } = coverage;
  if (compared === cells || compared === 0) return undefined;
  return text`Compared were ${figure(coverage, 'compared', 'whole')} of ${counted(figure(coverage, 'cells', 'whole'), 'cell')}; the others have no times on one side or both.`;
}

/** "`own` at 4 keys: crashed on both sides (database is down)". */
export function uncomparedText(cell: UncomparedCell): Text {
  const { point, base, head } = cell;
  const at = Object.keys(point).length === 0 ? undefined : text` at ${pointText(point)}`;
  const where = text`${strategyCode(cell)}${at}`;
  if (base !== undefined && head !== undefined && base.how === head.how && base.reason === head.reason)
    return text`${where}: ${howWords[base.how]} on both sides (${reasonText(base)})`;
  const sides = [
    base && text`${howWords[base.how]} on base (${reasonText(base)})`,
    head && text`${howWords[head.how]} on head (${reasonText(head)})`,
  ];
  return text`${where}: ${listed(sides.filter((side) => side !== undefined))}`;
}

const howWords: Readonly<Record<WithoutTimes['how'], string>> = {
  wrong: 'answered wrongly',
  crashed: 'crashed',
  limit: 'hit its limit',
  'not measured': 'was not measured',
};

/** "every cell crashed on both sides" where all have the one fate. */
function whatHappened(cells: readonly UncomparedCell[]): Text {
  const [first] = cells;
  const alike = (side: 'base' | 'head') => cells.every((cell) => cell[side]?.how === first?.[side]?.how);
  if (first === undefined || !alike('base') || !alike('head')) return ['no cell has times on both sides'];
  const { base, head } = first;
  if (base?.how === head?.how && base !== undefined)
    return [`every cell ${howWords[base.how]} on both sides`];
  const sides = [base && `${howWords[base.how]} on base`, head && `${howWords[head.how]} on head`];
  return text`every cell ${listed(sides.filter((side) => side !== undefined))}`;
}

function whatToDo(cells: readonly UncomparedCell[]): Text {
  const fates = new Set(cells.flatMap(({ base, head }) => [base?.how, head?.how]));
  if (fates.has('crashed') || fates.has('wrong'))
    return text`Mend what fails first: ${code('breakeven check FILE')} shows it for a strategy or kernel alone; then compare again.`;
  if (fates.has('limit'))
    return ['Give each cell more time (--limit), or measure less data, and compare again.'];
  return ['Give it more time, and compare again.'];
}
