import { InputError } from '../contract/errors.js';
import { readFileLines } from '../files/read-file.js';
import {
  type CellHeader,
  type CellRecord,
  type EndRecord,
  formatName,
  headerProblem,
  type JournalLine,
  lineProblem,
  type Results,
  type RunHeader,
  readableVersions,
} from './format.js';
import { showableHeader, showableRecord } from './showable.js';

/** The file is no results file that this version can read: says what it is, and what to do. */
export class ResultsError extends InputError {
  override readonly name = 'ResultsError';
}

const damaged = 'The file was edited or is damaged there: take a whole copy of it, or measure again.';

/** Every line of a results file as it stands there: what a run that was cut off goes on from. */
export interface WrittenLines {
  /** As it was written, without the cells that were added later. */
  readonly header: RunHeader;
  readonly lines: readonly Exclude<JournalLine, RunHeader>[];
  /** Up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** The file when it was read. More than `wholeBytes` where a killed run left a torn last line. */
  readonly fileBytes: number;
}

/** Did the run come to its end? One that was interrupted may go on. */
export function isFinished({ lines }: Pick<WrittenLines, 'lines'>): boolean {
  const last = lines.at(-1);
  return last?.type === 'end' && last.status === 'finished';
}

/** Reads a results file for a report: names as they can be shown anywhere. A torn last line is dropped and noted. */
export function readResults(path: string): Results {
  const { header, lines, wholeBytes, fileBytes } = readLines(path);
  const cells: CellHeader[] = [...header.cells];
  const records: CellRecord[] = [];
  let end: EndRecord | undefined;
  for (const line of lines) {
    if (line.type === 'cells') cells.push(...line.cells);
    if (line.type === 'cell') records.push(showableRecord(line));
    // A run that was interrupted and resumed has several ends: one that is followed by something is none.
    end = line.type === 'end' ? line : undefined;
  }
  const notes =
    fileBytes > wholeBytes ? ['The last line of the results file was torn off and was left out.'] : [];
  return { header: showableHeader({ ...header, cells }), records, ...(end ? { end } : {}), notes };
}

/** A record of the longest series is a thousandth of it. */
export const mostLineBytes = 2 ** 28;

/**
 * Reads and checks a results file line by line: it may be larger than any string, and than memory if little of it is
 * kept. Throws a ResultsError that names file, line and field.
 */
export function readLines(path: string): WrittenLines {
  const lines: Exclude<JournalLine, RunHeader>[] = [];
  const skips = watchRounds();
  let header: RunHeader | undefined;
  const read = readFileLines(path, mostLineBytes, (text, number) => {
    const parsed = parseLine(path, text, number);
    if (header === undefined) {
      header = checkHeader(path, parsed);
      return;
    }
    const problem = lineProblem(parsed) ?? skips(parsed as JournalLine);
    if (problem !== undefined) throw new ResultsError(`${path}, line ${number}: ${problem}. ${damaged}`);
    lines.push(parsed as Exclude<JournalLine, RunHeader>);
  });
  if (header === undefined)
    throw new ResultsError(`${path} is empty or has no complete line: it is not a results file.`);
  return { header, lines, ...read };
}

function parseLine(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ResultsError(`${path}, line ${number}: not JSON. It is not a results file, or it was edited.`, {
      cause,
    });
  }
}

function checkHeader(path: string, value: unknown): RunHeader {
  const header = value as Partial<RunHeader> | null;
  if (typeof header !== 'object' || header?.format !== formatName) {
    throw new ResultsError(
      `${path} is not a results file of breakeven: its first line does not say "${formatName}".`,
    );
  }
  if (header.version === undefined || !readableVersions.includes(header.version)) {
    throw new ResultsError(
      `${path} has version ${header.version} of the results format; this tool reads versions ${readableVersions[0]} to ${readableVersions.at(-1)}. ` +
        'Run `report` with the version of breakeven that wrote it, or measure again.',
    );
  }
  const problem = headerProblem(header);
  if (problem !== undefined) throw new ResultsError(`${path}, line 1: ${problem}. ${damaged}`);
  return header as RunHeader;
}

/** Rounds that may be missing, of a file that somebody made smaller by hand. */
const spare = 1_000;

/**
 * Watches the lines of one file: what is wrong with the round of the next one, undefined where nothing is. Rounds are
 * measured one after another, so that there are never more of them than records: tables by round may be made as long as
 * the largest round says.
 */
export function watchRounds(): (line: JournalLine) => string | undefined {
  let records = 0;
  return (line) => {
    if (line.type !== 'cell') return undefined;
    records++;
    return line.round < records + spare
      ? undefined
      : `round: ${line.round} after ${records} records, and no run leaves rounds out`;
  };
}
