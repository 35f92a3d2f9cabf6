import { existsSync } from 'node:fs';
import { InputError } from '../contract/errors.js';
import { readJsonFile } from '../files/json-file.js';

/** What a checkout's package.json says. Fields that are no objects of texts are left out. */
export interface PackageFile {
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
