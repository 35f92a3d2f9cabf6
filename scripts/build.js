// Builds dist/: tsc, then AssemblyScript twins, then prunes outputs whose source is gone.
// dist is never deleted whole: a run may be reading it. `--if-stale` does nothing when dist is newer than
// every source. Plain JavaScript, since it must run before anything is compiled.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sourceFolders = ['src', 'strategies', 'scenarios', 'scripts', 'test'];
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const programFile = /^strategies\/.+\/[^/]+\.(json|py|c|h)$|^scenarios\/data\/[^/]+\.parquet$/;

const sources = sourceFolders.flatMap((folder) => filesBelow(join(root, folder)));
if (process.argv.includes('--if-stale') && isFresh()) process.exit(0);
// An installed package carries dist and no sources: there is nothing to build and nothing to build with.
if (!sources.some((file) => file.endsWith('.ts'))) process.exit(0);

compileTypeScript();
for (const file of sources.filter((name) => name.endsWith('.as.ts'))) {
  compileWasm(file);
  // One build takes plain memory alone, the other shared memory alone.
  compileWasm(file, '.shared.wasm', ['--enable', 'threads', '--sharedMemory']);
}
copyPrograms();
pruneOrphans();
// `npx breakeven` in the clone runs the file itself; npm does this only where it installs a package.
chmodSync(join(dist, 'src/cli/main.js'), 0o755);
mkdirSync(dist, { recursive: true });
writeFileSync(stamp, '');

function compileTypeScript() {
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  run(process.execPath, [tsc, '-p', join(root, 'tsconfig.json')]);
}

/** x.as.ts becomes x.wasm: f64x2 SIMD, memory imported so that a strategy decides its size; x.shared.wasm for threads. */
function compileWasm(file, suffix = '.wasm', extra = []) {
  // Its exports answer `import` alone, so that require.resolve does not find it.
  const asc = join(dirname(fileURLToPath(import.meta.resolve('assemblyscript'))), '../bin/asc.js');
  const target = join(dist, relative(root, file)).replace(/\.as\.ts$/, suffix);
  if (existsSync(target) && statSync(target).mtimeMs > statSync(file).mtimeMs) return;
  mkdirSync(dirname(target), { recursive: true });
  const flags = [
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--importMemory',
    '--maximumMemory',
    '65536',
    ...extra,
  ];
  run(process.execPath, [asc, relative(root, file), '--outFile', relative(root, target), ...flags]);
}

/** Strategies in other languages run as they are written, and data is read so; only what they are made of belongs in the package. */
function copyPrograms() {
  for (const file of sources.filter((name) => programFile.test(relative(root, name)))) {
    const target = join(dist, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** A test or strategy whose source was deleted must not live on in dist. */
function pruneOrphans() {
  for (const folder of sourceFolders) {
    for (const file of filesBelow(join(dist, folder))) {
      const stem = join(root, relative(dist, file)).replace(/\.(d\.ts|js|shared\.wasm|wasm)$/, '');
      if (
        ![`${stem}.ts`, `${stem}.as.ts`, join(root, relative(dist, file))].some((source) =>
          existsSync(source),
        )
      )
        rmSync(file);
    }
  }
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const inputs = [
    ...sources,
    join(root, 'tsconfig.json'),
    join(root, 'package.json'),
    fileURLToPath(import.meta.url),
  ];
  return inputs.every((file) => statSync(file).mtimeMs <= built);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
