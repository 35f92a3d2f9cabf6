import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the repository is, seen from dist. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Pages that people read, from the root of the repository. */
export const pageFiles: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'strategies/README.md',
  'reports/README.md',
];

export interface CodeBlock {
  /** As it stands behind the fence; empty where nothing does. */
  readonly language: string;
  readonly text: string;
}

export interface Link {
  readonly to: string;
  /** Line of the page, from 1. */
  readonly line: number;
}

export interface Page {
  readonly file: string;
  readonly blocks: readonly CodeBlock[];
  /** Of text and pictures, with those to other sites. */
  readonly links: readonly Link[];
  /** What stands between backticks in the text. */
  readonly spans: readonly string[];
  /** Names that a link can end with behind `#`, as GitHub makes them of headings. */
  readonly anchors: ReadonlySet<string>;
}

export function readPage(file: string): Page {
  return parsePage(file, readFileSync(join(root, file), 'utf8'));
}

export function parsePage(file: string, text: string): Page {
  const blocks: CodeBlock[] = [];
  // What is in a code block is no text: its lines are emptied, so that links keep their line.
  const prose = text.replace(/^```(\S*)[^\n]*\n([\s\S]*?)^```$/gm, (all, language: string, inner: string) => {
    blocks.push({ language, text: inner });
    return all.replace(/[^\n]/g, '');
  });
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => span.replace(/\s+/g, ' '));
  const withoutSpans = prose.replace(/`[^`]+`/g, (span) => span.replace(/[^\n]/g, ' '));
  const links = [...withoutSpans.matchAll(/\]\(\s*([^)\s]+)\s*\)/g)].map(({ 1: to, index }) => ({
    to,
    line: withoutSpans.slice(0, index).split('\n').length,
  }));
  return { file, blocks, links, spans, anchors: anchorsOf(prose) };
}

function anchorsOf(prose: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading] of prose.matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const name = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Links of a page that lead nowhere. `isThere` says so of a path from the root, a file or a folder. */
export function brokenLinks(page: Page, isThere: (path: string) => boolean): string[] {
  return page.links.flatMap(({ to, line }) => {
    if (/^[a-z]+:/.test(to)) return [];
    const [path, anchor] = to.split('#');
    const target = path === '' ? page.file : join(page.file, '..', path);
    const where = `${page.file}:${line}: ${to}`;
    if (!isThere(target)) return [`${where}: there is no ${target}`];
    if (anchor === undefined || readPage(target).anchors.has(anchor)) return [];
    return [`${where}: ${target} has no heading "${anchor}"`];
  });
}
