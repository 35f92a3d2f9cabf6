import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A user's project with everything around it, made anew for each fault. All paths are absolute. */
export interface Sandbox {
  readonly top: string;
  readonly project: string;
  readonly tmp: string;
  readonly home: string;
  /** Full of what undisturbed commands wrote; read only. */
  readonly fixtures: string;
  write(path: string, content: string | Uint8Array): void;
  /** `path` is below the top. */
  at(path: string): string;
  git(...args: string[]): void;
}

/** Runs that lie there already: a whole one, and one that was cut off. */
export const storedRun = 'runs/mine/20260101-000000';
export const cutRun = 'runs/mine/20260101-000001';

export function makeSandbox(top: string, fixtures: string): Sandbox {
  const at = (path: string) => join(top, path);
  const box: Sandbox = {
    top,
    project: at('project'),
    tmp: at('tmp'),
    home: at('home'),
    fixtures,
    at,
    write(path, content) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    },
    git: (...args) => void git(at('project'), at('home'), args),
  };
  writeHome(box);
  writeTemporary(box);
  writeElsewhere(box);
  writeProject(box);
  writeInputs(box);
  return box;
}

const kernel = 'export default (list) => list.map((x) => x + 1);\n';
const strategy = `export default { title: 'own loop', family: 'serial', open: ({ kernel }) => ({ close() {},
  run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; })) }) };\n`;

export const scenario = (
  changes = '',
) => `export default { title: 'Mine', question: 'Does it pay?', from: 'lists',
  kernel: { module: 'square-minus-13', options: {} }, strategies: ['for-loop'], claims: [],
  sweeps: [{ keys: [4], length: [100, 1000] }], quick: [{ keys: [4], length: [100] }], ${changes} };\n`;

function writeProject(box: Sandbox): void {
  box.write('project/package.json', '{ "name": "mine", "version": "1.0.0", "private": true }\n');
  box.write('project/bench/mine.mjs', scenario());
  box.write('project/bench/k.mjs', kernel);
  box.write('project/bench/own.mjs', strategy);
  box.write('project/messages/de.json', '{ "hello": "Hallo" }\n');
  box.write('project/lock/door.txt', 'mine\n');
  box.write('project/data/a.csv', 'precious\n');
  box.write('project/charts/logo.png', 'not really a picture\n');
  box.write('project/verdict.md', '# My own verdict\n');
  box.write('project/profile.json', '{ "mine": true }\n');
  box.write('project/names/-rf', 'x');
  box.write('project/names/a b\n*|`$(x)', 'x');
  box.write('project/names/ünï.txt', 'x');
  box.write('project/run.sh', '#!/bin/sh\n');
  execFileSync('chmod', ['755', box.at('project/run.sh')]);
  symlinkSync('../elsewhere', box.at('project/linked'));
  symlinkSync('nowhere', box.at('project/dangling'));
  box.write('project/.gitignore', 'vendor/\n');
  box.git('init', '--quiet', '--initial-branch', 'main');
  box.git('add', '--all');
  box.git('commit', '--quiet', '--message', 'One');
  box.write('project/more.txt', 'second\n');
  box.git('add', '--all');
  box.git('commit', '--quiet', '--message', 'Two');
  writeNestedRepository(box);
  writeRuns(box);
}

/** As a submodule looks from outside, with work that is in no commit. */
function writeNestedRepository(box: Sandbox): void {
  box.write('project/vendor/lib/index.js', 'export {};\n');
  git(box.at('project/vendor/lib'), box.home, ['init', '--quiet']);
  box.write('project/vendor/lib/uncommitted.js', 'precious\n');
}

/** What earlier runs left, with files of the user's among it. */
function writeRuns(box: Sandbox): void {
  box.write('project/runs/notes.md', 'mine\n');
  const whole = join(box.fixtures, 'results.ndjson');
  if (!existsSync(whole)) return;
  const text = readFileSync(whole, 'utf8');
  const lines = text.trimEnd().split('\n');
  for (const [run, content] of [
    [storedRun, text],
    [cutRun, `${lines.slice(0, 3).join('\n')}\n`],
  ]) {
    box.write(`project/${run}/results.ndjson`, content);
    box.write(`project/${run}/charts/logo.png`, 'mine\n');
    box.write(`project/${run}/notes.md`, 'mine\n');
  }
}

function writeInputs(box: Sandbox): void {
  box.write('inputs/data.json', '{ "a": [1, 2, 3], "b": [4, 5] }\n');
  for (const name of ['results.ndjson', 'synthetic.ndjson', 'profile.json'])
    if (existsSync(join(box.fixtures, name)))
      box.write(`inputs/${name}`, readFileSync(join(box.fixtures, name)));
}

function writeHome(box: Sandbox): void {
  box.write('home/.gitconfig', '[user]\n\tname = Test\n\temail = test@example.org\n');
  box.write('home/notes.txt', 'mine\n');
  const cache = join(box.fixtures, 'cache');
  if (existsSync(cache)) cpSync(cache, box.at('home/.cache/breakeven'), { recursive: true });
}

/** Names like ours, and not ours: links, folders without a marker, a marker that proves nothing. */
function writeTemporary(box: Sandbox): void {
  box.write('tmp/mine.txt', 'mine\n');
  box.write('tmp/breakeven-abcdef/data.columns', 'mine\n');
  box.write('tmp/breakeven-compare-999998-y/notes.txt', 'mine\n');
  box.write('tmp/breakeven-test-12/.breakeven-owner.json', 'null');
  symlinkSync('../project', box.at('tmp/breakeven-compare-999999-x'));
  symlinkSync('/nowhere', box.at('tmp/breakeven-compare-999997-z'));
}

function writeElsewhere(box: Sandbox): void {
  box.write('elsewhere/a.csv', 'precious\n');
  box.write('elsewhere/big/b.csv', 'precious\n');
}

function git(cwd: string, home: string, args: readonly string[]): void {
  const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Results files below a folder, the newest first; paths are absolute. */
export function findResults(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'results.ndjson')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
