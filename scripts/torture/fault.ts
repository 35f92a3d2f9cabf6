import type { CommandName } from './commands.js';
import type { Ended, Running } from './run-command.js';
import type { Sandbox } from './sandbox.js';

/** How a command may end: with a code of the table, or by the signal that the fault itself sent to the driver. */
export type Ending = number | NodeJS.Signals;

/** Codes of a command that did all its work: fine, a machine unfit to judge, undecided. */
export const calm: readonly Ending[] = [0, 3, 4];

/** Something done while the command runs. */
export interface Injection {
  /** The moment, as a share of what the undisturbed command takes. */
  readonly at: number;
  act(run: Running): void | Promise<void>;
}

/** One fault: what is changed before, around and during one run of one command, and how that run may end. */
export interface Fault {
  /** In words, with what was drawn at random. */
  readonly title: string;
  readonly command: CommandName;
  /** In place of the command's own words. */
  readonly args?: readonly string[];
  /** After these, or in place of the value of one that is there. */
  readonly moreArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A program that sets limits and then becomes the command: `prlimit --nofile=20`. */
  readonly within?: readonly string[];
  readonly output?: OutputFault;
  /** Before the tree's digest is taken: what it makes is foreign from then on. */
  prepare?(box: Sandbox): void;
  readonly injections?: readonly Injection[];
  /** Undoes the fault, so that what is left can be looked at and gone on with. */
  heal?(box: Sandbox): void;
  /**
   * The codes that this fault may lead to. A code of `calm` counts only where the work is whole, and is always right
   * then: many a fault comes too late.
   */
  readonly codes: readonly Ending[];
  /** Right as well where the command ended within its first moments. */
  readonly earlyCodes?: readonly Ending[];
  /** A calm code is right, and whole work is not asked for: the strategy itself is at fault. */
  readonly partial?: boolean;
  /** No calm code but one of `codes` is right, whole work or not: what was asked for is wrong from the beginning. */
  readonly exact?: boolean;
  /** Paths below the sandbox that the fault itself changes. */
  readonly spoils?: readonly string[];
  /** The journal is what the fault spoils: it need not be readable. */
  readonly spoilsJournal?: boolean;
  /** After this the command is sent a Ctrl-C, and must end with 130 or a code of its own. */
  readonly interruptAfterMs?: number;
  /** Further checks, as sentences about what is wrong. */
  verify?(box: Sandbox, ended: Ended): string[];
}

/** Where stdout and stderr lead: a full disk, or a reader that goes away. */
export type OutputFault = 'stdout full' | 'stderr full' | 'both full' | 'stdout closed' | 'both closed';

/** A class of faults. */
export interface Kind {
  readonly name: string;
  /** How many of a hundred faults are of it. */
  readonly weight: number;
  draw(draw: Draw): Fault;
}

/** A seeded source of choices. */
export interface Draw {
  /** In [0, 1). */
  share(): number;
  /** Both ends included. */
  integer(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  chance(share: number): boolean;
}
