import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeRun } from '../../test/support/cli/stored-run.js';
import type { CommandName } from './commands.js';
import type { Outcome } from './outcome.js';

/** What is kept between two calls: which faults were tried, and what undisturbed commands made and took. */
export interface State {
  /** Where sandboxes are mounted, and what they read. */
  readonly place: string;
  readonly fixtures: string;
  readonly outcomes: readonly Outcome[];
  readonly expectedMs: Partial<Record<CommandName, number>>;
  add(outcome: Outcome): void;
}

const stampOfBuild = fileURLToPath(new URL('../../.built', import.meta.url));

export function defaultStateFile(seed: number): string {
  return join(tmpdir(), `breakeven-torture-${process.getuid?.() ?? 0}-${seed}`, 'state.ndjson');
}

/** Opens a state file, or makes one. One of another build is begun anew: it says nothing of this one. */
export function openState(file: string): State {
  const folder = dirname(file);
  const place = join(folder, 'place');
  const fixtures = join(folder, 'fixtures');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const build = `${existsSync(stampOfBuild) ? statSync(stampOfBuild).mtimeMs : 0}`;
  const kept = readOutcomes(file, build);
  if (kept === undefined) {
    rmSync(fixtures, { recursive: true, force: true });
    writeFileSync(file, `${JSON.stringify({ build })}\n`);
  }
  mkdirSync(place, { recursive: true });
  mkdirSync(join(fixtures, 'cache'), { recursive: true });
  if (!existsSync(join(fixtures, 'synthetic.ndjson'))) storeRun(join(fixtures, 'synthetic.ndjson'));
  const outcomes = [...(kept ?? [])];
  const expectedMs: Partial<Record<CommandName, number>> = {};
  const learn = ({ seed, command, commandMs }: Outcome) => {
    if (seed === undefined) expectedMs[command] = commandMs;
  };
  outcomes.forEach(learn);
  return {
    place,
    fixtures,
    outcomes,
    expectedMs,
    add(outcome) {
      for (const [name, content] of Object.entries(outcome.artifacts)) {
        // The first one stays: all runs are compared with it.
        const path = join(fixtures, name);
        if (!existsSync(path)) writeFileSync(path, content);
      }
      const line = { ...outcome, artifacts: {} };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
      outcomes.push(line);
      learn(line);
    },
  };
}

function readOutcomes(file: string, build: string): Outcome[] | undefined {
  if (!existsSync(file)) return undefined;
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n');
  if ((JSON.parse(first) as { build: string }).build !== build) return undefined;
  // Cut off in the middle of a line: that fault is tried again.
  return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Outcome);
}
