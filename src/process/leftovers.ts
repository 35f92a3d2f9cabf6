import { removeOwnedFolder } from '../files/owned-folder.js';
import { killGroup } from './group.js';

/** What a process starts or makes and must not leave behind, however it ends. */
export type Leftover =
  | { readonly kind: 'group'; readonly group: number }
  /** An owned folder. */
  | { readonly kind: 'folder'; readonly folder: string };

let listener: ((leftover: Leftover) => void) | undefined;

/** Who is told of everything that would be left behind should this process be killed: its driver ends it then. */
export function tellOfLeftovers(tell: (leftover: Leftover) => void): void {
  listener = tell;
}

export function wouldLeave(leftover: Leftover): void {
  listener?.(leftover);
}

/** Ends what a killed process had told of; what is gone already is no error. A folder goes only if it is proved to be ours. */
export function endLeftover(leftover: Leftover): void {
  if (leftover.kind === 'group') killGroup(leftover.group);
  else removeOwnedFolder(leftover.folder);
}
