import type { CellRecord, CellsRecord, EndRecord } from '../results/format.js';
import type { Plan } from './plan.js';
import type { Turn } from './planner.js';

/** A line of the journal of a run that is resumed; its earlier ends say nothing any more. */
export type EarlierLine = CellRecord | CellsRecord | EndRecord;

/** What a resumed run did before, in order, to be gone through again. */
export class Past {
  private readonly lines: readonly (CellRecord | CellsRecord)[];
  private at = 0;

  constructor(lines: readonly EarlierLine[]) {
    this.lines = lines.filter((line) => line.type !== 'end');
  }

  get isOver(): boolean {
    return this.at >= this.lines.length;
  }

  /**
   * The run's own time at this place: when the next record began, or the last one ended. The cell in flight when the
   * run was cut off is measured again, so its lost time is not the run's.
   */
  get nowMs(): number {
    for (let at = this.at; at < this.lines.length; at++) {
      const line = this.lines[at];
      if (line.type === 'cell') return line.startedMs;
    }
    const last = this.lines.findLast((line) => line.type === 'cell');
    return last === undefined ? 0 : last.startedMs + last.elapsedMs;
  }

  /** The next record, if it is of this turn. Undefined where the planner would now decide otherwise. */
  recordOf({ cell, round }: Turn): CellRecord | undefined {
    const line = this.lines[this.at];
    if (line.type !== 'cell' || line.cell !== cell || line.round !== round) return undefined;
    this.at++;
    return line;
  }

  /** Adds the points that were added here before, in the same order, so that their cells have the same ids. */
  async addPoints(plan: Pick<Plan, 'add'>, signal?: AbortSignal): Promise<boolean> {
    const line = this.lines[this.at];
    if (line.type !== 'cells') return false;
    await plan.add(
      line.cells.map(({ point }) => point),
      signal,
    );
    this.at++;
    return true;
  }

  /**
   * All that is left, without asking the planner. Decisions under a budget depend on the time to the millisecond, so
   * that it may decide otherwise than it did; what was measured is kept all the same, and it goes on from there.
   */
  async takeRest(
    plan: Pick<Plan, 'add'>,
    keep: (record: CellRecord) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    while (!this.isOver) {
      const line = this.lines[this.at];
      if (line.type === 'cells') await this.addPoints(plan, signal);
      else {
        keep(line);
        this.at++;
      }
    }
  }
}
