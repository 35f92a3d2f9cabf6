import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/*
 * What every object has by birth (`constructor`, `toString`) is found in a table that is a plain object, as if it had
 * been written there: a strategy of that name once cost its whole verdict. So a table by names is a Map.
 */
const table = /^\s*(?:export )?const (\w+): (?:Readonly<)?(?:Partial<)?Record<string, .*?= \{/;

/** Asked only with names of our own. */
const ownNames: Readonly<Record<string, string>> = {
  'src/plugins/kernel.ts right': 'asked with names of our own fields',
  'src/measure/machine/system-files.ts scale': 'letters of our own pattern',
};

const root = fileURLToPath(new URL('../../', import.meta.url));

function plainTables(file: string, source: string): string[] {
  return source.split('\n').flatMap((line) => {
    const name = table.exec(line)?.[1];
    return name === undefined ? [] : [`${file} ${name}`];
  });
}

test('a table by names that may come from outside is a Map', () => {
  const files = ['src', 'strategies', 'scenarios'].flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true }) as string[])
      .filter((name) => name.endsWith('.ts') && !/(?:\.test|fixtures)\.ts$|\/testing\//.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => plainTables(file, readFileSync(join(root, file), 'utf8')));
  expect(found.toSorted()).toEqual(Object.keys(ownNames).toSorted());
});

test('the search finds one', () => {
  expect(
    plainTables('a.ts', 'const looks: Readonly<Record<string, Look>> = {\n  a: 1,\n};\nconst b = {};'),
  ).toEqual(['a.ts looks']);
});
