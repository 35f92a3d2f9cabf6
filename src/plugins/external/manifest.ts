import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../contract/errors.js';
import type { ProgramManifest, ProgramStrategy } from '../../contract/program.js';
import { closest } from '../../dictionary/did-you-mean.js';
import { readJsonFile } from '../../files/json-file.js';

/** The file in a folder that makes it a strategy in another language. */
export const manifestName = 'program.json';

const fields = ['id', 'title', 'colour', 'command', 'needs', 'tools', 'build', 'kernels', 'strategies'];
const strategyFields = ['id', 'title', 'kernels', 'options', 'onWorkers', 'footprint'];
/** A manifest is written by hand. */
const mostBytes = 2 ** 20;
const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Reads and checks a manifest. Throws an InputError that names file and field. */
export function readManifest(path: string): ProgramManifest {
  const problem = (what: string) => new InputError(`${nameOf(path)}: ${what}`);
  const found = parsed(path, problem);
  checkNames(found, fields, 'it', problem);
  if (!isId(found.id)) throw problem('`id` must be lower-case words joined by dashes, like "python"');
  checkText(found.title, '`title`', problem);
  checkText(found.needs, '`needs` (what is missing where the command cannot be started)', problem);
  if (found.colour !== undefined && !/^#[0-9a-f]{6}$/i.test(String(found.colour)))
    throw problem('`colour` must be like "#0072B2"');
  checkCommand(found.command, '`command`', problem);
  checkIds(found.kernels, '`kernels`', problem);
  if (found.tools !== undefined && !isRecord(found.tools, (value) => typeof value === 'string'))
    throw problem('`tools` must be an object of commands by name, like { "python": "python3" }');
  if (found.build !== undefined) checkBuild(found.build, dirname(path), problem);
  checkPlaceholders(found as unknown as ProgramManifest, problem);
  if (!Array.isArray(found.strategies) || found.strategies.length === 0)
    throw problem('`strategies` must be a list with at least one');
  found.strategies.forEach((strategy: unknown, index) => {
    checkStrategy(strategy, found.kernels as string[], (what) =>
      problem(`\`strategies[${index}]\`: ${what}`),
    );
  });
  const ids = (found.strategies as ProgramStrategy[]).map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw problem(`two of its strategies have the id "${twice}"`);
  return found as unknown as ProgramManifest;
}

type Problem = (what: string) => InputError;
type Json = Readonly<Record<string, unknown>>;

function parsed(path: string, problem: Problem): Json {
  let value: unknown;
  try {
    value = readJsonFile(path, mostBytes, 'it');
  } catch (cause) {
    throw problem((cause as Error).message);
  }
  if (!isObject(value)) throw problem('it must hold an object');
  return value;
}

function checkStrategy(value: unknown, kernels: readonly string[], problem: Problem): void {
  if (!isObject(value)) throw problem('it must be an object');
  checkNames(value, strategyFields, 'it', problem);
  if (!isId(value.id)) throw problem('`id` must be lower-case words joined by dashes, like "my-threads"');
  checkText(value.title, '`title`', problem);
  if (value.kernels !== undefined) {
    checkIds(value.kernels, '`kernels`', problem);
    const other = (value.kernels as string[]).find((id) => !kernels.includes(id));
    if (other !== undefined) throw problem(`\`kernels\` names "${other}", which is not among the program's`);
  }
  const areTexts = (values: unknown) => isTexts(values) && values.length > 0;
  if (value.options !== undefined && !isRecord(value.options, areTexts))
    throw problem('`options` must be lists of texts by name, the default first');
  if (value.onWorkers !== undefined && typeof value.onWorkers !== 'boolean')
    throw problem('`onWorkers` must be true or false');
  if (value.footprint !== undefined && !isObject(value.footprint))
    throw problem('`footprint` must be an object, like { "lists": 2, "columns": 6 }');
}

function checkBuild(build: unknown, folder: string, problem: Problem): void {
  if (!isObject(build)) throw problem('`build` must be { command, sources }');
  checkNames(build, ['command', 'sources'], '`build`', problem);
  checkCommand(build.command, '`build.command`', problem);
  if (!isTexts(build.sources) || build.sources.length === 0)
    throw problem('`build.sources` must be a list of files in its folder');
  const missing = build.sources.find((file) => !existsSync(join(folder, file)));
  if (missing !== undefined) throw problem(`\`build.sources\` names "${missing}", which is not there`);
}

/** Each `{name}` of a command must stand for something. */
function checkPlaceholders({ command, build, tools = {} }: ProgramManifest, problem: Problem): void {
  const known = [...Object.keys(tools), ...(build === undefined ? [] : ['built'])];
  const named = [...command, ...(build?.command ?? [])].flatMap((part) =>
    [...part.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  );
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw problem(`its command has {${unknown}}, which neither \`tools\` nor \`build\` explains`);
}

function checkNames(value: Json, known: readonly string[], what: string, problem: Problem): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = closest(unknown, known);
  throw problem(
    `${what} has a field \`${unknown}\`. ${near === undefined ? `There are: ${known.join(', ')}.` : `Did you mean \`${near}\`?`}`,
  );
}

function checkCommand(value: unknown, name: string, problem: Problem): void {
  if (!isTexts(value) || value.length === 0)
    throw problem(`${name} must be a list: a program and its arguments`);
}

function checkIds(value: unknown, name: string, problem: Problem): void {
  if (!isTexts(value) || value.length === 0) throw problem(`${name} must be a list of kernel ids`);
}

function checkText(value: unknown, name: string, problem: Problem): void {
  if (typeof value !== 'string' || value.trim() === '') throw problem(`${name} must be a text`);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && idPattern.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecord(value: unknown, test: (value: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(test);
}

/** As a user would name it: the folder and the file. */
function nameOf(path: string): string {
  return `program ${join(basename(dirname(path)), basename(path))}`;
}
