import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../', import.meta.url));

/** Of the built program and of this check: what was measured by other code is another measurement. */
export function codeDigest(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'strategies', 'scripts/gate-check']) {
    const names = readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => /(?<!\.test)\.js$/.test(each)).sort())
      hash.update(`${folder}/${name}\0`).update(readFileSync(join(dist, folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
