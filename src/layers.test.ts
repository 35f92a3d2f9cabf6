import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** What a folder of src may import, besides what is everybody's. `types`: only with `import type`. */
interface Rule {
  readonly from: readonly string[];
  readonly types?: readonly string[];
}

/** Errors, the table of axes and careful ways to touch files: nothing of how anything is done is in them. */
const everybodys = ['src/contract/errors.js', 'src/contract/axes.js', 'src/files/'];

const left = ['contract', 'dictionary', 'plugins', 'workers', 'process', 'results'];

/** A folder inside another one that has a rule of its own is named by its path. */
const rules: Readonly<Record<string, Rule>> = {
  contract: { from: [] },
  files: { from: [] },
  process: { from: [] },
  document: { from: [] },
  documents: {
    from: ['analysis', 'choose', 'document', 'model', 'results'],
    types: ['compare', 'contract'],
  },
  render: { from: ['document'] },
  dictionary: { from: ['contract'] },
  // Finding and loading a plug-in goes on to programs in other languages, never back.
  'plugins/external': { from: ['contract', 'dictionary', 'process'] },
  plugins: { from: ['contract', 'dictionary', 'plugins/external'] },
  workers: { from: ['contract', 'dictionary', 'plugins', 'process'] },
  results: { from: ['contract'] },
  measure: { from: [...left, 'plugins/external'] },
  // Decides what is measured next by what is known so far.
  'measure/planner': { from: ['analysis', 'document', 'results'], types: ['contract', 'measure'] },
  conformance: { from: [...left, 'plugins/external', 'measure'] },
  analysis: { from: ['results'], types: ['contract'] },
  choose: { from: [] },
  model: { from: ['analysis', 'choose', 'results'], types: ['contract'] },
  compare: { from: ['analysis', 'results'], types: ['contract'] },
  'app/report': {
    from: ['analysis', 'choose', 'compare', 'document', 'documents', 'model', 'render', 'results'],
    types: ['contract'],
  },
  checkout: { from: ['plugins', 'process'] },
  // What a command does, without a terminal.
  app: {
    from: [
      ...left,
      'plugins/external',
      'app/report',
      'measure',
      'measure/planner',
      'conformance',
      'analysis',
      'choose',
      'model',
      'compare',
      'document',
      'documents',
      'checkout',
    ],
  },
  // What is typed, and what is printed. Of how a thing is done it knows only types, to print what it is told.
  cli: {
    from: ['app', 'app/report', 'analysis', 'dictionary', 'document', 'documents', 'render'],
    types: ['choose', 'compare', 'conformance', 'contract', 'measure', 'model', 'results'],
  },
  'index.ts': { from: ['contract', 'dictionary', 'plugins', 'workers'] },
};

/** Single imports that a rule forbids, and why they stand. */
const exceptions: Readonly<Record<string, string>> = {
  "src/cli/commands.ts imports '../plugins/module.js'": 'the version of the tool, which `--version` prints',
};

interface Import {
  /** From the root of the repository, with '/'. */
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const statement = /^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string, source: string): Import[] {
  const lineAt = (index: number) => source.slice(0, index).split('\n').length;
  return [
    ...[...source.matchAll(statement)].map(({ 0: text, 1: type, 2: specifier, index }) => {
      const named = /\{([^}]*)\}/
        .exec(text)?.[1]
        .split(',')
        .map((each) => each.trim());
      const allTypes = named?.filter((each) => each !== '').every((each) => each.startsWith('type '));
      return { file, line: lineAt(index), specifier, typeOnly: type !== undefined || allTypes === true };
    }),
    ...[...source.matchAll(dynamic)].map(({ 1: specifier, index }) => {
      return { file, line: lineAt(index), specifier, typeOnly: false };
    }),
  ];
}

/** One sentence per import that breaks a rule: file, import, rule. */
function violations(imports: readonly Import[]): string[] {
  return [...imports.flatMap(broken), ...packagesInTwoPlaces(imports)];
}

function broken(each: Import): string[] {
  const { file, line, specifier } = each;
  if (exceptions[`${file} imports '${specifier}'`] !== undefined) return [];
  const rule = ruleBroken(each);
  return rule === undefined ? [] : [`${file}:${line} imports '${specifier}': ${rule}`];
}

function ruleBroken({ file, specifier, typeOnly }: Import): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  const [top] = file.split('/');
  const folder = folderOf(file);
  if (top === 'strategies' || top === 'scenarios') {
    if (specifier === 'breakeven' || /^\.\/[^/]+$/.test(specifier)) return undefined;
    return `${top}/ imports only 'breakeven' and siblings`;
  }
  if (!specifier.startsWith('.'))
    return specifier === 'breakeven' ? 'src never imports itself by name' : undefined;
  const target = join(file, '..', specifier).split(sep).join('/');
  const [targetTop] = target.split('/');
  const targetFolder = folderOf(target);
  if (targetTop !== 'src') return 'src never imports strategies/, scenarios/ or anything else outside src';
  if (targetFolder === folder) return undefined;
  if (targetFolder === 'index.js') return 'nothing in src imports index.ts';
  if (everybodys.some((each) => target.startsWith(each)) && folder !== 'choose') return undefined;
  const { from, types = [] } = rules[folder] ?? { from: [] };
  if (from.includes(targetFolder)) return undefined;
  if (types.includes(targetFolder))
    return typeOnly ? undefined : `${folder} takes only types from ${targetFolder}`;
  return `${folder} may import ${[...from, ...types].join(', ') || 'nothing'}, not ${targetFolder}`;
}

/** The innermost folder of src with a rule that a file lies in. */
function folderOf(file: string): string {
  const [, outer, inner] = file.split('/');
  const path = `${outer}/${inner}`;
  return rules[path] === undefined ? outer : path;
}

/** One package, one importing place: a folder, and in it one file or a folder of its own. */
function packagesInTwoPlaces(imports: readonly Import[]): string[] {
  const places = new Map<string, Map<string, Import>>();
  for (const each of imports) {
    if (/^(node:|\.|breakeven$)/.test(each.specifier) || each.typeOnly) continue;
    const name = each.specifier
      .split('/')
      .slice(0, each.specifier.startsWith('@') ? 2 : 1)
      .join('/');
    places.set(name, (places.get(name) ?? new Map()).set(each.file, each));
  }
  return [...places].flatMap(([name, files]) => {
    if (files.size === 1) return [];
    const where = [...files.values()].map(({ file, line }) => `${file}:${line}`).join(' and ');
    return [`${where} import '${name}': one third-party package has one importing place`];
  });
}

function sourcesBelow(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/\.(test|as|d)\.ts$/.test(name))
    .map((name) =>
      relative(root, join(root, folder, name))
        .split(sep)
        .join('/'),
    );
}

describe('the layers of the house', () => {
  const files = ['src', 'strategies', 'scenarios'].flatMap(sourcesBelow);
  const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

  test('every import keeps to the rules', () => {
    expect(violations(imports)).toEqual([]);
  });

  test('every exception is needed', () => {
    const there = new Set(imports.map(({ file, specifier }) => `${file} imports '${specifier}'`));
    expect(Object.keys(exceptions).filter((each) => !there.has(each))).toEqual([]);
  });

  test('a process that may live on is started in src/process alone, where the reaper is told of it', () => {
    const starts = /^import \{([^}]*)\} from 'node:child_process';$/m;
    const outside = files.filter((file) => !/^src\/process\/|\/testing\/|^strategies\//.test(file));
    const offending = outside.filter((file) => {
      const names = starts.exec(readFileSync(join(root, file), 'utf8'))?.[1].split(',') ?? [];
      // What is waited for in place ends before anything else happens.
      return names.some((name) => !/^\s*(type \w+|\w+Sync)?\s*$/.test(name));
    });
    expect(offending).toEqual([]);
    expect(outside.length).toBeGreaterThan(300);
  });

  test('all files are looked at, and every folder has a rule', () => {
    const folders = new Set(
      files.filter((file) => file.startsWith('src/')).map((file) => file.split('/')[1]),
    );
    expect([...folders].filter((folder) => rules[folder] === undefined)).toEqual([]);
    expect(imports.length).toBeGreaterThan(300);
  });
});

describe('a made-up violation is named with file, import and rule', () => {
  test.each([
    [
      'src/analysis/x.ts',
      `import { a } from '../measure/y.js';`,
      /^src\/analysis\/x\.ts:1 imports '\.\.\/measure\/y\.js': analysis may import results, contract, not measure$/,
    ],
    [
      'src/app/report/x.ts',
      `import { isLists } from '../../contract/dictionary.js';`,
      /report takes only types from contract$/,
    ],
    [
      'src/measure/cell/x.ts',
      `\nexport * from '../../cli/y.js';`,
      /x\.ts:2 .*measure may import .*, not cli$/,
    ],
    ['src/app/x.ts', `import { note } from '../cli/terminal.js';`, /app may import .*, not cli$/],
    ['src/cli/x.ts', `import { prepare } from '../measure/plan.js';`, /cli takes only types from measure$/],
    [
      'src/cli/x.ts',
      `import { findKernelFile } from '../plugins/find.js';`,
      /cli may import .*, not plugins$/,
    ],
    ['src/workers/x.ts', `import {\n  a,\n} from '../index.js';`, /nothing in src imports index\.ts$/],
    ['src/cli/x.ts', `const a = await import('../../strategies/for-loop.js');`, /never imports strategies\//],
    ['src/cli/x.ts', `import { b } from 'breakeven';`, /never imports itself by name$/],
    ['strategies/x.ts', `import { a } from './workers/pool.js';`, /only 'breakeven' and siblings$/],
    ['scenarios/kernels/x.ts', `import 'execa';`, /only 'breakeven' and siblings$/],
  ])('%s: %s', (file, source, message) => {
    const [found, ...others] = violations(importsOf(file, source));
    expect(found).toMatch(message);
    expect(others).toEqual([]);
  });

  test('a package with two importing places', () => {
    const imports = ['src/process/a.ts', 'src/cli/b.ts'].flatMap((file) =>
      importsOf(file, `import { x } from 'execa';`),
    );
    expect(violations(imports)).toEqual([
      "src/process/a.ts:1 and src/cli/b.ts:1 import 'execa': one third-party package has one importing place",
    ]);
  });

  test.each([
    ['src/analysis/x.ts', `import { type A, type B } from '../contract/kernel.js';`],
    ['src/app/report/x.ts', `import type {\n  A,\n} from '../../contract/kernel.js';`],
    ['strategies/x.ts', `import { a } from './y.js';`],
  ])('no violation: %s: %s', (file, source) => {
    expect(violations(importsOf(file, source))).toEqual([]);
  });
});
