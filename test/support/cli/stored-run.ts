import { writeFileSync } from 'node:fs';
import { readHost } from '../../../src/measure/host.js';
import { exampleStrategies, syntheticResults } from '../synthetic.js';

/** Writes a run of the example strategies on this machine, as far as a file can tell; `host` and `axes` change that. */
export function storeRun(path: string, host = {}, axes = {}): void {
  const { header, records } = syntheticResults({
    strategies: exampleStrategies,
    sweeps: [{ keys: [4, 32, 256], length: [10, 100, 1_000, 10_000], ...axes }],
    rounds: 4,
    host: { ...readHost(), ...host },
  });
  writeFileSync(path, `${[header, ...records].map((line) => JSON.stringify(line)).join('\n')}\n`);
}
