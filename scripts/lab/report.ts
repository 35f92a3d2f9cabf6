import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';

/** Writes a file that is to be committed. Throws where a text holds a path of this machine: a report never holds one. */
export function writeReport(path: string, content: string | Uint8Array): void {
  if (typeof content === 'string') checkText(content, path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** As `writeReport`, of a file that is there already. */
export function checkReport(path: string): void {
  checkText(readFileSync(path, 'utf8'), path);
}

function checkText(text: string, path: string): void {
  if ([tmpdir(), homedir(), process.cwd()].some((place) => text.includes(`${place}/`)))
    throw new Error(`${path} would hold a path of this machine`);
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
