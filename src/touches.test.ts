import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * What removes, writes over or makes files is in src/files, where ownership is proved. Anything else of the product that
 * calls the system's own functions for it stands here, with what it may call and why nobody's file can be hit.
 */
const exceptions: Readonly<Record<string, { readonly calls: readonly string[]; readonly because: string }>> =
  {
    'src/checkout/working-tree.ts': {
      calls: ['openSync to write', 'rmdirSync', 'symlinkSync', 'unlinkSync'],
      because:
        'in a checkout of our own, each level opened without following links; files are made, never written over',
    },
    'src/app/lesson/place.ts': {
      calls: ['renameSync'],
      because: 'results of a lesson, read as such, from an owned folder over those of an earlier lesson',
    },
    'src/plugins/external/build.ts': {
      calls: ['renameSync'],
      because: 'from an owned folder to a name in the cache that is a digest',
    },
    'src/plugins/external/session.ts': {
      calls: ['openSync to write'],
      because: 'in the owned folder of a session',
    },
    'src/dictionary/columns-file.ts': {
      calls: ['openSync to write'],
      because: 'in the owned folder of a run',
    },
    'src/results/journal.ts': {
      calls: ['openSync to write', 'rmSync', 'rmdirSync'],
      because: 'made with "wx" or read as results before; removed only while it holds nothing but our header',
    },
    'src/results/rescue.ts': {
      calls: ['openSync to write'],
      because: 'with "wx": never over a file that is there',
    },
    'src/results/lock.ts': {
      calls: ['linkSync', 'openSync to write', 'renameSync', 'rmSync', 'writeFileSync'],
      because: 'the lock of a run, made with "wx" and removed only while it holds what we wrote',
    },
    'src/app/out.ts': {
      calls: ['rmdirSync'],
      because: 'of the empty folder that it has just made under a random name',
    },
    'src/cli/streams.ts': {
      calls: ['openSync to write'],
      because: 'the null device',
    },
    'src/workers/meters.ts': {
      calls: ['writeFileSync'],
      because: 'a switch of the kernel: /proc/self/clear_refs',
    },
  };

const forbidden = [
  ...['rm', 'rmdir', 'unlink', 'mkdtemp', 'writeFile', 'copyFile', 'cp', 'rename', 'appendFile', 'truncate'],
  ...['symlink', 'link', 'createWriteStream', 'lutimes', 'chown'],
].flatMap((name) => [name, `${name}Sync`]);

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a source calls that touches files, each once. */
function touches(source: string): string[] {
  const found = new Set<string>();
  for (const [, names] of source.matchAll(
    /import\s+(?!type)([^;'"]*?)\s+from\s+['"](?:node:)?fs(?:\/promises)?['"]/g,
  )) {
    const inBraces = /\{([^}]*)\}/.exec(names)?.[1];
    // All of it under one name could be called in any way.
    if (inBraces === undefined || /^\s*(?:\*|\w)/.test(names)) found.add('all of fs');
    for (const name of (inBraces ?? '').split(',').map((each) => each.trim().split(/\s+as\s+/)[0]))
      if (forbidden.includes(name)) found.add(name);
  }
  if (/(?:require|import|getBuiltinModule)\(\s*['"](?:node:)?fs\b/.test(source)) found.add('all of fs');
  for (const [, text] of source.matchAll(/\bopenSync\(([^;]*)/g))
    if (/'(?:[wa]\w*\+?|r\+|rs\+)'|O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(text))
      found.add('openSync to write');
  if (/\bmkdir(?:Sync)?\([^;]*recursive/.test(source)) found.add('recursive mkdir');
  // `git worktree prune` and `git gc` forget what cannot be seen just now.
  if (/['"](?:prune|gc|clean|reset|checkout|stash)['"]/.test(source) && /\bgit\(|tryGit\(/.test(source))
    found.add('a git command that removes');
  return [...found].sort();
}

function sources(): string[] {
  return ['src', 'strategies', 'scenarios'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => `${top}/${name.split(sep).join('/')}`)
      .filter(
        (file) =>
          /\.[cm]?[jt]s$/.test(file) && !/\.(test|d)\.ts$|\/(testing|fixtures)\/|\/node_modules\//.test(file),
      )
      .filter((file) => !file.startsWith('src/files/')),
  );
}

describe('files are touched only where ownership is proved', () => {
  const found = new Map(
    sources().map((file) => [file, touches(readFileSync(join(root, file), 'utf8'))] as const),
  );

  it('in src/files, and in the few places that say why', () => {
    const unexplained = [...found].flatMap(([file, calls]) =>
      calls.filter((call) => !exceptions[file]?.calls.includes(call)).map((call) => `${file}: ${call}`),
    );
    expect(unexplained).toEqual([]);
    expect(found.size).toBeGreaterThan(300);
  });

  it('and each exception is still needed', () => {
    const needless = Object.entries(exceptions).flatMap(([file, { calls }]) =>
      calls.filter((call) => !found.get(file)?.includes(call)).map((call) => `${file}: ${call}`),
    );
    expect(needless).toEqual([]);
  });

  it.each([
    [`import { rmSync } from 'node:fs';`, 'rmSync'],
    [`import {\n  readFileSync,\n  writeFileSync as write,\n} from 'node:fs';`, 'writeFileSync'],
    [`import { rm } from 'node:fs/promises';`, 'rm'],
    [`import * as fs from 'node:fs';`, 'all of fs'],
    [`import fs, { readFileSync } from 'fs';`, 'all of fs'],
    [`const { rmSync } = await import('node:fs');`, 'all of fs'],
    [`mkdirSync(join(a, b), { recursive: true });`, 'recursive mkdir'],
    [`const file = openSync(join(a, 'x'), 'w');`, 'openSync to write'],
    [`git(['worktree', 'prune'], root);`, 'a git command that removes'],
  ])('sees %s', (source, call) => {
    expect(touches(source)).toEqual([call]);
  });

  it.each([
    `import { readFileSync, type Stats } from 'node:fs';`,
    `openSync(path, 'r');`,
    `mkdirSync(path);`,
    `git(['worktree', 'remove', path], root);`,
  ])('sees nothing in %s', (source) => {
    expect(touches(source)).toEqual([]);
  });
});
