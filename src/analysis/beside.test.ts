import { describe, expect, test } from 'vitest';
import { exampleStrategies, type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import { analyse } from './analyse.js';

const program = (label: string, perElementNs: number): StrategyModel => ({
  label,
  family: 'external',
  program: label.split('-')[0],
  compute: ({ elements }) => perElementNs * elements,
  run: ({ elements }) => perElementNs * elements,
});

/** Faster than everything here, and free of all moving: it would win every point. */
const native = program('native-serial', 0.01);
const python = [program('python-for-loop', 50), program('python-numpy', 5)];
const sweeps = [{ length: [1_000, 100_000] }];
const analysed = (strategies: readonly StrategyModel[]) =>
  analyse(syntheticResults({ sweeps, strategies, rounds: 8, noise: { cell: 0.01 } }), { draws: 300 });

describe('strategies whose data starts in a program', () => {
  const { accounts, breakEven } = analysed([...exampleStrategies, native, ...python]);
  const warm = accounts.find(({ account }) => account === 'warm');

  test('win no point, are no best single thread, and take part in no crossover', () => {
    const [alone, together] = [analysed(exampleStrategies), analysed([...exampleStrategies, native])];
    const ranked = ({ accounts: all }: typeof alone) =>
      all.map(({ points, crossovers }) => [
        points.map(({ label, bestSingleThread }) => [
          label.kind,
          'strategy' in label ? label.strategy : '',
          bestSingleThread,
        ]),
        crossovers.map(({ question, shape }) => [question, shape]),
      ]);
    expect(ranked(together)).toEqual(ranked(alone));
    const labels = accounts.flatMap(({ points }) => points.map(({ label }) => JSON.stringify(label)));
    expect(labels.filter((label) => /native|python/.test(label))).toEqual([]);
  });

  test('stand beside the point, by program, each with a winner of its own', () => {
    const [point] = warm?.points ?? [];
    expect(point.cells.map(({ strategy }) => strategy)).not.toContain('native-serial');
    expect(point.beside.map(({ program: name, label }) => [name, label.kind])).toEqual([
      ['native', 'nobody'],
      ['python', 'winner'],
    ]);
    expect(point.beside[1].label).toMatchObject({ strategy: 'python-numpy' });
  });

  test('have a ratio to the for-loop of Node, and no speed-up', () => {
    const [cell] = warm?.points[1].beside[0].cells ?? [];
    expect(cell.ratioToForLoop?.value).toBeGreaterThan(10);
    expect(cell.speedUp).toBeUndefined();
  });

  test('cost nothing to move, and pay nothing back', () => {
    for (const { strategy } of breakEven) expect(strategy).not.toMatch(/native|python/);
  });
});

describe('clocks of programs', () => {
  const clocked = (apart: number) => {
    const results = syntheticResults({ sweeps: [{}], strategies: [exampleStrategies[0], native] });
    const widest = { message: 'run', insideNs: 1e6, outsideNs: 3e6 };
    const records = results.records.map((record) =>
      record.cell === 'c2' && record.outcome.status === 'measured'
        ? { ...record, outcome: { ...record.outcome, clocks: { messages: 100, apart, widest } } }
        : record,
    );
    return analyse({ ...results, records }, { draws: 300 }).findings.filter(
      ({ id }) => id === 'program-clocks-apart',
    );
  };

  test('that lie apart are a finding: a note by chance, a warning as a rule', () => {
    expect(clocked(0)).toEqual([]);
    expect(clocked(3)).toMatchObject([{ severity: 'note' }]);
    const [found] = clocked(80);
    expect(found.severity).toBe('warning');
    expect(found).toMatchObject({
      strategies: ['native-serial'],
      cells: ['c2'],
      facts: { worst: 0.8, widest: { message: 'run', insideNs: 1e6, outsideNs: 3e6 } },
    });
  });
});
