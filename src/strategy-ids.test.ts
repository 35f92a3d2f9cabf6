import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { shippedPeerFiles, shippedProgramFiles, shippedStrategyFiles } from './plugins/find.js';

/*
 * The house knows a strategy by what it declares, never by its id: a new one needs no line anywhere else, and ours have
 * no privilege over anybody's. The plain loop is a word of the field besides being an id ("ratio to for-loop"): it may
 * stand in a sentence, and never as a value of its own.
 */

/** Who may name strategies all the same, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'src/results/older-traits.ts': 'data about files of the time when strategies declared nothing',
  'src/documents/lesson/':
    'a text about some of the strategies that ship, and the cells that it measures for it',
  'src/cli/list.ts': 'the package that others have to install for their pools',
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const ids = [...shippedStrategyFiles(), ...shippedProgramFiles(), ...shippedPeerFiles()]
  .map(({ id }) => id)
  .filter((id) => id !== 'for-loop');

/** Lines of code that name a strategy; comments may. */
function namesIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return code.split('\n').filter((line) => {
    const text = line.replace(/node:\w+/g, '');
    return /(['"`])for-loop\1/.test(text) || ids.some((id) => wordPattern(id).test(text));
  });
}

function wordPattern(id: string): RegExp {
  return new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
}

function productSources(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.split(sep).join('/')}`)
    .filter((file) => /\.ts$/.test(file) && !/\.(test|d)\.ts$/.test(file))
    .filter((file) => !/\/(testing|synthetic|faulty)\/|fixtures(\.ts|\/)/.test(file));
}

it('no source names a strategy by its id', () => {
  const files = productSources().filter(
    (file) => !Object.keys(exceptions).some((start) => file.startsWith(start)),
  );
  const named = files.flatMap((file) =>
    namesIn(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  );
  expect(named).toEqual([]);
  expect(files.length).toBeGreaterThan(300);
  expect(ids.length).toBeGreaterThan(12);
});

it.each([
  [`if (id === 'for-loop') return;`, 1],
  [`const ways = ['typed-array'];`, 1],
  ['const text = `wasm-simd and others`;', 1],
  [`const quantity = 'ratio to for-loop';`, 0],
  [`/** As worker-threads does. */\nconst a = 1; // not in wasm-simd`, 0],
  [`import { Worker } from 'node:worker_threads';\nconst own = 'my-typed-array';`, 0],
])('sees names of strategies in %s: %i', (source, count) => {
  expect(namesIn(source)).toHaveLength(count);
});
