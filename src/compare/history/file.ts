import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError, RunError } from '../../contract/errors.js';
import { appendWholeLines, type Tail } from '../../files/append-file.js';
import { readFileLines } from '../../files/read-file.js';
import { type Lock, takeLock } from '../../results/lock.js';
import { showableName } from '../../results/showable.js';
import { problemOf, v } from '../../results/valid.js';
import { type HistoryLine, historyFormat, historyLineSchema, historyVersion } from './line.js';

/** A line of ours has some 600 bytes. */
const mostLineBytes = 2 ** 16;

/** A history file as read. */
export interface History {
  /** As it was named. */
  readonly file: string;
  /** In the order of the file; a line that stands there twice, as merges may leave it, once. */
  readonly lines: readonly HistoryLine[];
}

/**
 * Reads a history file; one that is not there yet is empty. A torn last line is left out. Throws an InputError that names
 * file, line and what to do where it holds anything else than lines of a history.
 */
export function readHistory(file: string): History {
  return { file, lines: [...readByText(file).values()] };
}

function readByText(file: string): Map<string, HistoryLine> {
  const lines = new Map<string, HistoryLine>();
  if (!existsSync(file)) return lines;
  const { wholeBytes, fileBytes } = readFileLines(file, mostLineBytes, (text, number) => {
    if (text.trim() !== '') lines.set(text, checkLine(text, `${file}, line ${number}`));
  });
  if (wholeBytes === 0 && fileBytes > 0)
    throw new InputError(
      `${file} holds no whole line: it is no history. Name the file of one, or one that is not there yet.`,
    );
  return lines;
}

/** What git leaves where it could not merge, and was not told to keep both. */
const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/;

function checkLine(text: string, where: string): HistoryLine {
  if (conflict.test(text))
    throw new InputError(
      `${where}: git left a conflict there. Keep the lines of both sides and take its marks out; with \`merge=union\` for this ` +
        'file in .gitattributes it does so itself.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `${where}: it is not JSON. Take it out if it was edited; if this is no history of breakeven, name another file.`,
      { cause },
    );
  }
  const { format, version } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<HistoryLine>;
  if (format !== historyFormat)
    throw new InputError(
      `${where}: it does not say "${historyFormat}". Name the file of a history, or one that is not there yet.`,
    );
  if (version !== historyVersion)
    throw new InputError(
      `${where}: it has version ${version} of the format, and this tool reads version ${historyVersion}. Use the ` +
        'version of breakeven that wrote it, or begin a new file.',
    );
  const result = v.safeParse(historyLineSchema, value, { abortEarly: true });
  if (!result.success)
    throw new InputError(`${where}: ${problemOf(result)}. Take the line out: no other one depends on it.`);
  return showableLine(result.output);
}

/** Names stand in tables and sentences of a page. */
function showableLine(line: HistoryLine): HistoryLine {
  const { run, tool, scenario, strategy, point, machine } = line;
  return {
    ...line,
    run: showableName(run),
    tool: showableName(tool),
    scenario: showableName(scenario),
    strategy: showableName(strategy),
    point: Object.fromEntries(
      Object.entries(point).map(([axis, value]) => [
        showableName(axis),
        typeof value === 'string' ? showableName(value) : value,
      ]),
    ),
    machine: { ...machine, cpu: showableName(machine.cpu), node: showableName(machine.node) },
  };
}

/**
 * Appends lines that are not there yet, all of them or none, while no other process of ours does. Returns the history with them. Throws an
 * InputError where the file is no history, and a RunError where another process keeps it for too long.
 */
export async function appendHistory(file: string, lines: readonly HistoryLine[]): Promise<History> {
  const lock = await takeHistoryLock(file);
  try {
    // A comparison that is resumed when it was done already has nothing to add.
    const there = readByText(file);
    const added = lines.map((line) => JSON.stringify(line)).filter((line) => !there.has(line));
    if (added.length > 0) appendWholeLines(file, added, judgeTail);
    return readHistory(file);
  } finally {
    lock.release();
  }
}

function judgeTail(tail: string): Tail {
  try {
    checkLine(tail, 'the last line');
    return 'whole';
  } catch {
    const begins = `{"format":"${historyFormat}"`;
    return tail.startsWith(begins) || begins.startsWith(tail) ? 'torn' : 'foreign';
  }
}

class HistoryHeld extends RunError {}

/** Appending takes milliseconds. */
const waitMs = 10_000;
const lookEveryMs = 25;

async function takeHistoryLock(file: string): Promise<Lock> {
  const path = `${file}.lock`;
  const endMs = performance.now() + waitMs;
  for (;;) {
    try {
      return takeLock(
        path,
        ({ pid }) =>
          new HistoryHeld(
            `process ${pid} has been writing to ${file} for ${waitMs / 1_000} s, or ended elsewhere without a word. Nothing was ` +
              `written. Remove ${path} if no comparison is at work, and try again.`,
          ),
      );
    } catch (cause) {
      if (!(cause instanceof HistoryHeld) || performance.now() > endMs) throw cause;
    }
    await sleep(lookEveryMs);
  }
}
