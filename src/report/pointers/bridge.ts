import type { Point } from '../../contract/scenario.js';
import type { Quote } from '../../document/document.js';
import { derivedOf, type Figure, readFigure } from '../../document/figure.js';
import { tool } from '../../documents/tool.js';
import type { Wrap } from '../../render/markdown.js';
import { type Field, noted, type Origin } from './note.js';

/*
 * While some sections are documents and others still strings: a document's figures get the marks of the old notes, so that
 * one list of pointers stands beside a verdict. It goes with the notes.
 */

/** What the old notes call them. */
const toolNames: Readonly<Record<string, string>> = {
  levelOfIntervals: 'level of intervals',
  leastRounds: 'least rounds',
  fullRounds: 'rounds of a full run',
  wellExplained: 'share of a call that is well explained',
  metgEfficiency: 'efficiency of METG',
  selfCheck: 'self-check',
};

export const noteSource: Wrap = (printed, from) => noted(printed, originOf(from));

function originOf(from: Figure | Quote): Origin {
  if (from.owner === tool) return { kind: 'tool', name: toolNames[from.key] };
  if (from.kind === 'quote') return { kind: 'text', from: from.owner, name: from.key };
  const { owner, key, unit, digits } = from;
  const derived = derivedOf(from);
  if (derived !== undefined) return derivedOrigin(derived);
  const value = readFigure(from);
  if (typeof unit === 'object') {
    // A point has its values under the names of its axes; a border has names of its own.
    if (key === unit.axis && typeof value !== 'object')
      return { kind: 'axis', axis: unit.axis, value, point: owner as Point };
    return { kind: 'border', from: owner, name: key, rounded: digits === 2 };
  }
  // A formula's price is a coefficient and its interval: the notes know both by their owner.
  if (key === 'cost' && 'coefficient' in owner) return { kind: 'estimate', from: owner };
  return typeof value === 'object'
    ? { kind: 'estimate', from: value }
    : { kind: 'field', from: owner, name: key };
}

function derivedOrigin(derived: NonNullable<ReturnType<typeof derivedOf>>): Origin {
  switch (derived.rule) {
    case 'count':
      return { kind: 'these', from: derived.of };
    case 'quotient':
      return { kind: 'quotient', from: derived.of.map(fieldOf) };
    case 'middle': {
      const half = derived.of.length / 2;
      return { kind: 'middle', of: [sizeOf(derived.of.slice(0, half)), sizeOf(derived.of.slice(half))] };
    }
  }
}

function fieldOf({ owner, key }: Figure): Field {
  return { from: owner, name: key };
}

function sizeOf(quantities: readonly Figure[]): Record<string, number> {
  return Object.fromEntries(quantities.map((each) => [each.key, Number(readFigure(each))]));
}
