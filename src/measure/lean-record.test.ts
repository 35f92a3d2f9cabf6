import { describe, expect, test } from 'vitest';
import type { CellRecord, Measured } from '../results/format.js';
import { leanRecord } from './measure.js';

const series = (samplesNs: readonly number[]) => ({
  samplesNs,
  passes: 1,
  warmupCalls: 3,
  cpuNs: 1,
  gcNs: 0,
});

function recordWith(count: number): CellRecord & { readonly outcome: Measured } {
  const rising = Array.from({ length: count }, (_, i) => 1_000 + i);
  const phase = rising.map((ns) => ns / 4);
  return {
    type: 'cell',
    cell: 'c1',
    round: 2,
    order: 7,
    startedMs: 1,
    elapsedMs: 2,
    outcome: {
      status: 'measured',
      oneShot: { totalNs: 9, phases: { importNs: 1, openNs: 2, runNs: 3, closeNs: 3 }, cpuNs: 8 },
      warm: {
        ...series(rising),
        busyNs: 5,
        stages: {
          ...series(rising),
          phasesNs: { place: phase, compute: phase, collect: phase, release: phase },
        },
        trace: { kind: 'spans', totalNs: 1, caller: { spans: [], gc: [] }, workers: [], estimated: [] },
      },
      resident: { ...series(rising), status: 'measured', streamed: false },
      peakBytes: 1,
      baseBytes: 1,
      elements: 'ints',
    },
  };
}

describe('the record that the driver keeps', () => {
  test('of short series is whole, but for the trace and the phases', () => {
    const record = recordWith(10);
    const { trace: _, stages: __, ...warm } = record.outcome.warm ?? {};
    const lean = leanRecord(record);
    expect(lean).toMatchObject({ ...record, outcome: { ...record.outcome, warm } });
    expect(lean.outcome).not.toHaveProperty('warm.trace');
    expect(lean.outcome).toMatchObject({ warm: { stages: { phasesNs: { place: [251.125] } } } });
  });

  test('of long ones has their median, their thirds and their order', () => {
    const { outcome } = leanRecord(recordWith(3_000));
    const { samplesNs } = (outcome as Measured).warm ?? { samplesNs: [] };
    expect(samplesNs).toHaveLength(60);
    expect([...samplesNs].sort((a, b) => a - b)).toEqual(samplesNs);
    expect((samplesNs[29] + samplesNs[30]) / 2).toBeCloseTo(2_499.5, 6);
    expect(samplesNs[0]).toBeCloseTo(1_024.5, 6);
    expect(JSON.stringify(outcome).length).toBeLessThan(4_000);
  });
});
