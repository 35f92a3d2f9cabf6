import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * Foreign code never runs in the driver: no module from which a plug-in could be imported can be reached from the
 * entry of the command line, by imports of whatever kind. Plug-ins are imported in entries of processes and threads.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The one place that imports plug-ins. */
const loader = 'src/plugins/load-module.ts';

const statement = /^(?:import|export)\s+(type\s+)?(?:([\w*{}\s,$]*?)\sfrom\s+)?['"](\.[^'"]+)['"]/gm;
const literal = /\b(?:import|require)\(\s*['"](\.[^'"]+)['"]\s*\)/g;
/** `typeof import('…')` is a type, and gone at run time. */
const typeQuery = /\btypeof\s+import\(\s*['"][^'"]+['"]\s*\)/g;
const computed = /\b(?:import|require)\(\s*(?!['"])|\bcreateRequire\((?![^()]*\)\.resolve\b)/;

/** Loads packages of ours, which draw charts, by fixed names. */
const loadsPackages = 'src/render/png.ts';

/** What a source may load into its own process, from the root of the repository. */
function loadedBy(file: string, source: string): string[] {
  const code = source.replace(typeQuery, '');
  const named = [...code.matchAll(statement)].flatMap(([, type, names, specifier]) =>
    type !== undefined || isTypesOnly(names) ? [] : [specifier],
  );
  const dynamic = [...code.matchAll(literal)].map(([, specifier]) => specifier);
  return [...named, ...dynamic].map((specifier) =>
    relative(root, join(root, dirname(file), specifier)).replace(/\.js$/, '.ts'),
  );
}

function isTypesOnly(names: string | undefined): boolean {
  const each = /^\s*\{([^}]*)\}\s*$/.exec(names ?? '')?.[1].split(',') ?? [];
  const present = each.map((name) => name.trim()).filter((name) => name !== '');
  return present.length > 0 && present.every((name) => name.startsWith('type '));
}

/** Every source that can be reached, with the one that led there. */
function reachableFrom(entry: string): Map<string, string | undefined> {
  const reached = new Map<string, string | undefined>([[entry, undefined]]);
  for (const file of reached.keys()) {
    for (const next of loadedBy(file, readFileSync(join(root, file), 'utf8')))
      if (!reached.has(next) && existsSync(join(root, next))) reached.set(next, file);
  }
  return reached;
}

function wayTo(file: string, reached: ReadonlyMap<string, string | undefined>): string[] {
  const before = reached.get(file);
  return before === undefined ? [file] : [...wayTo(before, reached), file];
}

/** Ways from an entry to what could import a plug-in. */
function waysToForeignCode(entry: string): string[] {
  const reached = reachableFrom(entry);
  return [...reached.keys()]
    .filter((file) => file === loader || (file !== loadsPackages && isComputed(file)))
    .map((file) => wayTo(file, reached).join(' → '));
}

function isComputed(file: string): boolean {
  return computed.test(withoutComments(readFileSync(join(root, file), 'utf8')));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('the driver', () => {
  it('reaches nothing that could import a plug-in', () => {
    expect(reachableFrom('src/cli/run-main.ts').size).toBeGreaterThan(150);
    expect(waysToForeignCode('src/cli/run-main.ts')).toEqual([]);
  });

  it.each([
    'src/measure/cell/main.ts',
    'src/measure/inspect/main.ts',
    'src/measure/resident/main.ts',
    'src/conformance/main.ts',
    'src/workers/thread-worker.ts',
    'src/workers/process-worker.ts',
    'src/index.ts',
  ])('is looked at in a way that sees what %s reaches', (entry) => {
    expect(waysToForeignCode(entry).some((way) => way.endsWith(loader))).toBe(true);
  });
});

describe('a made-up source', () => {
  it.each([
    [`import { a } from './b.js';`, ['src/x/b.ts']],
    [`import {\n  type A,\n  b,\n} from '../b.js';`, ['src/b.ts']],
    [`export * from './b.js';`, ['src/x/b.ts']],
    [`import './b.js';`, ['src/x/b.ts']],
    [`const { b } = await import('./b.js');`, ['src/x/b.ts']],
    [`import type { A } from './b.js';`, []],
    [`import { type A } from './b.js';`, []],
    [`let x: typeof import('./b.js');`, []],
  ])('%s loads %j', (source, loads) => {
    expect(loadedBy('src/x/a.ts', source)).toEqual(loads);
  });

  it('that imports what it is told to import is seen', () => {
    expect(computed.test('return import(href);')).toBe(true);
    expect(computed.test(`await import('./b.js')`)).toBe(false);
  });
});
