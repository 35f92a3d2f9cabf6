import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ownHome } from '../plugins/module.js';
import { withOwnTool } from './checkouts.js';

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'breakeven-checkout-')));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** A checkout with these files, in which somebody stands in `inside`. */
function checkout(name: string, files: Readonly<Record<string, string>>, inside = '') {
  const root = join(temporary, name);
  for (const [path, text] of Object.entries({ '.git': 'gitdir: elsewhere', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, home: { packageHref: ownHome.packageHref, folder: join(root, inside) } };
}

const hrefOf = (path: string) => pathToFileURL(path).href;

describe('what a checkout means by breakeven', () => {
  it('is itself, where it is the tool: its own strategies, pools and scenarios', () => {
    const files = { 'package.json': '{"name":"breakeven"}', 'dist/src/index.js': '', 'docs/x.md': '' };
    const { root, ...found } = withOwnTool(checkout('tool', files, 'docs'));
    expect(found.home.packageHref).toBe(`${hrefOf(join(root, 'dist'))}/`);
    expect(found.self).toEqual({ under: `${hrefOf(root)}/`, self: hrefOf(join(root, 'dist/src/index.js')) });
  });

  it('is what it has installed, where it is somebody’s project', () => {
    const files = { 'package.json': '{"name":"mine"}', 'node_modules/breakeven/dist/src/index.js': '' };
    const { root, home } = withOwnTool(checkout('project', files));
    expect(home.packageHref).toBe(`${hrefOf(join(root, 'node_modules/breakeven/dist'))}/`);
  });

  it('is the running tool, where it has none', () => {
    const { self, home } = withOwnTool(checkout('plain', { 'mine.mjs': '' }));
    expect(self).toBeUndefined();
    expect(home.packageHref).toBe(ownHome.packageHref);
  });
});
