/** A word that is longer was not typed by hand. */
const longest = 200;

/** The candidate that `word` is most likely a misspelling of: at most a third of its letters differ; else undefined. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  if (word.length > longest) return undefined;
  for (const candidate of candidates) {
    // The distance takes time in proportion to both lengths, and a column of a file may have any name.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string
 * alignment, after Damerau: swapped letters are the most common slip).
 */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = last[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = swap ? beforeLast[j - 2] + 1 : replaced;
      row.push(Math.min(replaced, swapped, last[j] + 1, row[j - 1] + 1));
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length];
}

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
