import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MachineRecord, Outcome } from '../../src/results/format.js';

export type Condition = 'quiet' | 'busy';

/** One cell process: a line of the pool. */
export interface Draw {
  readonly condition: Condition;
  readonly round: number;
  /** Length of its call, which also names the cell. */
  readonly ms: number;
  /** a and b are the same strategy; the others do so much more work. */
  readonly who: string;
  readonly at: string;
  readonly outcome: Outcome;
  readonly machine: MachineRecord;
}

/** What a pool was measured with: a pool of other settings or of another machine is not gone on with. */
export interface PoolHeader {
  readonly key: string;
  readonly startedAt: string;
}

/** Everything that was measured, one JSON object per line, so that a check that was stopped goes on where it was. */
export class Pool {
  readonly draws: Draw[] = [];
  readonly header: PoolHeader;

  constructor(
    private readonly path: string,
    key: string,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    const [first, ...rest] = existsSync(path) ? linesOf(path) : [];
    const known = first as PoolHeader | undefined;
    if (known !== undefined && known.key !== key)
      throw new Error(`${path} was measured with other settings, on another machine or Node: move it away.`);
    this.header = known ?? { key, startedAt: new Date().toISOString() };
    if (known === undefined) this.append(this.header);
    this.draws.push(...(rest as Draw[]));
  }

  has({ condition, round, ms, who }: Pick<Draw, 'condition' | 'round' | 'ms' | 'who'>): boolean {
    return this.draws.some(
      (one) => one.condition === condition && one.round === round && one.ms === ms && one.who === who,
    );
  }

  add(draw: Draw): void {
    this.append(draw);
    this.draws.push(draw);
  }

  private append(line: Draw | PoolHeader): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
  }
}

/** A line that was cut off by a kill is left out, and mended so that the next one starts on a line of its own. */
function linesOf(path: string): unknown[] {
  const text = readFileSync(path, 'utf8');
  if (!text.endsWith('\n')) appendFileSync(path, '\n');
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
