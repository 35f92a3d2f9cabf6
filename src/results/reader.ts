import { readFileSync } from 'node:fs';
import {
  type CellHeader,
  type CellRecord,
  type EndRecord,
  formatName,
  formatVersion,
  type JournalLine,
  type Results,
  type RunHeader,
} from './format.js';
import { headerProblem, lineProblem } from './schema.js';

/** The file is no results file that this version can read: says what it is, and what to do. */
export class ResultsError extends Error {
  override readonly name = 'ResultsError';
}

/** Reads a results file. A torn last line, as a killed run leaves it, is dropped and noted. */
export function readResults(path: string): Results {
  const lines = readFileSync(path, 'utf8').split('\n');
  const torn = lines.pop() ?? '';
  if (lines.length === 0)
    throw new ResultsError(`${path} is empty or has no complete line: it is not a results file.`);
  const header = checkHeader(path, parseLine(path, lines[0], 1));
  const cells: CellHeader[] = [...header.cells];
  const records: CellRecord[] = [];
  let end: EndRecord | undefined;
  lines.slice(1).forEach((line, index) => {
    const parsed = parseLine(path, line, index + 2);
    const problem = lineProblem(parsed);
    if (problem !== undefined) throw new ResultsError(`${path}, line ${index + 2}: ${problem}`);
    const value = parsed as JournalLine;
    if (value.type === 'cell') records.push(value);
    else if (value.type === 'cells') cells.push(...value.cells);
    else if (value.type === 'end') end = value;
  });
  const notes = torn === '' ? [] : ['The last line of the results file was torn off and was left out.'];
  return { header: { ...header, cells }, records, ...(end ? { end } : {}), notes };
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
  if (header.version !== formatVersion) {
    throw new ResultsError(
      `${path} has version ${header.version} of the results format; this tool reads version ${formatVersion}. ` +
        'Run `report` with the version of breakeven that wrote it, or measure again.',
    );
  }
  const problem = headerProblem(header);
  if (problem !== undefined) throw new ResultsError(`${path}, line 1: ${problem}`);
  return header as RunHeader;
}
