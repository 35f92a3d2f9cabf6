import type { Block, Document, Inline, Quote, Text } from './document.js';
import { derivedOf, type Figure } from './figure.js';

/*
 * Where each figure of a document comes from, as JSON pointers (RFC 6901) into its `data`: an object is looked up by
 * identity, never by a value that it happens to share with another.
 */

/** A pointer, or the rule by which a figure is made of what several pointers lead to. */
export type Source = string | { readonly rule: string; readonly of: readonly Source[] };

/** Looks up where a figure or a quote of a document is read from; undefined where its owner is no part of the data. */
export type Sources = (from: Figure | Quote) => Source | undefined;

/** Walks through the data once; what stands there in two places is found at the first. */
export function resolvePointers({ data }: Pick<Document, 'data'>): Sources {
  const places = new Map<object, string>();
  walk(data, '', places);
  const pointerOf = (owner: object, key: string) => {
    const place = places.get(owner);
    return place === undefined ? undefined : appendKey(place, key);
  };
  const sourceOf: Sources = (from) => {
    const derived = from.kind === 'figure' ? derivedOf(from) : undefined;
    if (derived === undefined) return pointerOf(from.owner, from.key);
    const of =
      derived.rule === 'count' ? derived.of.map((each) => places.get(each)) : derived.of.map(sourceOf);
    const known = of.filter((each) => each !== undefined);
    // All or none: of a part, another figure could be made.
    return known.length === of.length ? { rule: derived.rule, of: known } : undefined;
  };
  return sourceOf;
}

function walk(value: unknown, place: string, places: Map<object, string>): void {
  if (typeof value !== 'object' || value === null || places.has(value)) return;
  places.set(value, place);
  for (const [key, each] of Object.entries(value)) walk(each, appendKey(place, key), places);
}

function appendKey(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Every figure and quote of some blocks, in the order in which they are read. */
export function referencesIn(blocks: readonly Block[]): (Figure | Quote)[] {
  return blocks.flatMap(textsIn).flatMap((words) => words.flatMap(referencesOf));
}

/** All texts of a block. */
export function textsIn(block: Block): Text[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'caution':
      return [block.text];
    case 'list':
      return [...block.items];
    case 'code':
      return [];
    case 'table':
      return [...block.columns.map(({ head }) => head), ...block.rows.flat()];
    case 'chart':
      return [block.alt];
    case 'details':
      return [block.summary, ...block.blocks.flatMap(textsIn)];
  }
}

function referencesOf(part: Inline): (Figure | Quote)[] {
  if (typeof part === 'string') return [];
  switch (part.kind) {
    case 'figure':
    case 'quote':
      return [part];
    case 'code':
      return typeof part.text === 'string' ? [] : [part.text];
    case 'strong':
    case 'emphasis':
    case 'link':
      return part.text.flatMap(referencesOf);
  }
}
