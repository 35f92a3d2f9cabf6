import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exampleResults } from '../../../test/support/synthetic.js';
import { calibrate } from './calibration.js';

const { host } = exampleResults().header;
const entry = {
  id: 'burn',
  module: 'file:///burn.js',
  plugin: { calibrates: true, calibrated: { option: 'cost', ns: 1_000 } },
};

let folder: string;
let day = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakeven-calibration-'));
  vi.stubEnv('BREAKEVEN_CACHE', folder);
  day = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function measured(rate: number, load = '0.10') {
  const now = () => `2026-01-0${++day}T00:00:00.000Z`;
  const source = { measure: async () => ({ rate }), now, read: () => `${load} 0.2 0.3 1/100 1` };
  return calibrate(entry, host, now, source);
}

it('is measured in each run: a rate that a busy machine gave once does not last', async () => {
  expect(await measured(301, '2.50')).toMatchObject({ options: { rate: 301 }, load1: 2.5 });
  expect(await measured(611)).toMatchObject({ options: { rate: 611 }, load1: 0.1 });
});

it('stays what it was, with its date, where a new measurement finds the same within 5 %', async () => {
  const first = await measured(611);
  expect(await measured(600)).toEqual(first);
  expect(await measured(640)).toEqual(first);
  expect(await measured(650)).toMatchObject({ options: { rate: 650 }, at: '2026-01-04T00:00:00.000Z' });
});

it('says which axis it gives its unit to', async () => {
  expect(await measured(611)).toMatchObject({ axis: { option: 'cost', ns: 1_000 } });
});
