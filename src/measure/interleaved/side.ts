/** One of two runs that are measured in one job. */
export type SideName = 'base' | 'head';

export const sideNames: readonly SideName[] = ['base', 'head'];

export type Both<T> = Readonly<Record<SideName, T>>;

/** Cells of both sides have the same ids: in the one job they are told apart by the side before them. */
export function twinCell(side: SideName, cell: string): string {
  return `${side}:${cell}`;
}

export function splitCell(cell: string): { readonly side: SideName; readonly cell: string } {
  const at = cell.indexOf(':');
  return { side: cell.slice(0, at) as SideName, cell: cell.slice(at + 1) };
}
