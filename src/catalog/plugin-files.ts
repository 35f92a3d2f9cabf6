import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';

export interface PluginFile {
  /** File name without ending, or the folder's name: the id. */
  readonly id: string;
  readonly href: string;
}

/**
 * The plug-ins in a folder: `<id>.js` or `<id>/index.js`. Names with a second dot (tests, helpers) or a leading "_"
 * are skipped. Sorted by id.
 */
export function pluginFiles(folder: URL): PluginFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((entry): PluginFile[] => {
      if (entry.isFile() && /^[^.]+\.m?js$/.test(entry.name)) {
        return [{ id: basename(entry.name).replace(/\.m?js$/, ''), href: new URL(entry.name, folder).href }];
      }
      const index = new URL(`${entry.name}/index.js`, folder);
      return entry.isDirectory() && existsSync(index) ? [{ id: entry.name, href: index.href }] : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
