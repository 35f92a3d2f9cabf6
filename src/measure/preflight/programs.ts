import type { KernelRef } from '../../contract/kernel.js';
import type { Program } from '../../contract/program.js';
import { builtProgram } from '../../plugins/external/build.js';
import {
  choosing,
  hrefOf,
  isProgramHref,
  programOf,
  programStrategy,
  supportFor,
} from '../../plugins/external/program.js';
import { Needs, startProgram } from '../../plugins/external/start.js';
import type { StrategyEntry } from '../../plugins/find.js';
import { runInPlace } from '../../process/in-place.js';
import { cacheFolder } from './cache.js';

export interface Ready<Entry extends StrategyEntry> {
  readonly entry: Entry;
  /** What is not installed, in words: then the entry applies nowhere. */
  readonly needs?: string;
  /** What its tools say of their versions, by name: another interpreter or compiler makes another program. */
  readonly tools?: Readonly<Record<string, string>>;
}

/** Imports of a large package on a cold disk may take this long. */
const greetingMs = 30_000;
/** A tool that does not know `--version` may do anything. */
const versionMs = 5_000;

/**
 * A strategy with everything that it needs to start, or, where something is not installed, one that applies nowhere
 * and says so. A program is built where it must be, and started once. A module is returned as it is.
 */
export async function readyStrategy<Entry extends StrategyEntry>(
  entry: Entry,
  ref: KernelRef,
  tools: Readonly<Record<string, string>> = {},
): Promise<Ready<Entry>> {
  if (!isProgramHref(entry.module)) return { entry };
  const program = programOf(choosing(entry.module, tools));
  // Nobody starts it for a kernel that it does not have.
  if (supportFor(program, ref) !== true) return { entry };
  try {
    const ready = await readyProgram(program);
    await greet(ready, entry, ref);
    return {
      entry: { ...entry, module: hrefOf(ready), strategy: programStrategy(ready) },
      tools: readVersions(ready),
    };
  } catch (cause) {
    if (!(cause instanceof Needs)) throw cause;
    return { entry: { ...entry, needs: cause.message }, needs: cause.message };
  }
}

async function readyProgram(program: Program): Promise<Program> {
  const built = await builtProgram(program, cacheFolder());
  return built === undefined ? program : { ...program, chosen: { ...program.chosen, built } };
}

/** Whether it can start at all. What else it does wrong is for its cells to tell. */
async function greet(program: Program, { label, options }: StrategyEntry, ref: KernelRef): Promise<void> {
  const signal = AbortSignal.timeout(greetingMs);
  try {
    const start = { ref, kind: 'map', workers: 1, chunk: 'balanced', options, signal } as const;
    await (await startProgram(program, label, start)).end();
  } catch (cause) {
    if (cause instanceof Needs) throw cause;
  }
}

/** Asked once: strategies of one program share their tools. */
const versions = new Map<string, string>();

function readVersions({ manifest, chosen }: Program): Record<string, string> {
  const names = Object.keys(manifest.tools ?? {});
  return Object.fromEntries(
    names.map((name) => [name, versionOf(chosen[name] ?? manifest.tools?.[name] ?? name)]),
  );
}

/** The first line of what `tool --version` says, as interpreters and compilers do. */
function versionOf(tool: string): string {
  const asked = versions.get(tool);
  if (asked !== undefined) return asked;
  const end = runInPlace([tool, '--version'], { timeout: versionMs });
  const said =
    end.kind === 'exited' && end.code === 0 ? (end.stdout || end.stderr).trim().split('\n')[0] : '';
  const version = said || 'of an unknown version';
  versions.set(tool, version);
  return version;
}
