import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, root } from './pages.js';

/** A command line of ours on a page. */
export interface PrintedCommand {
  readonly file: string;
  /** As it stands there. */
  readonly line: string;
  readonly asks:
    | { readonly kind: 'breakeven'; readonly args: readonly string[] }
    /** A script of package.json that is not the command line: it reads its arguments itself. */
    | { readonly kind: 'script'; readonly name: string }
    /** Starts a file of the clone. */
    | { readonly kind: 'program'; readonly path: string };
}

interface Manifest {
  readonly version: string;
  readonly overrides: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

export const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const shells: readonly string[] = ['sh', 'bash', 'console', 'yaml'];

/** Commands in code blocks, and those that stand between backticks in the text with what they are given. */
export function commandsOf({ file, blocks, spans }: Page): PrintedCommand[] {
  const lines = [
    ...blocks.filter(({ language }) => shells.includes(language)).flatMap(({ text }) => text.split('\n')),
    // A command's bare name in a sentence is a name.
    ...spans.filter((span) => !/^(npx )?breakeven \w+$/.test(span)),
  ];
  return lines.flatMap((line) => oneByOne(line).flatMap((words) => commandOf(file, words)));
}

/** The commands of one line, in words. What a shell would fill in, or put into quotes, is on none of our pages but a branch's name. */
function oneByOne(line: string): string[][] {
  const plain = line
    .replace(/^\s*- run: /, '')
    .replace(/^\$ /, '')
    .replace(/(^|\s)#.*$/, '')
    .replace(/\$\{\{ github\.base_ref \}\}/g, 'main');
  return plain.split(/&&|\|\|/).map((each) => each.trim().split(/\s+/));
}

function commandOf(file: string, words: readonly string[]): PrintedCommand[] {
  const line = words.join(' ');
  const [program, ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  if (program === 'breakeven' && rest.length > 0)
    return [{ file, line, asks: { kind: 'breakeven', args: rest } }];
  if (program === 'npm' && rest[0] === 'test')
    return [{ file, line, asks: { kind: 'script', name: 'test' } }];
  if (program === 'npm' && rest[0] === 'run' && rest[1] !== undefined) {
    const [, name, dashes, ...args] = rest;
    const [before, ...own] = (manifest.scripts[name] ?? '').split(' ').slice(1);
    if (before !== 'dist/src/cli/main.js') return [{ file, line, asks: { kind: 'script', name } }];
    if (dashes !== undefined && dashes !== '--')
      throw new Error(`${file}: ${line}: npm takes what is not behind --`);
    return [{ file, line, asks: { kind: 'breakeven', args: [...own, ...args] } }];
  }
  if (program === 'node' && /^(dist|scripts)\//.test(rest[0] ?? ''))
    return [{ file, line, asks: { kind: 'program', path: rest[0] } }];
  return [];
}
