import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * A file that somebody named may be a FIFO (reading it waits for ever), a device (it has no end), or have any size; and
 * Node's recursive mkdir turns for ever below /proc. So there is one way to open, read, append and make folders: this
 * folder's. Whoever goes another way stands here, with the reason why nobody's name can lead there.
 */
const reads =
  /\b(readFileSync|readFile|createReadStream|openSync|copyFileSync|cpSync|appendFileSync|appendFile)\(/;
const recursiveMkdir = /\bmkdir(Sync)?\(.*recursive: true/;

const allowed: Readonly<Record<string, string>> = {
  'src/checkout/working-tree.ts': 'names that git lists; each is looked at with lstat first',
  'src/plugins/module.ts': 'our own package.json',
  'src/conformance/census.ts': '/proc',
  'src/conformance/conform-kernel.ts': 'in the process of the plug-in that is tested, under its deadline',
  'src/dictionary/columns-file.ts': 'in a temporary folder of our own',
  'src/dictionary/load/bytes.ts': 'a stream on a file that was opened here',
  'src/process/group.ts': '/proc',
  'src/plugins/external/session.ts': 'in a temporary folder of our own',
  'src/cli/streams.ts': 'the null device',
  'src/documents/self-check.ts': 'ships with the package',
  'src/process/reaper/run-processes.ts': '/proc',
  'src/results/rescue.ts': 'makes the file of its own run again',
  'src/results/journal.ts': 'makes the file of its own run under a lock, or was read before',
  'src/results/lock.ts': 'makes a draft under a random name',
  'src/results/reader.ts': 'its callers in src/app open the file as a regular one first',
  'src/measure/machine/system-files.ts': '/proc and /sys',
  'src/workers/meters.ts': '/proc',
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

function sourcesWith(pattern: RegExp): string[] {
  return (readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }) as string[])
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => !/^src\/files\/|\/testing\/|\/fixtures\.ts$/.test(name))
    .filter((name) => pattern.test(readFileSync(join(root, name), 'utf8')));
}

describe('files from outside', () => {
  it('are opened in this folder alone, but for what no name leads to', () => {
    const others = sourcesWith(reads);
    expect(others.filter((name) => allowed[name] === undefined)).toEqual([]);
    expect(others.length).toBeGreaterThan(5);
  });

  it('have folders made level by level', () => {
    // In a checkout of our own, below folders that are there.
    const others = sourcesWith(recursiveMkdir).filter((name) => name !== 'src/checkout/working-tree.ts');
    expect(others).toEqual([]);
  });

  it.each([
    [`const text = readFileSync(path, 'utf8');`, reads],
    ['createReadStream(path)', reads],
    ['mkdirSync(dirname(path), { recursive: true });', recursiveMkdir],
  ])('a made-up read is seen: %s', (line, pattern) => {
    expect(line).toMatch(pattern);
  });
});
