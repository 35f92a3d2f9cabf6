/** " Did you mean …?" with the nearest of `known`, or the list of them where none is near. */
export function suggest(word: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near !== undefined && near.distance <= Math.max(2, word.length / 3))
    return ` Did you mean "${near.name}"?`;
  return known.length > 0 ? ` There are: ${known.join(', ')}.` : '';
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replace));
    }
    row = next;
  }
  return row[b.length];
}
