import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What lines were measured with: those of other settings or of another machine are not gone on with. */
export interface LinesHeader {
  readonly key: string;
  readonly startedAt: string;
}

/** Everything that was measured, one JSON object per line, so that a check that was stopped goes on where it was. */
export class KeyedLines<Line> {
  readonly lines: Line[] = [];
  readonly header: LinesHeader;

  constructor(
    private readonly path: string,
    key: string,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    const [first, ...rest] = existsSync(path) ? linesOf(path) : [];
    const known = first as LinesHeader | undefined;
    if (known !== undefined && known.key !== key)
      throw new Error(
        `${path} was measured with other settings or other code, on another machine or Node: move it away.`,
      );
    this.header = known ?? { key, startedAt: new Date().toISOString() };
    if (known === undefined) this.append(this.header);
    this.lines.push(...(rest as Line[]));
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
