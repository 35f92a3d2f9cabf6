import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { exampleResults } from '../../test/support/synthetic.js';
import { createJournal, reopenJournal } from './journal.js';
import { readLines, readResults } from './reader.js';

const disk = vi.hoisted(() => ({ leftBytes: Number.POSITIVE_INFINITY }));

/** A disk of a few bytes: what fits is written, then it says so, as a real one does. */
vi.mock('node:fs', async (importActual) => {
  const fs = await importActual<typeof import('node:fs')>();
  const writeSync = (file: number, text: Buffer, offset: number, length: number, position: number) => {
    if (disk.leftBytes <= 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    const written = fs.writeSync(file, text, offset, Math.min(length, disk.leftBytes), position);
    disk.leftBytes -= written;
    return written;
  };
  return { ...fs, writeSync };
});

const { header, records } = exampleResults();
let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-journal-'));
  folder = join(root, 'run');
});
afterEach(() => {
  disk.leftBytes = Number.POSITIVE_INFINITY;
  rmSync(root, { recursive: true, force: true });
});

describe('a journal', () => {
  test('on a full disk keeps every whole line and no half one, and goes on when there is room', () => {
    const journal = createJournal(folder, header);
    journal.append(records[0]);
    disk.leftBytes = 100;
    expect(() => journal.append(records[1])).toThrow(/the disk is full. Everything .* is kept in .*--resume/);
    journal.close();
    disk.leftBytes = Number.POSITIVE_INFINITY;
    expect(readResults(journal.path)).toMatchObject({ records: [records[0]], notes: [] });
    const again = reopenJournal(journal.path, readLines(journal.path));
    again.append(records[1]);
    again.close();
    expect(readResults(journal.path).records).toEqual([records[0], records[1]]);
  });

  test('that cannot even hold its header leaves nothing behind', () => {
    disk.leftBytes = 10;
    expect(() => createJournal(folder, header)).toThrow(/the disk is full. Nothing was measured/);
    expect(existsSync(folder)).toBe(false);
  });

  test('whose folder is deleted is written again, and the run stops', () => {
    const journal = createJournal(folder, header);
    journal.append(records[0]);
    rmSync(folder, { recursive: true });
    expect(() => journal.append(records[1])).toThrow(/the folder of the run .* was deleted .*written again/);
    journal.close();
    expect(readResults(journal.path).records).toEqual([records[0], records[1]]);
  });

  test('names the command that goes on with it, whatever command it was', () => {
    const goOn = 'breakeven compare --resume reports/compare/x';
    const journal = createJournal(folder, header, goOn);
    disk.leftBytes = 10;
    expect(() => journal.append(records[0])).toThrow(`Make room, then go on: ${goOn}`);
    disk.leftBytes = Number.POSITIVE_INFINITY;
    rmSync(folder, { recursive: true });
    expect(() => journal.append(records[0])).toThrow(`To go on: ${goOn}`);
    journal.close();
  });

  test('that its other half alone found deleted is written again when it is closed', () => {
    const journal = createJournal(folder, header);
    journal.append(records[0]);
    rmSync(folder, { recursive: true });
    journal.close();
    expect(readResults(journal.path).records).toEqual([records[0]]);
  });

  test('that was moved away is where it was moved to, and nothing is written in its place', () => {
    const journal = createJournal(folder, header);
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    renameSync(folder, join(root, 'moved'));
    symlinkSync(elsewhere, folder);
    const now = join(root, 'moved', 'results.ndjson');
    expect(() => journal.append(records[0])).toThrow(
      `What was measured is in ${now}. To go on, move it back`,
    );
    journal.close();
    expect(readResults(now).records).toEqual([records[0]]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('that was deleted, with another folder in the place of its own, is kept among temporary files', () => {
    const journal = createJournal(join(folder, 'inner'), header);
    const elsewhere = join(root, 'others');
    mkdirSync(elsewhere);
    rmSync(folder, { recursive: true });
    symlinkSync(elsewhere, folder);
    const said = (() => {
      try {
        return journal.append(records[0]);
      } catch (cause) {
        return (cause as Error).message;
      }
    })();
    journal.close();
    const kept = /written again: (\S+\.ndjson)/.exec(String(said))?.[1] ?? 'nowhere';
    expect(dirname(kept)).toBe(tmpdir());
    expect(readResults(kept).records).toEqual([records[0]]);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(kept);
  });

  test('that was replaced does not write over what stands there now', () => {
    const journal = createJournal(folder, header);
    rmSync(journal.path);
    writeFileSync(journal.path, 'mine');
    expect(() => journal.append(records[0])).toThrow(/was deleted or replaced/);
    journal.close();
    expect(readFileSync(journal.path, 'utf8')).toBe('mine');
    expect(readResults(join(folder, `results-${process.pid}.ndjson`)).records).toEqual([records[0]]);
  });

  test('into which another program writes stops', () => {
    const journal = createJournal(folder, header);
    appendFileSync(journal.path, 'hello\n');
    expect(() => journal.append(records[0])).toThrow(/another program wrote into/);
    journal.close();
  });

  test('has one writer at a time; the lock of a dead one is taken over', () => {
    const journal = createJournal(folder, header);
    expect(() => reopenJournal(journal.path, readLines(journal.path))).toThrow(
      /is measuring in .* at this moment/,
    );
    journal.close();
    writeFileSync(join(folder, 'results.lock'), '999999999 1');
    reopenJournal(journal.path, readLines(journal.path)).close();
    expect(existsSync(join(folder, 'results.lock'))).toBe(false);
  });

  test('loses a torn last line before it goes on', () => {
    const journal = createJournal(folder, header);
    journal.append(records[0]);
    journal.close();
    appendFileSync(journal.path, JSON.stringify(records[1]).slice(0, 50));
    const again = reopenJournal(journal.path, readLines(journal.path));
    again.append(records[1]);
    again.close();
    expect(readResults(journal.path)).toMatchObject({ records: [records[0], records[1]], notes: [] });
  });
});
