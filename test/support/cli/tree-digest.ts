import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every name below a folder with its kind, permissions and content, links as links: equal before and after where
 * nothing was touched. `skip`: names at the top that are left out.
 */
export function digestTree(folder: string, skip: readonly string[] = []): Record<string, string> {
  const entries: Record<string, string> = {};
  const walk = (below: string) => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (below === '' && skip.includes(name)) continue;
      const path = join(below, name);
      const found = lstatSync(join(folder, path));
      const mode = (found.mode & 0o7777).toString(8);
      if (found.isSymbolicLink()) entries[path] = `link ${readlinkSync(join(folder, path))}`;
      else if (found.isFile()) entries[path] = `file ${mode} ${digestOf(readFileSync(join(folder, path)))}`;
      else entries[path] = `${found.isDirectory() ? 'folder' : 'other'} ${mode}`;
      if (found.isDirectory()) walk(path);
    }
  };
  walk('');
  return entries;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
