import { calm, type Ending, type Fault } from './fault.js';
import type { Ended } from './run-command.js';

/** What one run left to be judged, besides what it said. */
export interface Seen {
  /** All that the command is for was done. */
  readonly whole: boolean;
}

/** What is wrong with how a command ended and what it said, one sentence each. */
export function judgeEnd(fault: Fault, ended: Ended, { whole }: Seen): string[] {
  return [...ended.trouble, ...judgeCode(fault, ended, whole), ...judgeMessage(fault, ended)];
}

/** Node alone takes up to half of it to start, on a machine that is busy. */
const earlyMs = 1_200;

function judgeCode(fault: Fault, { code, signal, stderr, ms, tooLate }: Ended, whole: boolean): string[] {
  const ending: Ending = code ?? signal ?? -1;
  if (calm.includes(ending) && !(fault.exact && !fault.codes.includes(ending))) {
    if (whole || (tooLate && fault.spoilsJournal)) return [];
    if (fault.partial && fault.codes.includes(ending)) return [];
    return [`ended with ${ending}, and its work is not whole`];
  }
  if (fault.codes.includes(ending)) return [];
  if (ms < earlyMs && fault.earlyCodes?.includes(ending)) return [];
  const wanted = [...fault.codes, ...(fault.exact ? [] : ['0 with whole work'])].join(', ');
  return [`ended with ${ending} (right: ${wanted}): ${lastLine(stderr)}`];
}

/** Signs of an error that nobody foresaw. */
const unforeseen = [
  /\bbreakeven: unexpected\b/,
  /^Node\.js v\d+/m,
  /\bnode:internal\/.*\n\s*.*\bthrow\b/,
  /^\s+at .+ \(?(file:\/\/|node:internal)/m,
];

/** A message that ends with what the system said, and with nothing that helps. */
const bare = /^breakeven: (the system refused: )?E[A-Z]{2,}\b[^.]*$/;

/** A fix is an imperative. */
const advice =
  /\b(name|set|raise|calibrate|measure|keep|lower|make|remove|try|change|end|see|use|give|go on|run|install|commit|point|check|free|look|write|mount|add|wait|choose|pass|restore|repair|start|take|put|leave|correct|allow|close|move|fetch|say|needs?|must|may|can|expected|resume|is not|one of|are|there is)\b/i;

/** So is a command to be typed. */
const command = /`(breakeven|git|npm|npx) [^`]+`/;

const explained = [1, 2, 3, 5];

function judgeMessage(fault: Fault, { code, stdout, stderr }: Ended): string[] {
  if (code === null || !explained.includes(code) || fault.output !== undefined) return [];
  const odd = unforeseen.find((sign) => sign.test(stderr));
  if (odd !== undefined) return [`an error that nobody foresaw: ${firstOf(stderr, odd)}`];
  // What a strategy did, and what a machine is unfit for, is part of the result.
  const text = code === 1 || code === 3 ? `${stdout}\n${stderr}` : stderr;
  const last = lastLine(text);
  if (last === '') return [`ended with ${code} and not one word`];
  if (code === 1 || code === 3) return [];
  const message = stderr.slice(Math.max(0, stderr.lastIndexOf('breakeven: ')));
  if (bare.test(last) || !(advice.test(message) || command.test(message)))
    return [`its message names no fix: ${last}`];
  return [];
}

function firstOf(text: string, sign: RegExp): string {
  const at = text.search(sign);
  return text
    .slice(at, at + 300)
    .trim()
    .split('\n')
    .slice(0, 2)
    .join(' ⏎ ');
}

function lastLine(text: string): string {
  return (text.trimEnd().split('\n').at(-1) ?? '').slice(-300);
}
