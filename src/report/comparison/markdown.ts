import type { Compared, Comparison, UnmatchedCell } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { counted, listed, oneLine, table } from '../plain-text.js';
import { formatPercent, formatRatio } from '../units.js';
import { uncomparedText } from './coverage.js';
import { headline, redNews } from './headline.js';
import { changeText, crossoverText, scenarioPrefix, valueText, whereText } from './words.js';

/** A page of the same crash a thousand times helps nobody. */
const mostUncompared = 20;

/**
 * The report for a pull request: first the sentence that says whether anything differs, then only what does, then
 * everything, folded away. `charts`: names of pictures beside it; `missing`: why others are not, as sentences without a
 * full stop.
 */
export function comparisonMarkdown(
  comparison: Comparison,
  charts: readonly { readonly path: string; readonly description: string }[] = [],
  missing: readonly string[] = [],
): string {
  const differing = comparison.rows.filter(
    ({ red, label }) => red || label === 'slower' || label === 'faster',
  );
  return `${[
    `### ${signOf(comparison)} breakeven compare`,
    headline(comparison),
    ...redList(comparison),
    ...(differing.length === 0 ? [] : [rowsTable(comparison, differing)]),
    ...changeList(comparison),
    ...uncomparedList(comparison),
    ...folded(`Everything that was compared (${counted(comparison.rows.length, 'row')})`, [
      rowsTable(comparison, comparison.rows),
      ...cellList('Only on head', comparison.newCells),
      ...cellList('Only on base', comparison.removedCells),
    ]),
    ...(charts.length === 0
      ? []
      : folded(
          'Charts',
          charts.map(({ path, description }) => `![${description.replace(/[[\]]/g, '')}](${path})`),
        )),
    ...missing.map((sentence) => `> ${oneLine(sentence)}.`),
    ...folded('How it was measured', [howList(comparison)]),
  ].join('\n\n')}\n`;
}

/** For a step's summary, which cannot show pictures that lie on the runner's disk. */
export function comparisonSummary(comparison: Comparison): string {
  return comparisonMarkdown(comparison);
}

function signOf({ verdict }: Comparison): string {
  return { regression: '🔴', unfit: '⚪', 'nothing compared': '⚪', undecided: '🟡', fine: '🟢' }[verdict];
}

/** What is red beyond the three that the headline has room for; on an unfit machine nothing is. */
function redList(comparison: Comparison): string[] {
  if (comparison.verdict !== 'regression') return [];
  const all = redNews(comparison);
  return all.length <= 3 ? [] : [all.map((text) => `- ${text}`).join('\n')];
}

function changeList(comparison: Comparison): string[] {
  const { crossovers, winners, failures } = comparison;
  const lines = [
    ...crossovers.map(
      (change) => `Crossover moved: ${scenarioPrefix(comparison, change.scenario)}${crossoverText(change)}.`,
    ),
    ...winners.map(
      ({ scenario, account, point, before, after }) =>
        `Another winner: ${scenarioPrefix(comparison, scenario)}\`${after}\` instead of \`${before}\` (${account}, ${formatPoint(point)}).`,
    ),
    ...failures.map(({ scenario, strategy, point, how, reason, before }) => {
      const what = {
        wrong: 'answers wrongly',
        crashed: 'crashes',
        limit: 'is over its limit',
        refused: 'could not run',
        fixed: 'has an answer again',
      }[how];
      const when = how === 'fixed' ? '' : before ? ' (as on base)' : ' (new)';
      return `${scenarioPrefix(comparison, scenario)}\`${strategy}\` ${what}${when} at ${formatPoint(point)}: ${oneLine(reason)}`;
    }),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

function rowsTable(comparison: Comparison, rows: readonly Compared[]): string {
  return table(
    ['', 'what', 'where', 'base', 'head', 'change', 'noise of base', 'red beyond'],
    rows.map((row) => [
      row.red ? '🔴' : { slower: '🔺', faster: '🔽', same: '=', undecided: '?' }[row.label],
      `${scenarioPrefix(comparison, row.scenario)}\`${row.strategy}\`${row.quantity === 'time' ? '' : `, ${quantityWords[row.quantity]}`}`,
      whereText(row),
      valueText(row, row.base),
      valueText(row, row.head),
      changeText(row.ratio),
      Number.isFinite(row.noise) ? formatPercent(row.noise) : '',
      `+${formatPercent(row.limit)}`,
    ]),
  );
}

const quantityWords: Readonly<Record<Compared['quantity'], string>> = {
  time: 'time',
  cpu: 'CPU time',
  memory: 'peak memory',
  'ratio to for-loop': 'ratio to for-loop',
};

function cellList(title: string, cells: readonly UnmatchedCell[]): string[] {
  if (cells.length === 0) return [];
  const names = cells.map(
    ({ scenario, strategy, point }) => `${scenario}, \`${strategy}\`, ${formatPoint(point)}`,
  );
  return [`${title} (not compared, and no failure):\n\n${names.map((name) => `- ${name}`).join('\n')}`];
}

/** What is told above as news of head is not told again. */
function uncomparedList({ coverage, failures }: Comparison): string[] {
  const keyOf = ({ scenario, strategy, point }: UnmatchedCell) => JSON.stringify([scenario, strategy, point]);
  const told = new Set(failures.map(keyOf));
  const cells = coverage.uncompared.filter((cell) => coverage.compared === 0 || !told.has(keyOf(cell)));
  if (cells.length === 0) return [];
  const lines = cells.slice(0, mostUncompared).map((cell) => `- ${uncomparedText(cell)}`);
  const left = cells.length - lines.length;
  const more = left > 0 ? [`- and ${left} more, in comparison.json`] : [];
  return [`Not compared, for want of times on both sides:\n\n${[...lines, ...more].join('\n')}`];
}

function howList({ base, head, pairing, machine, notes, quick }: Comparison): string {
  const lines = [
    ...[base, head].map(
      ({ name, runs, host }, side) =>
        `${side === 0 ? 'Base' : 'Head'}: ${oneLine(name)}; ${listed(runs.map(({ scenario, rounds, run }) => `${scenario} in ${counted(rounds, 'round')} (run ${run})`))}; ${oneLine(host.cpu)}, ${counted(host.usableCores, 'usable core')}, Node ${host.node}`,
    ),
    pairingWords[pairing],
    ...(quick ? ['Quick runs: indicative.'] : []),
    ...(machine.common === undefined
      ? []
      : [
          `All strategies together: ${formatRatio(machine.common)} the time on head${machine.takenOut ? ', taken for the machine and divided out of every time' : ''}.`,
        ]),
    ...(machine.spin === undefined
      ? []
      : [`A fixed piece of work between the cells: ${formatRatio(machine.spin)} the time on head.`]),
    ...notes.map(oneLine),
    'one-shot: a first session in a new process, start-up included. warm: fresh data into what runs already. resident: computing alone, the data in place.',
    'Change: head over base, with 95 % intervals over rounds. 🔴 surely beyond its limit; 🔺🔽 surely different; = the same; ? undecided. The marks for slower and faster are corrected for how much was asked; the intervals are not.',
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

const pairingWords: Readonly<Record<Comparison['pairing'], string>> = {
  interleaved: 'Measured round by round in one job on one machine; rounds are compared in pairs.',
  separate:
    'Two separate runs on one machine: what all strategies have in common cannot be told from the machine.',
  'across hosts':
    'Different machines, or other conditions: only ratios to for-loop within each run are compared.',
};

function folded(title: string, parts: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'];
}
