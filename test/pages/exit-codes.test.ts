import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ExitCode, worstOf } from '../../src/cli/exit.js';
import { root } from './pages.js';

const codes = Object.values(ExitCode).filter((code) => typeof code === 'number');

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** First cells of the table under the first head that begins with "exit code" or "code". */
function codesIn(file: string): number[] {
  const table = /^\| (?:exit )?code \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(textOf(file))?.[1] ?? '';
  return [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
}

it('the page on running has every exit code, and no other', () => {
  expect(codesIn('docs/running.md')).toEqual(codes);
});

it('the page on CI has those that a comparison ends with', () => {
  expect(codesIn('docs/ci.md')).toEqual(codes.filter((code) => code !== ExitCode.interrupted));
});

it('which of several counts is said in the right order', () => {
  const words = /the worst counts: (.*)\./.exec(textOf('docs/running.md'))?.[1] ?? '';
  const said = [...words.matchAll(/\d+/g)].map(([code]) => Number(code));
  expect([...said].sort((a, b) => a - b)).toEqual(codes.filter((code) => code !== ExitCode.fine));
  for (const [i, code] of said.entries()) expect(worstOf(said.slice(i))).toBe(code);
});
