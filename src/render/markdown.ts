import type { Block, Document, Inline, Quote, Section, Text } from '../document/document.js';
import type { Figure } from '../document/figure.js';
import { printFigure } from '../document/units.js';
import { codeMarkdown, escapeMarkdown, fenceMarkdown, tidyQuote } from './escape.js';

/* A document as Markdown, as GitHub reads it. */

/** What becomes of a figure or a quote once it is printed: it may be wrapped, never changed. */
export type Wrap = (printed: string, from: Figure | Quote) => string;

const bare: Wrap = (printed) => printed;

export function renderMarkdown({ title, embedded, sections }: Document, wrap: Wrap = bare): string {
  const head = `${embedded ? '###' : '#'} ${textMarkdown(title, wrap)}`;
  return `${joinShown([head, ...sections.map((section) => sectionMarkdown(section, wrap))])}\n`;
}

export function sectionMarkdown({ title, blocks }: Section, wrap: Wrap = bare): string {
  const head = title.length === 0 ? [] : [`## ${textMarkdown(title, wrap)}`];
  return joinShown([...head, ...blocks.map((block) => blockMarkdown(block, wrap))]);
}

/** What shows nothing, as a chart without a picture, leaves no gap. */
function joinShown(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

export function blockMarkdown(block: Block, wrap: Wrap = bare): string {
  const words = (text: Text) => textMarkdown(text, wrap);
  switch (block.kind) {
    case 'paragraph':
      return words(block.text);
    case 'heading':
      return `### ${words(block.text)}`;
    case 'caution':
      return `> ${words(block.text)}`;
    case 'list':
      return block.items.map((item) => `- ${words(item)}`.trimEnd()).join('\n');
    case 'code': {
      const fence = fenceMarkdown(block.lines, 3);
      return `${fence}${block.language}\n${block.lines}\n${fence}`;
    }
    case 'table': {
      const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      const head = block.columns.map((column) => words(column.head));
      return [line(head), line(head.map(() => '---')), ...block.rows.map((row) => line(row.map(words)))].join(
        '\n',
      );
    }
    case 'chart':
      if (block.file === undefined) return '';
      // Brackets would end the description.
      return `![${words(block.alt).replace(/[[\]]/g, '')}](${block.file})`;
    case 'details': {
      const inside = joinShown(block.blocks.map((each) => blockMarkdown(each, wrap)));
      if (inside === '') return '';
      return [`<details><summary>${words(block.summary)}</summary>`, inside, '</details>'].join('\n\n');
    }
  }
}

export function textMarkdown(text: Text, wrap: Wrap = bare): string {
  return text.map((part) => inlineMarkdown(part, wrap)).join('');
}

function inlineMarkdown(part: Inline, wrap: Wrap): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  switch (part.kind) {
    case 'figure':
      return wrap(escapeMarkdown(printFigure(part)), part);
    case 'quote':
      return wrap(escapeMarkdown(tidyQuote(part.shown)), part);
    case 'code':
      return codeText(part.text, wrap);
    case 'strong':
      return `**${textMarkdown(part.text, wrap)}**`;
    case 'emphasis':
      return `*${textMarkdown(part.text, wrap)}*`;
    case 'link':
      return `[${textMarkdown(part.text, wrap)}](${part.to})`;
  }
}

function codeText(typed: string | Quote, wrap: Wrap): string {
  if (typeof typed === 'string') return codeMarkdown(typed);
  return codeMarkdown(tidyQuote(typed.shown), (line) => wrap(line, typed));
}
