import type { Coefficient, Shape, Term } from './profile.js';

/** Time by formula alone, ns. */
export function formulaNs(formula: readonly Coefficient[], shape: Shape): number {
  let ns = 0;
  for (const coefficient of formula) ns += coefficient.ns * termValue(coefficient, shape);
  return ns;
}

/** What a coefficient is multiplied with. */
export function termValue(term: Term, { keys, elements, work, workers }: Shape): number {
  switch (term.kind) {
    case 'start':
      return 1;
    case 'key':
      return keys;
    case 'element':
      return elements;
    case 'element below':
      return Math.min(elements, term.split);
    case 'element beyond':
      return Math.max(0, elements - term.split);
    case 'element of lists beyond':
      return elements > keys * term.split ? elements : 0;
    case 'list work':
      return keys * work;
    case 'element work':
      return elements * work;
    case 'worker':
      return workers;
    case 'shared element':
      return elements / workers;
    case 'shared list work':
      return (keys * work) / workers;
    case 'shared element work':
      return (elements * work) / workers;
  }
}
