import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './pages.js';

/* docs/architecture.md says what each folder is, and what it imports: that is held against the import lines. */

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** Of everybody: they say nothing of how a folder depends on another. */
const everybodys = ['contract/errors.js', 'contract/axes.js', 'files/'];

const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Folder of src to the last column of its row. */
function rowsOf(text: string): Map<string, string> {
  const rows = text.matchAll(/^\| `src\/(\w+)` \| .+ \| (.+) \|$/gm);
  return new Map([...rows].map(([, folder, imports]) => [folder, imports]));
}

/** Folders that the product code of a folder imports, in the order of the alphabet. */
function importedBy(folder: string): string[] {
  const files = (readdirSync(join(root, 'src', folder), { recursive: true }) as string[])
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const targets = files.flatMap((file) =>
    [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)]
      .map(([, specifier]) => join(file, '..', specifier).replaceAll('\\', '/'))
      .filter((target) => !everybodys.some((each) => target.startsWith(each))),
  );
  const found = new Set(targets.map((target) => target.split('/')[0]));
  return folders.filter((each) => each !== folder && found.has(each));
}

/** What a row says: names of folders, "nothing" or "everything". */
function namedIn(row: string): string[] {
  return folders.filter((each) => new RegExp(`\\b${each}\\b`).test(row));
}

describe('the architecture page', () => {
  const rows = rowsOf(page);

  it('has a row for each folder of src, and for no other', () => {
    expect(folders.length).toBeGreaterThan(15);
    expect([...rows.keys()].sort()).toEqual(folders);
  });

  it.each(folders)('says of src/%s what it imports', (folder) => {
    const row = rows.get(folder) ?? '';
    const imported = importedBy(folder);
    if (row === 'everything') return expect(imported.length).toBeGreaterThan(folders.length / 2);
    expect(namedIn(row)).toEqual(imported);
    expect(row === 'nothing').toBe(imported.length === 0);
  });

  it('names the folders beside src', () => {
    for (const folder of ['strategies', 'scenarios', 'schema', 'scripts', 'test/support'])
      expect(page).toMatch(new RegExp(`^\\| .*\`${folder}\``, 'm'));
  });
});

it('README leads to it, and to how something is added', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const [title, links] of [
    ['Architecture', ['docs/architecture.md']],
    ['Adding to it', ['docs/plug-ins.md#a-strategy', 'CONTRIBUTING.md']],
  ] as const) {
    const section = readme.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? '';
    for (const link of links) expect(section).toContain(`](${link}`);
  }
});
