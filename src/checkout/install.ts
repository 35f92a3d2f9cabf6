import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { readJsonFile } from '../files/json-file.js';
import { readRegularFile } from '../files/read-file.js';
import { runCommand } from '../process/program.js';
import { hasSubmodules } from './git.js';

/** Shell lines that make a fresh checkout ready; null for nothing, undefined for the default. */
export interface ReadyCommands {
  readonly install?: string | null;
  readonly build?: string | null;
}

interface ReadyRequest {
  /** Top of the checkout. */
  readonly root: string;
  /** Where the user stands in it: the nearest package.json, if any, lies here. */
  readonly folder: string;
  /** How the side is called in messages. */
  readonly name: string;
  readonly commands: ReadyCommands;
  readonly signal: AbortSignal;
  note(line: string): void;
}

/** A shell line, and where it runs. */
interface Step {
  readonly line: string;
  readonly cwd: string;
}

const submodulesFix =
  'a checkout brings none of its submodules. If what is compared needs them: "install": "git submodule update --init && npm ci" ' +
  'in breakeven.compare.json.';

/** Those of the largest projects have some ten million. */
const mostLockBytes = 2 ** 28;

/** Installs and builds a checkout. Throws an InputError with the end of what the command said. */
export async function makeReady(request: ReadyRequest): Promise<void> {
  const { root, name, commands, signal, note } = request;
  const lacksSubmodules = hasSubmodules(root) && !/\bsubmodule\b/.test(commands.install ?? '');
  if (lacksSubmodules) note(`${name}: ${submodulesFix}`);
  for (const { line, cwd } of stepsFor(request)) {
    if (signal.aborted) return;
    note(`${name}: ${line} …`);
    const { code, outputTail } = await runCommand({ line, cwd, env: ownEnvironment(), signal });
    if (signal.aborted) return;
    if (code === 0) continue;
    const said = outputTail.split('\n').slice(-12).join('\n  ');
    throw new InputError(
      `${name} does not build: \`${line}\` ended with ${code ?? 'a signal'}.\n  ${said}\n` +
        'If it is made ready in another way, say how: "install" and "build" in breakeven.compare.json.' +
        (lacksSubmodules ? `\nIt has submodules: ${submodulesFix}` : ''),
    );
  }
}

function stepsFor({ root, folder, commands }: Pick<ReadyRequest, 'root' | 'folder' | 'commands'>): Step[] {
  const file = readPackage(join(folder, 'package.json'));
  const build = file?.scripts.build === undefined ? undefined : { line: 'npm run build', cwd: folder };
  return [
    commands.install === undefined
      ? file && standardInstall(file, folder, root)
      : givenStep(commands.install, folder),
    commands.build === undefined ? build : givenStep(commands.build, folder),
  ].filter((step) => step !== undefined);
}

function givenStep(line: string | null, cwd: string): Step | undefined {
  return line === null ? undefined : { line, cwd };
}

/** By the nearest lock file: that of the package, or that of the workspace which it belongs to. */
function standardInstall(file: PackageFile, folder: string, root: string): Step | undefined {
  const locked = findLock(folder, root);
  if (locked === undefined) {
    if (!file.needsPackages) return undefined;
    throw new InputError(
      'npm ci needs a package-lock.json, and there is none (nor a pnpm-lock.yaml or yarn.lock): commit it, or set "install" ' +
        'in breakeven.compare.json.',
    );
  }
  const { line, program } = commandFor(locked);
  if (!isInstalled(program))
    throw new InputError(
      `${locked.lock} asks for ${program}, which is not installed here. Install it (corepack enable ${program}), or set ` +
        '"install" in breakeven.compare.json.',
    );
  return { line, cwd: locked.folder };
}

interface Locked {
  readonly folder: string;
  readonly lock: string;
}

const locks = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'];

function findLock(folder: string, root: string): Locked | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const lock = locks.find((name) => existsSync(join(at, name)));
    // Above the package itself only a workspace has anything to say of it.
    if (lock !== undefined && (at === folder || isWorkspace(at))) return { folder: at, lock };
    if (at === root || at === dirname(at)) return undefined;
  }
}

function isWorkspace(folder: string): boolean {
  return (
    existsSync(join(folder, 'pnpm-workspace.yaml')) ||
    readPackage(join(folder, 'package.json'))?.hasWorkspaces === true
  );
}

function commandFor({ folder, lock }: Locked): { readonly line: string; readonly program: string } {
  if (lock === 'pnpm-lock.yaml') return { line: 'pnpm install --frozen-lockfile', program: 'pnpm' };
  if (lock !== 'yarn.lock') return { line: 'npm ci --no-audit --no-fund', program: 'npm' };
  const isFirst = /^# yarn lockfile v1/m.test(
    readRegularFile(join(folder, lock), mostLockBytes).toString('latin1', 0, 1_000),
  );
  return { line: `yarn install ${isFirst ? '--frozen-lockfile' : '--immutable'}`, program: 'yarn' };
}

function isInstalled(program: string): boolean {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  return (process.env.PATH ?? '').split(delimiter).some((folder) =>
    endings.some((ending) => {
      try {
        accessSync(join(folder, `${program}${ending}`), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  );
}

/** Without what `npm run` has set for this very process: it would lead npm to this project instead of the checkout's. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name)));
}

/** What a checkout's package.json says. Fields that are no objects of texts are left out. */
interface PackageFile {
  readonly name?: string;
  readonly packageManager?: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** Does it depend on any package, to run or to develop? */
  readonly needsPackages: boolean;
  readonly hasWorkspaces: boolean;
}

const mostBytes = 2 ** 24;

/** Undefined where there is none. Throws an InputError with its path where it cannot be read. */
export function readPackage(path: string): PackageFile | undefined {
  if (!existsSync(path)) return undefined;
  const json = readJsonFile(path, mostBytes);
  if (!isObject(json)) throw new InputError(`${path} is no JSON object. Mend it in that commit.`);
  const { name, packageManager, scripts, dependencies, devDependencies, workspaces } = json;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof packageManager === 'string' ? { packageManager } : {}),
    scripts: Object.fromEntries(
      Object.entries(isObject(scripts) ? scripts : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    needsPackages: [dependencies, devDependencies].some(
      (each) => isObject(each) && Object.keys(each).length > 0,
    ),
    hasWorkspaces: workspaces !== undefined,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
