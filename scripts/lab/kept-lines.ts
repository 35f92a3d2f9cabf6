import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** What lines were made with: those of other settings, other code or another machine are not gone on with. */
export interface LinesHeader {
  readonly key: string;
  readonly startedAt: string;
}

/** All that was done, piece by piece, one JSON object per line: a script that was stopped goes on where it was. */
export class KeptLines<Line> {
  readonly lines: Line[] = [];
  readonly header: LinesHeader;

  /** `others`: what becomes of lines with another key. */
  constructor(
    private readonly path: string,
    key: string,
    others: 'refuse' | 'remove' = 'refuse',
  ) {
    mkdirSync(dirname(path), { recursive: true });
    const [first, ...rest] = existsSync(path) ? linesOf(path) : [];
    const known = first as LinesHeader | undefined;
    const fits = known?.key === key;
    if (known !== undefined && !fits && others === 'refuse')
      throw new Error(
        `${path} was measured with other settings or other code, on another machine or Node: move it away.`,
      );
    this.header = known !== undefined && fits ? known : { key, startedAt: new Date().toISOString() };
    if (fits) this.lines.push(...(rest as Line[]));
    else {
      rmSync(path, { force: true });
      this.append(this.header);
    }
  }

  add(line: Line): void {
    this.append(line);
    this.lines.push(line);
  }

  private append(line: Line | LinesHeader): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
  }
}

/** A line that was cut off by a kill is left out, and mended so that the next one starts on a line of its own. */
function linesOf(path: string): unknown[] {
  const text = readFileSync(path, 'utf8');
  if (!text.endsWith('\n')) appendFileSync(path, '\n');
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
