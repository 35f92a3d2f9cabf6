import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type CodeRoots, digestOwnCode, findCode, readOwnCode } from './code.js';
import { packageHref } from './module.js';
import { readSpecifiers } from './specifiers.js';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-code-'));
  made.push(folder);
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function namesOf(folder: string, kernel = 'k.mjs', roots: Partial<CodeRoots> = {}): string[] {
  const { files } = findCode({ kernel: hrefIn(folder, kernel), others: [], ...roots });
  return files.map(({ file }) => file);
}

const hrefIn = (folder: string, name: string) => pathToFileURL(join(folder, name)).href;

describe('the code of a plug-in', () => {
  it.each<[string, string]>([
    ['a static import', `import { a } from './lib/a.mjs';`],
    ['an import of everything', `import * as a from "./lib/a.mjs";`],
    ['an import for its effect', `import './lib/a.mjs';`],
    ['a small one', `import{a}from"./lib/a.mjs";`],
    ['one over several lines', `import {\n  a, // the first\n  b,\n} from /* ours */ './lib/a.mjs';`],
    ['a dynamic import', `const a = await import('./lib/a.mjs');`],
    ['a dynamic import of a template', 'const a = await import(`./lib/a.mjs`);'],
    ['one with a comment in it', `const a = await import(/* webpackIgnore: true */ './lib/a.mjs');`],
    ['an export from', `export * from './lib/a.mjs';`],
    ['a require', `const a = require('./lib/a.mjs');`],
    ['a URL beside it', `const a = new URL('./lib/a.mjs', import.meta.url);`],
    ['a URL without a dot', `const a = new URL('lib/a.mjs', import.meta.url);`],
    ['a place that is asked for', `const a = import.meta.resolve('./lib/a.mjs');`],
    ['one with a query', `import './lib/a.mjs?fresh=1';`],
  ])('has %s', (_, source) => {
    expect(namesOf(project({ 'k.mjs': source, 'lib/a.mjs': '' }))).toEqual(['k.mjs', 'lib/a.mjs']);
  });

  it('has what its imports import, wasm, JSON, an index, and files in a circle once', () => {
    const folder = project({
      'k.mjs': `import './a.mjs';`,
      'a.mjs': `import './k.mjs'; import './b.cjs';`,
      'b.cjs': `require('./c'); require('./data'); new URL('sum.wasm', import.meta.url);`,
      'c/index.js': '',
      'data.json': '{}',
      'sum.wasm': '',
      'unused.mjs': '',
    });
    expect(namesOf(folder)).toEqual(['a.mjs', 'b.cjs', 'c/index.js', 'data.json', 'k.mjs', 'sum.wasm']);
  });

  it('has TypeScript, types and all', () => {
    const folder = project({
      'k.ts': `import type { A } from './a.ts';\nexport const b = <T,>(x: T): T => x;`,
      'a.ts': '',
    });
    expect(namesOf(folder, 'k.ts')).toEqual(['a.ts', 'k.ts']);
  });

  it('has no modules of Node, nothing that is not there, and no file that it may write', () => {
    const source = `import 'node:fs'; import 'path'; import './gone.mjs'; new URL('./log.txt', import.meta.url);`;
    expect(namesOf(project({ 'k.mjs': source, 'log.txt': '' }))).toEqual(['k.mjs']);
  });

  it('has installed packages by version, also where they are only importable', () => {
    const folder = project({
      'k.mjs': `import 'one'; import '@scope/two/sub'; import '../${'x'}/none'; import './node_modules/three/lib.js';`,
      'node_modules/one/package.json': '{"version":"1.2.3","exports":{"import":"./x.mjs"}}',
      'node_modules/@scope/two/package.json': '{"version":"2.0.0"}',
      'node_modules/three/package.json': '{"version":"3.0.0"}',
      'node_modules/three/lib.js': `import './more.js';`,
      'node_modules/three/more.js': '',
    });
    expect(namesOf(folder)).toEqual(['@scope/two@2.0.0', 'k.mjs', 'one@1.2.3', 'three@3.0.0']);
  });

  it('has a linked package, its own name and its own short names file by file', () => {
    const linked = project({
      'package.json':
        '{"name":"linked","exports":{".":{"import":"./main.mjs","require":"./main.cjs"},"./p/*":"./parts/*.mjs"}}',
      'main.mjs': '',
      'main.cjs': '',
      'parts/a.mjs': '',
      'parts/b.mjs': '',
    });
    const folder = project({
      'package.json':
        '{"name":"me","exports":"./main.mjs","imports":{"#a":"./a.mjs","#deep/*":"./deep/*.mjs"}}',
      'k.mjs': `import 'linked'; import 'linked/p/b'; import '#a'; import '#deep/x'; import 'me';`,
      'a.mjs': '',
      'deep/x.mjs': '',
      'main.mjs': `import './more.mjs';`,
      'more.mjs': '',
    });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(linked, join(folder, 'node_modules/linked'));
    expect(namesOf(folder)).toEqual([
      'a.mjs',
      'deep/x.mjs',
      'k.mjs',
      'main.cjs',
      'main.mjs',
      'main.mjs (2)',
      'more.mjs',
      'parts/b.mjs',
    ]);
  });

  it('says which files the kernel leads to', () => {
    const folder = project({
      'k.mjs': `import './shared.mjs';`,
      's.mjs': `import './shared.mjs'; import './own.mjs';`,
      'shared.mjs': '',
      'own.mjs': '',
    });
    const { files, isCut } = findCode({ kernel: hrefIn(folder, 'k.mjs'), others: [hrefIn(folder, 's.mjs')] });
    expect(files.map(({ file, kernel }) => [file, kernel])).toEqual([
      ['k.mjs', true],
      ['own.mjs', undefined],
      ['s.mjs', undefined],
      ['shared.mjs', true],
    ]);
    expect(isCut).toBe(false);
  });

  it('has the manifest of a program, its sources, and what lies beside them', () => {
    const folder = project({
      'program.json': JSON.stringify({
        id: 'own',
        title: 'Own',
        command: ['{python}', 'main.py'],
        tools: { python: 'python3' },
        needs: 'Python',
        kernels: ['sum'],
        strategies: [{ id: 'loop', title: 'Loop' }],
      }),
      'main.py': '',
      'ways/loop.py': '',
      'ways/__pycache__/loop.py': '',
      'notes.txt': '',
      'k.mjs': '',
    });
    const others = [`${hrefIn(folder, 'program.json')}?strategy=loop&home=program`];
    expect(namesOf(folder, 'k.mjs', { others })).toEqual([
      'k.mjs',
      'main.py',
      'program.json',
      'ways/loop.py',
    ]);
  });

  it('has what `breakeven` means in another checkout, and nothing of this tool', () => {
    const other = project({
      'k.mjs': `import 'breakeven';`,
      'dist/src/index.js': `import './a.js';`,
      'dist/src/a.js': '',
    });
    const self = { under: `${pathToFileURL(other).href}/`, self: hrefIn(other, 'dist/src/index.js') };
    expect(namesOf(other, 'k.mjs', { self })).toEqual(['dist/src/a.js', 'dist/src/index.js', 'k.mjs']);
    expect(namesOf(other)).toEqual(['k.mjs']);
    const shipped = findCode({ kernel: new URL('scenarios/kernels/sum.js', packageHref).href, others: [] });
    expect(shipped.files).toEqual([]);
  });

  it('names no folder of the machine', () => {
    const folder = project({ 'a/b/c/k.mjs': `import '../../../x.mjs';`, 'x.mjs': '' });
    rmSync(join(folder, 'package.json'));
    const { files } = findCode({ kernel: hrefIn(folder, 'a/b/c/k.mjs'), others: [] });
    expect(files.map(({ file }) => file)).toEqual(['k.mjs', '…/x.mjs']);
  });

  it('is followed to a bound, which is said', () => {
    const names = [...Array(2_100).keys()].map((number) => `p${number}.mjs`);
    const folder = project({
      'k.mjs': names.map((name) => `import './${name}';`).join('\n'),
      ...Object.fromEntries(names.map((name) => [name, ''])),
    });
    const { files, isCut } = findCode({ kernel: hrefIn(folder, 'k.mjs'), others: [] });
    expect([files.length, isCut]).toEqual([2_000, true]);
  });
});

describe('reading a source', () => {
  it.each([
    ['from '.repeat(50_000)],
    ['from /*'.repeat(50_000)],
    [`import(${' '.repeat(200_000)}`],
    [`import '${'a'.repeat(200_000)}`],
  ])('takes no square of the length of a hostile one', (source) => {
    const beganMs = performance.now();
    expect(readSpecifiers(source)).toEqual([]);
    // A square of 200,000 steps would take minutes.
    expect(performance.now() - beganMs).toBeLessThan(10_000);
  });
});

describe("the tool's own code", () => {
  it('is what takes part in measuring, programs and wasm too, and no test', () => {
    const names = readOwnCode().map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'src/index.js',
        'src/measure/cell/main.js',
        'src/workers/pool.js',
        'strategies/for-loop.js',
        'strategies/python/main.py',
        'strategies/native/main.c',
        'scenarios/kernels/sum.wasm',
      ]),
    );
    expect(names.filter((name) => /\.test\.|testing/.test(name))).toEqual([]);
  });

  it('has another digest with another file', () => {
    const files = readOwnCode();
    expect(digestOwnCode(files)).toBe(digestOwnCode());
    expect(digestOwnCode([{ ...files[0], sha256: '0' }, ...files.slice(1)])).not.toBe(digestOwnCode());
    expect(fileURLToPath(packageHref)).toMatch(/dist/);
  });
});
