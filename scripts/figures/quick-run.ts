import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Results } from '../../src/results/format.js';
import { resultsFileName } from '../../src/results/journal.js';
import { readResults } from '../../src/results/reader.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** What a shipped scenario writes in quick mode, as one runs it, into a folder under `out`; `more` arguments. */
export function quickResults(id: string, out: string, more: readonly string[] = []): Results {
  const args = [main, 'bench', '--scenario', id, '--quick', '--out', out, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  // 3: the machine was too busy to judge; the cells are measured all the same.
  if (status !== 0 && status !== 3) throw new Error(`${id} ended with ${status}: ${stderr}`);
  const verdict = stdout.trimEnd().split('\n').at(-1) ?? '';
  return readResults(join(dirname(verdict), resultsFileName));
}
