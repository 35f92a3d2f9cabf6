/**
 * Lists for a JSON channel. JSON turns NaN and ±Infinity into null and −0 into 0, so their places are listed beside
 * them: for each mark, the list, the first index, how many in a row, and the value's name. Looking for them is part of
 * the cost of JSON.
 */
export interface MarkedLists {
  readonly form: 'marked';
  readonly lists: number[][];
  readonly marks: readonly Mark[];
}

type Mark = readonly [list: number, index: number, count: number, value: SpecialName];

type SpecialName = 'NaN' | 'Infinity' | '-Infinity' | '-0';

const special: Readonly<Record<SpecialName, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** Marks what JSON would lose; the lists themselves are not copied and not changed. */
export function mark(lists: number[][]): MarkedLists {
  const marks: Mark[] = [];
  for (let list = 0; list < lists.length; list++) {
    const xs = lists[list];
    for (let index = 0; index < xs.length; index++) {
      const x = xs[index];
      // x - x is 0 for every finite number; the division tells −0 from 0.
      if (x - x !== 0 || (x === 0 && 1 / x < 0)) {
        const count = runLength(xs, index);
        marks.push([list, index, count, nameOf(x)]);
        index += count - 1;
      }
    }
  }
  return { form: 'marked', lists, marks };
}

/** Puts the marked values back, in place: the lists were made by JSON.parse and belong to nobody else. */
export function unmark(marked: MarkedLists): number[][] {
  for (const [list, index, count, value] of marked.marks) {
    marked.lists[list].fill(special[value], index, index + count);
  }
  return marked.lists;
}

/** How many equal numbers stand here: a list of nothing but NaN must not be marked number by number. */
function runLength(xs: readonly number[], from: number): number {
  let to = from + 1;
  while (to < xs.length && Object.is(xs[to], xs[from])) to++;
  return to - from;
}

function nameOf(x: number): SpecialName {
  if (Number.isNaN(x)) return 'NaN';
  if (x === 0) return '-0';
  return x > 0 ? 'Infinity' : '-Infinity';
}
