import { expect, it } from 'vitest';
import { withoutFolders } from '../document/words.js';
import { escapeMarkdown, tidyQuote } from './escape.js';

it.each([
  ['/home/ann/work/kernel.js', 'kernel.js'],
  ['file:///home/ann/kernel.js:3:5', 'kernel.js:3:5'],
  ['at run (/srv/a/b.js:1:2)', 'at run (b.js:1:2)'],
  ['C:\\Users\\ann\\x.js', 'x.js'],
  ['--out=/tmp/run/1', '--out=1'],
  ['python/numpy and native/c', 'python/numpy and native/c'],
  ['see https://example.org/a/b', 'see https://example.org/a/b'],
  ['5 ns / element', '5 ns / element'],
])('%s is reported as %s', (text, expected) => expect(withoutFolders(text)).toBe(expected));

it('a message stays on one line and cannot break a table', () => {
  expect(escapeMarkdown(tidyQuote('a |\n  b <i>'))).toBe('a \\| b &lt;i>');
});
