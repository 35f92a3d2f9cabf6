import type { Analysis, Estimate } from '../../analysis/types.js';
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

/** Where values stand in the tree: what a figure is looked up in. */
export interface Sources {
  /** Pointers of a number, or of an estimate with this value and interval. */
  values(key: string): readonly string[];
  texts(text: string): readonly string[];
  /** Pointer of an object of the analysis. */
  object(value: object): string | undefined;
  /** Numbers and texts of the header besides its cells, by pointer. */
  readonly fields: ReadonlyMap<string, number | string>;
  /** Ids of the cells whose records the value rests on; empty for what the header says, or the run as a whole. */
  records(pointer: string): readonly string[];
}

/** How a value is looked up. The sign is not printed where a sentence says "longer". */
export function valueKey(value: number, interval?: Estimate['interval']): string {
  return interval === undefined
    ? `${Math.abs(value)}`
    : `${Math.abs(value)} ${interval.low} ${interval.high}`;
}

/** A sentence may end without its period, or begin in upper case. */
export function textKey(text: string): string {
  const bare = text.trim().replace(/\.$/, '');
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}

export function sourcesOf({ header, analysis, formulas, scaling }: Roots): Sources {
  const { header: _same, ...rest } = analysis;
  const index: Index = {
    values: new Map(),
    texts: new Map(),
    objects: new Map(),
    fields: new Map(),
    cells: new Map(),
  };
  const cells = new Map<string, string[]>();
  for (const { id, strategy, point } of header.cells) push(cells, cellKey(strategy, point), id);
  const context: Context = { cells, ids: [] };
  // A value of the run before one that merely was planned.
  walk(index, 'analysis:', rest, context);
  walk(index, 'formulas:', formulas, context);
  walk(index, 'scaling:', scaling, context);
  walk(index, 'header:', header, context);
  return {
    values: (key) => index.values.get(key) ?? [],
    texts: (text) => index.texts.get(textKey(text)) ?? [],
    object: (value) => index.objects.get(value),
    fields: index.fields,
    records: (pointer) => index.cells.get(pointer) ?? [],
  };
}

interface Index {
  readonly values: Map<string, string[]>;
  readonly texts: Map<string, string[]>;
  readonly objects: Map<object, string>;
  readonly fields: Map<string, number | string>;
  readonly cells: Map<string, readonly string[]>;
}

/** On the way down: which cells what is below speaks of. */
interface Context {
  readonly cells: ReadonlyMap<string, readonly string[]>;
  readonly ids: readonly string[];
}

function walk(index: Index, pointer: string, value: unknown, context: Context): void {
  if (typeof value === 'number') push(index.values, valueKey(value), pointer);
  if (typeof value === 'string') push(index.texts, textKey(value), pointer);
  if (typeof value === 'number' || typeof value === 'string') {
    if (pointer.startsWith('header:') && !pointer.startsWith('header:/cells/'))
      index.fields.set(pointer, value);
    index.cells.set(pointer, context.ids);
  }
  if (typeof value !== 'object' || value === null) return;
  if (!index.objects.has(value)) index.objects.set(value, pointer);
  const below = { ...context, ids: cellsOf(value, context) };
  index.cells.set(pointer, below.ids);
  if (isEstimate(value)) push(index.values, valueKey(value.value, value.interval), pointer);
  if (isCoefficient(value)) push(index.values, valueKey(value.coefficient.ns, value.interval), pointer);
  for (const [name, each] of Object.entries(value)) {
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
    const at = ratioNames.includes(name) ? rivalsToo(value, below) : below;
    walk(index, `${pointer}/${escaped}`, each, at);
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

function isEstimate(value: object): value is Estimate {
  return 'value' in value && 'rounds' in value && typeof value.value === 'number';
}

function isCoefficient(
  value: object,
): value is { coefficient: { ns: number }; interval?: Estimate['interval'] } {
  const { coefficient } = value as { readonly coefficient?: { readonly ns?: unknown } };
  return typeof coefficient?.ns === 'number';
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
