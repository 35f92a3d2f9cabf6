import { kinds } from './draw.js';
import type { Outcome } from './outcome.js';

/** The table per class, and the last line with the sum. */
export function describeOutcomes(outcomes: readonly Outcome[]): string[] {
  const names = ['undisturbed', ...kinds.map(({ name }) => name)];
  const rows = names.flatMap((name) => {
    const tried = outcomes.filter(({ kind }) => kind === name);
    if (tried.length === 0) return [];
    const violated = tried.filter(({ violations }) => violations.length > 0).length;
    const slowest = tried.reduce((a, b) => (b.ms > a.ms ? b : a));
    const seconds = `${(slowest.ms / 1000).toFixed(1)} s`;
    const which = slowest.seed === undefined ? '' : ` (${slowest.seed})`;
    return [[name, `${tried.length}`, `${violated}`, `${seconds}${which}`]];
  });
  const table = [['class', 'tried', 'violations', 'slowest (seed)'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, sumOf(outcomes)];
}

function sumOf(outcomes: readonly Outcome[]): string {
  const faults = outcomes.filter(({ seed }) => seed !== undefined);
  const violated = outcomes.filter(({ violations }) => violations.length > 0).length;
  return `${faults.length} faults, ${violated} violations`;
}

/** One fault, for a line of progress; with what is wrong, and how to repeat it. */
export function describeOutcome({
  seed,
  kind,
  title,
  command,
  ending,
  ms,
  violations,
  said,
}: Outcome): string[] {
  const name = seed === undefined ? 'undisturbed' : `${seed}`;
  const head = `${violations.length > 0 ? '✗' : '✓'} ${name}  ${kind}: ${title}; ${command}: ${ending}, ${(ms / 1000).toFixed(1)} s`;
  if (violations.length === 0) return [head];
  return [
    head,
    ...violations.map((violation) => `    ${violation}`),
    ...(said.trim() === '' ? [] : [`    stderr ended: ${said.trim().slice(-300).replaceAll('\n', ' ⏎ ')}`]),
    ...(seed === undefined ? [] : [`    repeat it: npm run torture -- --only ${seed}`]),
  ];
}
