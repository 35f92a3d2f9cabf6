import type { CellRecord, EndRecord } from '../../results/format.js';
import type { Journal } from '../../results/journal.js';
import type { EarlierLine } from '../past.js';
import { type Both, sideNames, splitCell, twinCell } from './side.js';

/** One journal for `measure`, two results files on disk: each line goes to its side, the end to both. */
export function twinJournal(journals: Both<Journal>): Journal {
  return {
    path: journals.base.path,
    goOn: journals.base.goOn,
    append: (line) => {
      if (line.type === 'cell') {
        const { side, cell } = splitCell(line.cell);
        journals[side].append({ ...line, cell });
      } else if (line.type === 'end') {
        for (const side of sideNames) journals[side].append(line);
      } else throw new Error(`a comparison writes no line "${line.type}"`);
    },
    close: () => {
      for (const side of sideNames) journals[side].close();
    },
  };
}

/** The lines of both files as the one job wrote them: `order` counts over both. */
export function earlierLines(lines: Both<readonly EarlierLine[]>): EarlierLine[] {
  const isCell = (line: EarlierLine): line is CellRecord => line.type === 'cell';
  const records = sideNames.flatMap((side) =>
    lines[side].filter(isCell).map((record) => ({ ...record, cell: twinCell(side, record.cell) })),
  );
  const ends = lines.base.filter((line): line is EndRecord => line.type === 'end');
  return [...records.sort((a, b) => a.order - b.order), ...ends];
}
