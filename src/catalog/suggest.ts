import { closest } from '../dictionary/did-you-mean.js';

/** " Did you mean …?" with the nearest of `known`, or the list of them where none is near. */
export function suggest(word: string, known: readonly string[]): string {
  const near = closest(word, known) ?? startedOrEnded(word, known);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return known.length > 0 ? ` There are: ${known.join(', ')}.` : '';
}

/** "threads" for "worker-threads", "large" for "large-lists": a part that only one name has. */
function startedOrEnded(word: string, known: readonly string[]): string | undefined {
  const having = known.filter(
    (name) => name.split('-').includes(word.toLowerCase()) || name.startsWith(word),
  );
  return having.length === 1 ? having[0] : undefined;
}
