import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeScratch, NoRoom, readFreeBytes } from './scratch.js';

const top = mkdtempSync(join(tmpdir(), 'breakeven-scratch-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

function folder(name: string): string {
  const path = join(top, name);
  mkdirSync(path);
  return path;
}

describe('files that pass between programs', () => {
  test('lie in the first folder that has room, and are gone at the end', () => {
    const [first, second] = [folder('a'), folder('b')];
    const scratch = makeScratch([join(top, 'none'), first, second]);
    const file = scratch.file('data', 1_000);
    writeFileSync(file, 'x');
    expect(dirname(dirname(file))).toBe(first);
    expect(scratch.file('answer', 1_000)).toBe(join(dirname(file), 'answer'));
    scratch.remove();
    expect([readdirSync(first), readdirSync(second)]).toEqual([[], []]);
  });

  test('that fit nowhere are refused with the room that there is, before anything is written', () => {
    const only = folder('c');
    const scratch = makeScratch([only]);
    const bytes = readFreeBytes(only) + 2 ** 30;
    expect(() => scratch.file('data', bytes)).toThrow(NoRoom);
    expect(() => scratch.file('data', bytes)).toThrow(/^ENOSPC: \d+ MB for the numbers .* has \d+ MB$/);
    expect(readdirSync(only)).toEqual([]);
    scratch.remove();
  });
});
