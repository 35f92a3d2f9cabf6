import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeFile,
  type CodeRoots,
  digestOwnCode,
  digestUnlessGone,
  findCode,
  type OwnFile,
  readOwnCode,
} from '../plugins/code.js';
import type { CodeRecord } from '../results/format.js';

/** The code that a run measures, as its header holds it, and a look at whether it is still that. */
export interface MeasuredCode {
  readonly record: CodeRecord;
  /** There is more of it than is watched. */
  readonly isCut: boolean;
  /** A sentence that names the file that is not what it was, without a full stop; undefined where all are. */
  findChange(): string | undefined;
}

/** Looks at everything that cells will run. `nodeArgs`: what their processes are started with, besides the tool's own. */
export function readMeasuredCode(roots: CodeRoots, nodeArgs: readonly string[] = []): MeasuredCode {
  const nodeOptions = process.env.NODE_OPTIONS?.trim() ?? '';
  const preloaded = [...preloads(nodeOptions.split(/\s+/)), ...preloads(nodeArgs)];
  const { files, isCut } = findCode({ ...roots, others: [...roots.others, ...preloaded] });
  const own = readOwnCode();
  const watched = [...files.map(watchedFile), ...own.map(watchedOwnFile)];
  return {
    record: {
      tool: digestOwnCode(own),
      files: files.map(({ path, ...file }) => file),
      ...(nodeOptions === '' ? {} : { nodeOptions: withoutFolders(nodeOptions) }),
      ...(nodeArgs.length === 0 ? {} : { nodeArgs: nodeArgs.map(withoutFolders) }),
    },
    isCut,
    findChange: () => findFirst(watched, changeOf),
  };
}

/** What Node loads before a cell's own code, where it is named by a path. */
function preloads(args: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    const [, name, value] =
      /^(-r|--require|--import|--loader|--experimental-loader)(?:=(.*))?$/s.exec(arg) ?? [];
    const path = value ?? (name === undefined ? undefined : args[at + 1]);
    if (path === undefined || !/^(?:\.{0,2}\/|file:)/.test(path)) return [];
    return [path.startsWith('file:') ? path : pathToFileURL(resolve(path)).href];
  });
}

/** A results file names no folder of the machine. */
function withoutFolders(text: string): string {
  return text.replace(/(^|[\s="'])(?:file:\/\/)?\/[^\s"']*/g, (path, before: string) =>
    basename(path) === '' ? path : `${before}…/${basename(path)}`,
  );
}

interface Watched {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  /** Size, times and place of the file when its digest was last seen to be that. */
  seen: string | undefined;
}

function watchedFile({ path, file, sha256 }: CodeFile): Watched {
  return { path, name: file, sha256, seen: lookAt(path) };
}

function watchedOwnFile({ path, name, sha256 }: OwnFile): Watched {
  return { path, name: `breakeven itself (${name})`, sha256, seen: lookAt(path) };
}

/** A look at the file's entry is cheap: its bytes are read only where that is another one. */
function changeOf(watched: Watched): string | undefined {
  const now = lookAt(watched.path);
  if (now !== undefined && now === watched.seen) return undefined;
  const sha256 = digestUnlessGone(watched.path);
  if (sha256 === undefined) return `${watched.name} has gone since this run began`;
  if (sha256 !== watched.sha256) return `${watched.name} is not what it was when this run began`;
  watched.seen = now;
  return undefined;
}

function lookAt(path: string): string | undefined {
  const entry = statSync(path, { bigint: true, throwIfNoEntry: false });
  return entry === undefined ? undefined : `${entry.ino} ${entry.size} ${entry.mtimeNs} ${entry.ctimeNs}`;
}

function findFirst<T, R>(list: readonly T[], of: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const answer = of(each);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
