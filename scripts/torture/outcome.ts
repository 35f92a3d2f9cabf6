import type { CommandName } from './commands.js';
import type { Ending } from './fault.js';

/** What a namespace is started for. Folders are absolute. */
export interface InsideRequest {
  /** An empty folder, where the sandbox is mounted. */
  readonly place: string;
  readonly fixtures: string;
  /** What undisturbed commands take. */
  readonly expectedMs: Readonly<Partial<Record<CommandName, number>>>;
  readonly task:
    | { readonly kind: 'undisturbed'; readonly command: CommandName }
    | { readonly kind: 'fault'; readonly seed: number; readonly command?: undefined };
}

/** One fault that was tried. */
export interface Outcome {
  /** Undefined for an undisturbed command. */
  readonly seed: number | undefined;
  readonly kind: string;
  readonly title: string;
  readonly command: CommandName;
  readonly ending: Ending | 'nothing';
  /** With all checks, and of the command alone. */
  readonly ms: number;
  readonly commandMs: number;
  readonly violations: readonly string[];
  /** The end of stderr where something is wrong. */
  readonly said: string;
  /** Name below the folder of fixtures to content. */
  readonly artifacts: Readonly<Record<string, string>>;
}
