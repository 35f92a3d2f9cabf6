import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Program, ProgramBuild } from '../../contract/program.js';
import { makeFolder } from '../../files/make-folder.js';
import { findOwnedFolders, makeOwnedFolder, removeOwnedFolder } from '../../files/owned-folder.js';
import { readRegularFile } from '../../files/read-file.js';
import { type CommandEnd, runCommand } from '../../process/program.js';
import { filledIn } from './program.js';
import { Needs } from './start.js';

/** A source is written by hand, or generated; beyond this it is something else. */
const mostSourceBytes = 64 * 2 ** 20;

/**
 * The built program, made on first use and kept in `cache`: built again where its sources, its command or the
 * processor differ (`-march=native`). Undefined where there is nothing to build. Rejects with Needs.
 */
export async function builtProgram(program: Program, cache: string): Promise<string | undefined> {
  const { manifest } = program;
  if (manifest.build === undefined) return undefined;
  // The compiler and the program run in the manifest's folder: a relative path would mean another place there.
  const built = resolve(cache, 'programs', `${manifest.id}-${fingerprint(program, manifest.build)}`);
  if (existsSync(built)) return built;
  try {
    makeFolder(dirname(built));
  } catch (cause) {
    throw new Needs(
      `a cache folder that can be written (${(cause as Error).message}): set $BREAKEVEN_CACHE`,
      {
        cause,
      },
    );
  }
  // In one step: two runs at once never see half a program.
  for (const { path, owner } of findOwnedFolders(dirname(built)))
    if (owner === 'dead') removeOwnedFolder(path);
  const drafts = makeOwnedFolder('build', dirname(built));
  try {
    const draft = join(drafts.path, 'program');
    await compile(program, manifest.build, draft);
    renameSync(draft, built);
  } finally {
    drafts.remove();
  }
  return built;
}

function fingerprint({ manifest, folder, chosen }: Program, { command, sources }: ProgramBuild): string {
  const hash = createHash('sha256');
  const line = filledIn(command, { ...manifest.tools, ...chosen, built: '' });
  hash.update(JSON.stringify([line, arch(), cpus()[0]?.model]));
  for (const source of sources) hash.update(readRegularFile(join(folder, source), mostSourceBytes));
  return hash.digest('hex').slice(0, 16);
}

async function compile(
  { manifest, folder, chosen }: Program,
  build: ProgramBuild,
  target: string,
): Promise<void> {
  const line = filledIn(build.command, { ...manifest.tools, ...chosen, built: target });
  let end: CommandEnd;
  try {
    end = await runCommand({ line, cwd: folder, env: process.env });
  } catch (cause) {
    throw new Needs(`${manifest.needs} (${(cause as Error).message})`, { cause });
  }
  if (end.code !== 0 || !existsSync(target))
    throw new Needs(`${manifest.needs} that can build it; "${line[0]}" said: ${firstLine(end.outputTail)}`);
}

/** The first complaint: the others often follow from it. */
function firstLine(output: string): string {
  return output.split('\n').find((line) => /error/i.test(line)) ?? output.split('\n')[0] ?? '';
}
