import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { flag } from '../src/cli/options.js';
import { manifestName } from '../src/files/outputs.js';
import { reports, root } from '../test/support/goldens.js';
import { defineLab, say } from './lab/lab.js';
import { writeReport } from './lab/report.js';

/*
 * `npm run golden` names the committed texts and charts that the code would write otherwise, and exits with 1 if there are
 * any. `npm run golden -- --update` writes them anew: only where what is said is meant to change. Read the difference then.
 */

export const lab = defineLab({ update: flag('writes them anew') }, async ({ update }) => {
  const different = Object.values(reports).flatMap((rebuild) =>
    [...rebuild()].filter(([path, text]) => readCommitted(path) !== text),
  );
  for (const [path, text] of different) {
    if (update) {
      writeReport(`${root}${path}`, text);
      listInManifest(path, text);
    }
    say(`${update ? 'written anew' : 'differs'}: ${path}`);
  }
  if (different.length === 0) say('All as committed.');
  return different.length > 0 && !update ? 1 : 0;
});

function readCommitted(path: string): string | undefined {
  return existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, 'utf8') : undefined;
}

/** The manifest of its folder says that it is ours as it is now: else the next report would not replace it. */
function listInManifest(path: string, text: string): void {
  const manifestPath = `${root}${dirname(path)}/${manifestName}`;
  if (!existsSync(manifestPath)) return;
  const manifest: { files: Record<string, string[]> } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  manifest.files[basename(path)] = [createHash('sha256').update(text).digest('hex')];
  writeFileSync(manifestPath, `${JSON.stringify(manifest, null, 1)}\n`);
}
