import type { Analysis } from '../../analysis/types.js';
import type { Point } from '../../contract/scenario.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';

/*
 * Everything that a verdict is made from, as one tree: `header` is the first line of the results file, `analysis` what
 * `analyse` makes of its records, `formulas` and `scaling` what the model does. A pointer is the name of one of the four
 * and a JSON pointer (RFC 6901) into it: `analysis:/accounts/1/points/0/cells/2/state/time`.
 */

export interface Roots {
  readonly header: Analysis['header'];
  readonly analysis: Analysis;
  readonly formulas: readonly AccountModel[];
  readonly scaling: readonly Scaling[];
}

/** Where the objects of the tree stand: what the origin of a figure is looked up in. */
export interface Sources {
  /** Pointer to an object of the tree; undefined of one that is none of it. */
  object(value: object): string | undefined;
  /** Ids of the cells whose records the value rests on; empty for what the header says, or the run as a whole. */
  records(pointer: string): readonly string[];
}

export function sourcesOf({ header, analysis, formulas, scaling }: Roots): Sources {
  const { header: _same, ...rest } = analysis;
  const index: Index = { objects: new Map([[analysis, 'analysis:']]), cells: new Map() };
  const cells = new Map<string, string[]>();
  for (const { id, strategy, point } of header.cells) push(cells, cellKey(strategy, point), id);
  const context: Context = { cells, ids: [] };
  // An object that stands in two places is what was made of the run before it is what was planned.
  walk(index, 'analysis:', rest, context);
  walk(index, 'formulas:', formulas, context);
  walk(index, 'scaling:', scaling, context);
  walk(index, 'header:', header, context);
  return {
    object: (value) => index.objects.get(value),
    records: (pointer) => index.cells.get(pointer) ?? [],
  };
}

/** Pointer to what an object has under a name (RFC 6901). */
export function fieldOf(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

interface Index {
  readonly objects: Map<object, string>;
  readonly cells: Map<string, readonly string[]>;
}

/** On the way down: which cells what is below speaks of. */
interface Context {
  readonly cells: ReadonlyMap<string, readonly string[]>;
  readonly ids: readonly string[];
}

function walk(index: Index, pointer: string, value: unknown, context: Context): void {
  if (typeof value === 'number' || typeof value === 'string') index.cells.set(pointer, context.ids);
  if (typeof value !== 'object' || value === null) return;
  if (!index.objects.has(value)) index.objects.set(value, pointer);
  const below = { ...context, ids: cellsOf(value, context) };
  index.cells.set(pointer, below.ids);
  for (const [name, each] of Object.entries(value)) {
    const at = ratioNames.includes(name) ? rivalsToo(value, below) : below;
    walk(index, fieldOf(pointer, name), each, at);
  }
}

/** A cell, or everything of a strategy at a point or anywhere. */
function cellsOf(value: object, { cells, ids }: Context): readonly string[] {
  const { cell, strategy, against, point } = value as Readonly<Record<string, unknown>>;
  if (typeof cell === 'string') return [cell];
  if (typeof strategy !== 'string') return ids;
  const labels = [strategy, ...(typeof against === 'string' ? [against] : [])];
  if (typeof point === 'object' && point !== null)
    return labels.flatMap((label) => cells.get(cellKey(label, point as Point)) ?? []);
  return [...cells].flatMap(([key, some]) =>
    labels.some((label) => key.startsWith(`${label} {`)) ? some : [],
  );
}

/** What a cell is held against stands at the same point. */
const ratioNames = ['speedUp', 'ratioToForLoop'];

function rivalsToo(value: object, context: Context): Context {
  const { point } = value as { readonly point?: Point };
  if (point === undefined) return context;
  const here = [...context.cells].flatMap(([key, some]) =>
    key.endsWith(` ${pointText(point)}`) ? some : [],
  );
  return { ...context, ids: [...new Set([...context.ids, ...here])] };
}

function cellKey(strategy: string, point: Point): string {
  return `${strategy} ${pointText(point)}`;
}

function pointText(point: Point): string {
  return JSON.stringify(Object.fromEntries(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
