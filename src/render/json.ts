import type { Block, Document, Inline, Section, Text } from '../document/document.js';
import { readFigure } from '../document/figure.js';
import { resolvePointers, type Sources } from '../document/pointers.js';
import { printFigure } from '../document/units.js';
import { tidyQuote } from './escape.js';

/*
 * A document as data: each figure with its value, its unit, its text and a pointer (RFC 6901) into `data` of this very
 * file, so that any JSON-pointer library can follow it.
 */

/** Added to the front of every pointer: `data` is a field of the file. */
const dataRoot = '/data';

export function renderJson(document: Document, about: object = {}): string {
  const sourceOf = resolvePointers({ data: document.data });
  const file = {
    ...about,
    title: textJson(document.title, sourceOf),
    sections: document.sections.map((section) => sectionJson(section, sourceOf)),
    data: document.data,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
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
      return { kind: 'chart', file: block.file, alt: words(block.alt) };
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
      const from = inFile(sourceOf(part));
      return { from, value: readFigure(part), unit: part.unit, text: printFigure(part) };
    }
    case 'quote':
      return { from: inFile(sourceOf(part)), text: tidyQuote(part.shown) };
    case 'code':
      return { code: typeof part.text === 'string' ? part.text : inlineJson(part.text, sourceOf) };
    case 'strong':
      return { strong: textJson(part.text, sourceOf) };
    case 'link':
      return { link: textJson(part.text, sourceOf), to: part.to };
  }
}

function inFile(source: ReturnType<Sources>): ReturnType<Sources> {
  if (source === undefined) return undefined;
  if (typeof source === 'string') return `${dataRoot}${source}`;
  return { rule: source.rule, of: source.of.flatMap((each) => inFile(each) ?? []) };
}
