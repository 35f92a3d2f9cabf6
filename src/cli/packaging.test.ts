import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';

const clone = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'breakeven-pack-'));
const project = join(folder, 'project');
const timeout = 240_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', { timeout }, () => {
  beforeAll(() => {
    // Without scripts: `prepare` would build anew under the tests that are running.
    npm(clone, 'pack', '--ignore-scripts', '--pack-destination', folder);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none';
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "name": "empty", "version": "1.0.0" }');
    npm(project, 'install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball));
  }, timeout);

  it('holds what runs and none of the tests', () => {
    const files = readdirSync(join(project, 'node_modules/breakeven'), { recursive: true }) as string[];
    expect(files).toContain(join('dist', 'scenarios', 'kernels', 'sum.wasm'));
    expect(files).toContain('LICENSE');
    expect(files.filter((name) => /\.test\.|testing/.test(name))).toEqual([]);
  });

  it('lists from an empty project', () => {
    const { status, stdout } = npx(project, 'breakeven', 'list');
    expect(status).toBe(0);
    expect(stdout).toContain('large-lists');
  });

  it('measures there, charts or none, with a kernel of the project', () => {
    const fixtures = writeFixtures();
    writeFileSync(join(project, 'add.mjs'), readFileSync(join(fixtures.folder, 'add.mjs')));
    fixtures.remove();
    const args = '--kernel add.mjs --keys 2 --length 20 --only for-loop --only worker-threads --rounds 1';
    const { status, stdout, stderr } = npx(project, 'breakeven', ...args.split(' '));
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const verdict = join(project, stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(existsSync(verdict)).toBe(true);
    // The override that makes canvas install everywhere does not reach a dependent: then the run says what to add.
    const charts = existsSync(join(verdict, '../charts'));
    const canvas = existsSync(join(project, 'node_modules/@napi-rs/canvas'));
    expect(charts).toBe(canvas);
    if (!canvas) expect(stdout).toMatch(/PNG skipped: .*"overrides"/s);
  });

  it('is a command in the clone itself', () => {
    expect(npx(clone, 'breakeven', 'list')).toMatchObject({ status: 0 });
  });
});

function npm(cwd: string, ...args: readonly string[]): void {
  const { status, stderr } = run('npm', cwd, args);
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`);
}

function npx(cwd: string, ...args: readonly string[]) {
  return run('npx', cwd, ['--no', '--', ...args]);
}

function run(program: string, cwd: string, args: readonly string[]) {
  return spawnSync(program, args, { cwd, encoding: 'utf8' });
}
