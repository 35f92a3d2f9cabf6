import { pointKey } from '../contract/axes.js';
import { InputError } from '../contract/errors.js';
import type { CellHeader, CellRecord, Results } from '../results/format.js';

/** Runs of different questions: their times belong to no one formula. */
export class UnpoolableError extends InputError {
  override readonly name = 'UnpoolableError';
}

/** What runs must have in common to be fitted together. */
const common: readonly { readonly what: string; of(results: Results): string }[] = [
  { what: 'machine', of: ({ header }) => header.host.fingerprint },
  { what: 'Node', of: ({ header }) => header.host.node },
  { what: 'kernel', of: ({ header }) => header.scenario.kernel.id },
  { what: 'options of the kernel', of: ({ header }) => JSON.stringify(header.scenario.kernel.options) },
  { what: 'form of the data', of: ({ header }) => header.scenario.from },
  { what: 'defaults', of: ({ header }) => pointKey(header.defaults) },
];

/** Several runs as one: equal cells share their rounds, others stand side by side. Throws an UnpoolableError. */
export function pooled(runs: readonly Results[]): Results {
  const [first, ...others] = runs;
  for (const other of others) {
    const differs = common.find(({ of }) => of(first) !== of(other));
    if (differs !== undefined)
      throw new UnpoolableError(
        `the runs ${first.header.run} and ${other.header.run} differ in ${differs.what} (${differs.of(first)} and ` +
          `${differs.of(other)}): fit each by itself.`,
      );
  }
  const cells = new Map<string, CellHeader>();
  const records: CellRecord[] = [];
  let rounds = 0;
  for (const { header, records: own } of runs) {
    const ids = new Map(header.cells.map((cell) => [cell.id, idIn(cells, cell)]));
    for (const record of own)
      records.push({ ...record, cell: ids.get(record.cell) ?? record.cell, round: record.round + rounds });
    // Under a budget a cell may have more rounds than were planned.
    rounds += own.reduce((most, { round }) => Math.max(most, round + 1), header.rounds);
  }
  const labels = new Map(
    runs.flatMap(({ header }) => header.strategies.map((one) => [one.label, one] as const)),
  );
  const header = { ...first.header, strategies: [...labels.values()], cells: [...cells.values()], rounds };
  return { ...first, header, records };
}

function idIn(cells: Map<string, CellHeader>, cell: CellHeader): string {
  const key = `${cell.strategy} ${pointKey(cell.point)}`;
  const known = cells.get(key) ?? { ...cell, id: `c${cells.size + 1}` };
  cells.set(key, known);
  return known.id;
}
