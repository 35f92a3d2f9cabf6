import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeRun } from '../../test/support/cli/stored-run.js';
import { KeptLines } from '../lab/kept-lines.js';
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
  const kept = new KeptLines<Outcome>(file, build, 'remove');
  if (kept.lines.length === 0) rmSync(fixtures, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  mkdirSync(join(fixtures, 'cache'), { recursive: true });
  if (!existsSync(join(fixtures, 'synthetic.ndjson'))) storeRun(join(fixtures, 'synthetic.ndjson'));
  const expectedMs: Partial<Record<CommandName, number>> = {};
  const learn = ({ seed, command, commandMs }: Outcome) => {
    if (seed === undefined) expectedMs[command] = commandMs;
  };
  kept.lines.forEach(learn);
  return {
    place,
    fixtures,
    outcomes: kept.lines,
    expectedMs,
    add(outcome) {
      for (const [name, content] of Object.entries(outcome.artifacts)) {
        // The first one stays: all runs are compared with it.
        const path = join(fixtures, name);
        if (!existsSync(path)) writeFileSync(path, content);
      }
      const line = { ...outcome, artifacts: {} };
      kept.add(line);
      learn(line);
    },
  };
}
