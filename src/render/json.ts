import type { Block, Document, Inline, Section, Text } from '../document/document.js';
import { readFigure } from '../document/figure.js';
import { resolvePointers, type Sources } from '../document/pointers.js';
import { printFigure } from '../document/units.js';
import { tidyQuote } from './escape.js';

/*
 * A document as data: each figure with its value, its unit, its text and a pointer (RFC 6901) into `data` of this very
 * file, so that any JSON-pointer library can follow it.
 */

export function renderJson(document: Document, about: object = {}): string {
  const file = { ...about, ...wordsJson(document, '/data'), data: document.data };
  return layOutJson(file);
}

/** JSON as all documents are written: short where it fits, so that a difference between two files can be read. */
export function layOutJson(file: object): string {
  return `${escapeControls(layOut(JSON.parse(JSON.stringify(file)), ''))}\n`;
}

/** What fits stands on one line, so that a difference between two files can be read and neither is long. */
function layOut(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (indent.length + short.length <= width || typeof value !== 'object' || value === null) return short;
  const inner = `${indent} `;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((each) => layOut(each, inner))]
    : [
        '{',
        '}',
        Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${layOut(each, inner)}`),
      ];
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${close}`;
}

const width = 120;

/** Codes that steer whoever shows a file as it is. They can stand in strings alone, where JSON has another way to write them. */
function escapeControls(json: string): string {
  return json.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const controls = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A document's title and sections, without its data: that stands at `root` in the same file, a JSON pointer. */
export function wordsJson(
  { title, sections, data }: Document,
  root: string,
): { readonly title: unknown; readonly sections: readonly unknown[] } {
  const sourceOf = sourcesInFile({ data }, root);
  return {
    title: textJson(title, sourceOf),
    sections: sections.map((section) => sectionJson(section, sourceOf)),
  };
}

function sourcesInFile(document: Pick<Document, 'data'>, root: string): Sources {
  const sourceOf = resolvePointers(document);
  return (from) => inFile(sourceOf(from), root);
}

function sectionJson({ id, title, blocks }: Section, sourceOf: Sources) {
  return {
    id,
    title: textJson(title, sourceOf),
    blocks: blocks.map((block) => blockJson(block, sourceOf)),
  };
}

function blockJson(block: Block, sourceOf: Sources): object {
  const words = (text: Text) => textJson(text, sourceOf);
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'caution':
      return { kind: block.kind, text: words(block.text) };
    case 'list':
      return { kind: 'list', items: block.items.map(words) };
    case 'code':
      return block;
    case 'table':
      return {
        kind: 'table',
        columns: block.columns.map(({ head, align }) => ({ head: words(head), align })),
        rows: block.rows.map((row) => row.map(words)),
      };
    case 'chart':
      return { kind: 'chart', file: block.file, alt: words(block.alt), chart: block.chart };
    case 'details':
      return {
        kind: 'details',
        summary: words(block.summary),
        blocks: block.blocks.map((each) => blockJson(each, sourceOf)),
      };
  }
}

function textJson(text: Text, sourceOf: Sources): unknown[] {
  return text.map((part) => inlineJson(part, sourceOf));
}

function inlineJson(part: Inline, sourceOf: Sources): unknown {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'figure': {
      const from = sourceOf(part);
      return { from, value: readFigure(part), unit: part.unit, text: printFigure(part) };
    }
    case 'quote':
      return { from: sourceOf(part), text: tidyQuote(part.shown) };
    case 'code':
      return { code: typeof part.text === 'string' ? part.text : inlineJson(part.text, sourceOf) };
    case 'strong':
      return { strong: textJson(part.text, sourceOf) };
    case 'emphasis':
      return { emphasis: textJson(part.text, sourceOf) };
    case 'link':
      return { link: textJson(part.text, sourceOf), to: part.to };
  }
}

function inFile(source: ReturnType<Sources>, root: string): ReturnType<Sources> {
  if (source === undefined) return undefined;
  if (typeof source === 'string') return `${root}${source}`;
  return { rule: source.rule, of: source.of.flatMap((each) => inFile(each, root) ?? []) };
}
