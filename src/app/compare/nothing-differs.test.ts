import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Checkout, withOwnTool } from '../../checkout/checkouts.js';
import { shipsAgainstItself } from './sides.js';

const top = mkdtempSync(join(tmpdir(), 'breakeven-sides-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** A checkout with a breakeven at `at` ('.' for its own), whose one strategy has this text; without: none. */
function side(at?: string, text = ''): Checkout {
  const root = mkdtempSync(join(top, 'side-'));
  mkdirSync(join(root, '.git'));
  if (at !== undefined) {
    for (const folder of ['src', 'strategies'])
      mkdirSync(join(root, at, 'dist', folder), { recursive: true });
    writeFileSync(join(root, at, 'package.json'), '{ "name": "breakeven" }');
    writeFileSync(join(root, at, 'dist/src/index.js'), '');
    writeFileSync(join(root, at, 'dist/strategies/for-loop.js'), text);
  }
  return withOwnTool({ root, home: { packageHref: pathToFileURL(`${root}/dist/`).href, folder: root } });
}

const inModules = 'node_modules/breakeven';
const shipped = { scenarios: ['ci', 'ci-pools'] };

describe('what ships is held against itself', () => {
  it('where the repository has no breakeven, or the same one installed on both sides', () => {
    expect(shipsAgainstItself({ base: side(), head: side() }, shipped)).toBe(true);
    expect(shipsAgainstItself({ base: side(inModules), head: side(inModules) }, shipped)).toBe(true);
    const named = { ...shipped, strategies: ['for-loop', 'wasm-simd'] };
    expect(shipsAgainstItself({ base: side(inModules), head: side(inModules) }, named)).toBe(true);
  });

  it.each([
    ['another one is installed on head', side(inModules), side(inModules, 'changed')],
    ['head alone has one', side(), side(inModules)],
    ['the repository is breakeven itself, be it unchanged', side('.'), side('.')],
  ])('not where %s', (_, base, head) => {
    expect(shipsAgainstItself({ base, head }, shipped)).toBe(false);
  });

  it('not where a scenario or a strategy is a file of the repository', () => {
    const sides = { base: side(inModules), head: side(inModules) };
    expect(shipsAgainstItself(sides, { scenarios: ['ci', 'mine.mjs'] })).toBe(false);
    expect(shipsAgainstItself(sides, { ...shipped, strategies: ['for-loop', './own.mjs'] })).toBe(false);
  });
});
