import { escapeTerminal } from '../render/escape.js';
import { write } from './streams.js';

/*
 * Plain lines. The result goes to stdout; what only tells how things are going goes to
 * stderr away from a terminal, so that stdout can be piped. Whatever comes from outside passes here on its way to a
 * terminal: codes that would steer it are shown instead.
 */

/** Does somebody watch stdout, so that a line may be written over? */
export const watched =
  process.stdout.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb';

/** A line of the result. */
export function say(line: string): void {
  write('out', `${escapeTerminal(line)}\n`);
}

/** A line on the way there. */
export function note(line: string): void {
  write(watched ? 'out' : 'err', `${escapeTerminal(line)}\n`);
}
