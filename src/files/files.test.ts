import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkOutFolder, claimRunFolder } from '../app/out.js';
import { judgeLiveness, readOwnIdentity } from './identity.js';
import { makeFolder } from './make-folder.js';
import { manifestName, replaceOutputs, replaceTextsFirst } from './outputs.js';
import { findOwnedFolder, findOwnedFolders, makeOwnedFolder, removeOwnedFolder } from './owned-folder.js';
import { readRegularFile } from './read-file.js';
import { replaceFile } from './write-file.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'files-test-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let made = 0;
function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = join(top, `${made++}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

describe('a folder of our own', () => {
  it('is proved by its marker, and removed with all that is in it', () => {
    const owned = makeOwnedFolder('test', folder());
    mkdirSync(join(owned.path, 'a/b'), { recursive: true });
    writeFileSync(join(owned.path, 'a/b/c'), 'x');
    chmodSync(join(owned.path, 'a/b'), 0o500);
    expect(findOwnedFolder(owned.path)).toMatchObject({ purpose: 'test', owner: 'alive' });
    expect(removeOwnedFolder(owned.path)).toBe(true);
    expect(existsSync(owned.path)).toBe(false);
  });

  it('keeps what a link in it leads to', () => {
    const foreign = folder({ 'a.csv': 'precious' });
    const owned = makeOwnedFolder('test', folder());
    symlinkSync(foreign, join(owned.path, 'data'));
    symlinkSync(join(foreign, 'a.csv'), join(owned.path, 'file'));
    expect(removeOwnedFolder(owned.path)).toBe(true);
    expect(readFileSync(join(foreign, 'a.csv'), 'utf8')).toBe('precious');
  });

  it.each([
    ['a link of that name', (path: string, other: string) => symlinkSync(path, other)],
    ['a copy', (path: string, other: string) => cpSync(path, other, { recursive: true })],
    [
      'a folder with its marker under another name',
      (path: string, other: string) => renameSync(path, `${other}x`),
    ],
  ])('is not proved by %s', (_, put) => {
    const owned = makeOwnedFolder('test', folder());
    const other = join(folder(), owned.path.split('/').at(-1) ?? '');
    put(owned.path, other);
    const [found] = readdirSync(dirname(other)).map((name) => join(dirname(other), name));
    expect(findOwnedFolder(found)).toBeUndefined();
    expect(removeOwnedFolder(found)).toBe(false);
    expect(readdirSync(found)).toEqual(['.breakeven-owner.json']);
  });

  it('is proved by the draft of its marker, where its maker was killed before that had its name', () => {
    const owned = makeOwnedFolder('test', folder());
    renameSync(
      join(owned.path, '.breakeven-owner.json'),
      join(owned.path, '..breakeven-owner.json.00ff.tmp'),
    );
    expect(findOwnedFolder(owned.path)).toMatchObject({ purpose: 'test', owner: 'alive' });
    expect(removeOwnedFolder(owned.path)).toBe(true);
    expect(existsSync(owned.path)).toBe(false);
  });

  it('is found among whatever lies beside it', () => {
    const parent = folder({
      'breakeven-mine/notes.txt': 'mine',
      'breakeven-test-12/.breakeven-owner.json': 'null',
    });
    symlinkSync(parent, join(parent, 'breakeven-link'));
    const { path } = makeOwnedFolder('test', parent, { some: 'fact' });
    expect(findOwnedFolders(parent)).toEqual([
      {
        path,
        purpose: 'test',
        owner: 'alive',
        createdAt: expect.stringMatching(/^20\d\d-/),
        facts: { some: 'fact' },
      },
    ]);
  });
});

describe('a process', () => {
  it('is known by more than its pid', () => {
    const own = readOwnIdentity();
    expect(judgeLiveness(own)).toBe('alive');
    expect(judgeLiveness({ ...own, start: '1' })).toBe('dead');
    expect(judgeLiveness({ ...own, pid: 2 ** 22 + 1 })).toBe('dead');
    expect(judgeLiveness({ ...own, pidNamespace: 'pid:[1]' })).toBe('unknown');
    expect(judgeLiveness({ ...own, boot: 'another' })).toBe('unknown');
  });
});

const changes: Record<string, (path: string) => void> = {
  'a link to foreign files': (path) => {
    renameSync(path, `${path}-before`);
    mkdirSync(`${path}-foreign`);
    writeFileSync(join(`${path}-foreign`, 'mine'), 'mine');
    symlinkSync(`${path}-foreign`, path);
  },
  'another folder': (path) => {
    renameSync(path, `${path}-before`);
    mkdirSync(path);
    writeFileSync(join(path, 'mine'), 'mine');
  },
  nothing: (path) => rmSync(path, { recursive: true }),
};

describe('outputs', () => {
  const files = [
    { path: 'verdict.md', text: 'one' },
    { path: 'charts/a.png', bytes: Buffer.from('a') },
  ];

  it('take the place of earlier ones, and of those alone', () => {
    const path = folder({ 'charts/logo.png': 'mine', 'notes.md': 'mine' });
    replaceOutputs(path, files, 'x');
    replaceOutputs(path, [{ path: 'verdict.md', text: 'two' }], 'x');
    expect(readFileSync(join(path, 'verdict.md'), 'utf8')).toBe('two');
    expect(readdirSync(join(path, 'charts'))).toEqual(['logo.png']);
    expect(readdirSync(path).sort()).toEqual(['.breakeven-outputs.json', 'charts', 'notes.md', 'verdict.md']);
  });

  it('take their own empty folders with them, and nobody else’s', () => {
    const [made, found] = [folder(), folder()];
    mkdirSync(join(found, 'charts'));
    for (const path of [made, found]) {
      replaceOutputs(path, files, 'x');
      replaceOutputs(path, files.slice(0, 1), 'x');
    }
    expect(existsSync(join(made, 'charts'))).toBe(false);
    expect(existsSync(join(found, 'charts'))).toBe(true);
  });

  it.each([
    ['is not ours', { 'verdict.md': 'mine' }, /verdict\.md in .* was not written by breakeven.*Do this\./],
    ['leads elsewhere', { charts: 'a file' }, /charts\/a\.png in .*Do this\./],
  ])('are not written where a file %s', (_, there, message) => {
    const path = folder(there);
    expect(() => replaceOutputs(path, files, 'Do this.')).toThrow(message);
    expect(readdirSync(path)).toEqual(Object.keys(there));
  });

  it('are not written over what was edited, nor through a link', () => {
    const path = folder();
    replaceOutputs(path, files, 'x');
    writeFileSync(join(path, 'verdict.md'), 'edited');
    expect(() => replaceOutputs(path, files, 'x')).toThrow(/was changed since breakeven wrote it/);
    expect(readFileSync(join(path, 'verdict.md'), 'utf8')).toBe('edited');
    const foreign = folder({ 'a.png': 'mine' });
    const linked = folder();
    symlinkSync(foreign, join(linked, 'charts'));
    expect(() => replaceOutputs(linked, files, 'x')).toThrow(/charts\/a\.png/);
    expect(readFileSync(join(foreign, 'a.png'), 'utf8')).toBe('mine');
  });

  it('are not led out of their folder by an edited manifest', () => {
    const path = folder({ 'inside/x': '' });
    writeFileSync(join(path, 'precious'), 'mine');
    const listed = { format: 'breakeven-outputs', files: { '../precious': ['x'], '/etc/passwd': ['x'] } };
    writeFileSync(join(path, 'inside/.breakeven-outputs.json'), JSON.stringify(listed));
    replaceOutputs(join(path, 'inside'), files, 'x');
    expect(readFileSync(join(path, 'precious'), 'utf8')).toBe('mine');
  });

  it('take no name from a manifest that no file system has', () => {
    const path = join(top, 'long names');
    replaceOutputs(path, files, 'x');
    const manifest = join(path, manifestName);
    const said = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, string[]> };
    said.files['x'.repeat(5_000)] = ['0'];
    writeFileSync(manifest, JSON.stringify(said));
    replaceOutputs(path, files, 'x');
    expect(readFileSync(join(path, 'verdict.md'), 'utf8')).toBe(files[0]?.text);
  });

  it.each(Object.keys(changes))(
    'are not written into what took the place of their folder: %s',
    async (what) => {
      const path = join(top, `replaced by ${what}`);
      const replace = async () => {
        changes[what]?.(path);
        return files;
      };
      await expect(replaceTextsFirst(path, files.slice(0, 1), replace, 'x')).rejects.toThrow(
        /was removed, moved or replaced by another folder/,
      );
      expect(existsSync(path) ? readdirSync(path) : ['mine']).toEqual(['mine']);
    },
  );
});

describe('a folder that was looked at before a run', () => {
  it.each(Object.keys(changes).filter((what) => what !== 'nothing'))(
    'is not its own any more after: %s',
    (what) => {
      const path = join(top, `looked at, then ${what}`);
      mkdirSync(path);
      checkOutFolder(path);
      changes[what]?.(path);
      expect(() => claimRunFolder(path, 'large-lists', '1')).toThrow(
        /was removed, moved or replaced by another folder/,
      );
      expect(readdirSync(path)).toEqual(['mine']);
    },
  );

  it('is made again where it was removed, and taken as it is where somebody else made it', () => {
    const path = join(top, 'removed');
    for (const change of [(p: string) => mkdirSync(p), (p: string) => rmSync(p, { recursive: true })]) {
      checkOutFolder(path);
      change(path);
      expect(claimRunFolder(path, 'large-lists', '1')).toBe('1');
    }
  });
});

describe('single files', () => {
  it('are replaced whole, through a link, with their permissions', () => {
    const path = folder({ real: 'old' });
    chmodSync(join(path, 'real'), 0o640);
    symlinkSync('real', join(path, 'link'));
    replaceFile(join(path, 'link'), 'new');
    expect(readFileSync(join(path, 'real'), 'utf8')).toBe('new');
    expect(statSync(join(path, 'real')).mode & 0o777).toBe(0o640);
    expect(readdirSync(path).sort()).toEqual(['link', 'real']);
  });

  it('are read at once or refused at once', () => {
    const path = folder({ file: 'text' });
    execFileSync('mkfifo', [join(path, 'pipe')]);
    expect(readRegularFile(join(path, 'file'), 10).toString()).toBe('text');
    expect(() => readRegularFile(join(path, 'pipe'), 10)).toThrow(/is a pipe \(FIFO\): name a regular file/);
    expect(() => readRegularFile('/dev/zero', 10)).toThrow(/\/dev\/zero is a device/);
    expect(() => readRegularFile(path, 10, 'profile x')).toThrow(/^profile x is a folder/);
    expect(() => readRegularFile(join(path, 'none'), 10)).toThrow(/does not exist/);
    expect(() => readRegularFile(join(path, 'file'), 3)).toThrow(/has 4 bytes/);
  });

  it('are no fault of their name where the machine opens no further file', () => {
    const module = new URL('./read-file.js', import.meta.url).href;
    const code = `
      import { openSync } from 'node:fs';
      import { readRegularFile } from '${module}';
      try { for (;;) openSync('/dev/null'); } catch {}
      try { readRegularFile('/etc/hostname', 1000); } catch (cause) { console.log(cause.exitCode, cause.message); }`;
    const line = 'ulimit -n 80; exec "$0" --input-type=module -e "$1"';
    const said = execFileSync('bash', ['-c', line, process.execPath, code], { encoding: 'utf8' });
    expect(said).toMatch(/^5 \/etc\/hostname could not be opened: EMFILE/);
  });

  it('and folders are never made without an end', () => {
    const path = folder();
    expect(makeFolder(join(path, 'a/b/c'))).toHaveLength(3);
    expect(makeFolder(join(path, 'a/b/c'))).toEqual([]);
    for (const odd of ['/proc/nope', '/proc/self/nope/more', '/dev/fd/x/y', `/dev/null/x`])
      expect(() => makeFolder(odd)).toThrow();
  });
});
