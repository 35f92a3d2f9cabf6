import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenLinks, pageFiles, readPage } from '../../test/pages/pages.js';

const clone = fileURLToPath(new URL('../../../', import.meta.url));

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack` would put into the tarball. Without scripts: `prepare` would build anew under the tests that run. */
function pack(): Packed {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout, stderr, status } = spawnSync('npm', args, { cwd: clone, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  return (JSON.parse(stdout) as Packed[])[0];
}

/** Files that a module of the package imports, or starts by its URL. */
function importsOf(path: string): string[] {
  const source = readFileSync(join(clone, path), 'utf8');
  const named = /(?:from|import|import\(|new URL\()\s*['"](\.\.?\/[^'"]+)['"]/g;
  return [...source.matchAll(named)].map(([, to]) => join(path, '..', to));
}

describe('the tarball', { timeout: 60_000 }, () => {
  const { files, size } = pack();
  const paths = files.map(({ path }) => path);
  const modules = paths.filter((path) => /^dist\/src\/.*\.js$/.test(path));

  it('holds no test and nothing that only tests use', () => {
    const support = /\.test\.|(^|\/)(test|tests|testing|fixtures|synthetic|simulated|faulty)(\/|\.)|made-up/;
    expect(paths.filter((path) => support.test(path))).toEqual([]);
    expect(paths.filter((path) => /^dist\/(test|scripts)\//.test(path))).toEqual([]);
    expect(modules.length).toBeGreaterThan(300);
  });

  it('holds all that its modules import', () => {
    const there = new Set(paths);
    const lacking = modules.flatMap((path) =>
      importsOf(path)
        .filter((to) => /\.js$/.test(to) && !there.has(to))
        .map((to) => `${path} imports ${to}`),
    );
    expect(lacking).toEqual([]);
  });

  it('holds all that its pages link to', () => {
    // The changelog is history: what it once pointed at may be gone.
    const pages = paths.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md');
    expect(pages).toEqual(expect.arrayContaining([...pageFiles]));
    const isThere = (path: string) => paths.some((each) => each === path || each.startsWith(`${path}/`));
    expect(pages.flatMap((page) => brokenLinks(readPage(page), isThere))).toEqual([]);
  });

  it('holds the data of its scenarios, and is small all the same', () => {
    expect(paths).toContain('dist/scenarios/data/flights.parquet');
    expect(paths).toContain('dist/scenarios/kernels/sum.wasm');
    expect(size).toBeLessThan(5e6);
  });
});
