import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { availableBytes } from '../../src/measure/machine/cgroup.js';
import type { Billion } from './billion-main.js';
import type { Ruler } from './ruler.js';

const asked = 1_000_000_000;
const bytesPerNumber = 20;

/** Left to everything else on the machine. */
const usableShare = 0.95;

/** As many doubles as asked for, or as fit, through `wasm-simd-threads` in a process of its own: its peak memory. */
export async function billion(): Promise<Ruler[]> {
  const fits = Math.floor((availableBytes() * usableShare) / bytesPerNumber / 1e6) * 1e6;
  const numbers = Math.min(asked, fits);
  const main = fileURLToPath(new URL('./billion-main.js', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, `${numbers}`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${numbers} numbers through wasm-simd-threads: ${stderr}`);
  const { peakBytes, runMs, difference } = JSON.parse(stdout) as Billion;
  if (difference !== undefined) throw new Error(`wasm-simd-threads: ${difference}`);
  const each = peakBytes / numbers;
  const less = numbers < asked ? `; ${asked.toLocaleString('en')} do not fit into this machine's memory` : '';
  return [
    {
      name: `${numbers.toLocaleString('en')} doubles through wasm-simd-threads, verified: memory per number`,
      seen: `${each.toFixed(2)} bytes, ${(runMs / 1_000).toFixed(1)} s the call${less}`,
      bar: `≤ ${bytesPerNumber} bytes`,
      holds: each <= bytesPerNumber,
    },
  ];
}
