import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenLinks, pageFiles, parsePage, readPage, root } from './pages.js';

const isThere = (path: string) => existsSync(join(root, path));

it.each(pageFiles)('every link of %s leads somewhere', (file) => {
  expect(brokenLinks(readPage(file), isThere)).toEqual([]);
});

it('links and headings are found', () => {
  const pages = pageFiles.map(readPage);
  expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(80);
  expect(readPage('reports/README.md').anchors).toContain('comparisonjson-version-5');
});

it.each([
  ['a [page](nowhere.md)', 'there is no docs/nowhere.md'],
  ['a [page\nof two lines](nowhere.md)', 'there is no docs/nowhere.md'],
  ['![a picture](charts/none.png)', 'there is no docs/charts/none.png'],
  ['a [heading](files.md#nothing)', 'docs/files.md has no heading "nothing"'],
  ['[here](#nothing)', 'docs/running.md has no heading "nothing"'],
])('a broken link is named: %j', (text, problem) => {
  const [broken, ...others] = brokenLinks(parsePage('docs/running.md', text), isThere);
  expect(broken).toContain(problem);
  expect(others).toEqual([]);
});

it('code is no link', () => {
  const text = 'See `[a](b.md)`.\n\n```js\nconst c = list[d](e.md);\n```\n';
  expect(parsePage('docs/running.md', text).links).toEqual([]);
});

it('README can be read in one sitting', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(130);
});

it('README has the two commands that everything begins with', () => {
  const spans = readPage('README.md').spans.join('\n');
  const blocks = readPage('README.md')
    .blocks.map(({ text }) => text)
    .join('\n');
  expect(blocks + spans).toContain('npm ci && npm run bench -- --scenario large-lists');
  expect(blocks + spans).toContain('npm ci && npm test');
});
