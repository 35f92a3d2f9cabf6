/* What a calibration knows of the machine beside its strategies: kernels, and memory. Imports nothing. */

/** How a list lies in memory while a kernel goes over it: as its user holds it, packed, or in WebAssembly memory. */
export type ListForm = 'list' | 'typed' | 'wasm';

/** One kernel on lists of one length that lie in place. */
export interface KernelCost {
  readonly form: ListForm;
  /** Numbers in the list. */
  readonly length: number;
  /** Value of the kernel's `workOption`; 1 where it has none. */
  readonly work: number;
  /** Per list, ns. */
  readonly ns: number;
}

/** One kernel. Of the profile's own the work is left out, and what stands here is its loop over the numbers alone. */
export interface KernelCosts {
  /** Name of the option that `work` is the value of; absent where none was varied. */
  readonly workOption?: string;
  readonly costs: readonly KernelCost[];
}

/** How fast memory lets data through, read plus written, where no cache helps. */
export interface MemoryBandwidth {
  /** What one pass read and wrote. */
  readonly bytes: number;
  /** The most that a single thread moved. */
  readonly oneThreadBytesPerNs: number;
  /** The most that was moved with a thread on every usable core, or by a single one where that is more. */
  readonly allCoresBytesPerNs: number;
}

const forms: readonly unknown[] = ['list', 'typed', 'wasm'] satisfies ListForm[];

/** Throws a TypeError that names the kernel. `where`: "the profile's kernels". */
export function checkKernels(where: string, kernels: unknown): void {
  if (typeof kernels !== 'object' || kernels === null || Array.isArray(kernels))
    throw new TypeError(`${where} must be costs by the kernel's name`);
  for (const [id, found] of Object.entries(kernels)) {
    const { costs, workOption = '' } = (found ?? {}) as Partial<KernelCosts>;
    if (typeof workOption !== 'string') throw new TypeError(`${where}, ${id}: workOption must be a name`);
    if (!Array.isArray(costs) || !costs.every(isCost))
      throw new TypeError(
        `${where}, ${id}: each cost needs a form (list, typed or wasm), and length, work and ns above 0`,
      );
  }
}

/** Throws a TypeError that says what is wrong. */
export function checkBandwidth(where: string, found: unknown): void {
  const { bytes, oneThreadBytesPerNs, allCoresBytesPerNs } = (found ?? {}) as Partial<MemoryBandwidth>;
  if (![bytes, oneThreadBytesPerNs, allCoresBytesPerNs].every(isAboveZero))
    throw new TypeError(`${where} needs bytes, oneThreadBytesPerNs and allCoresBytesPerNs, above 0`);
  if (Number(allCoresBytesPerNs) < Number(oneThreadBytesPerNs))
    throw new TypeError(`${where}: all cores together cannot move less than one thread`);
}

function isCost(value: Partial<KernelCost> | null): boolean {
  return forms.includes(value?.form) && [value?.length, value?.work, value?.ns].every(isAboveZero);
}

function isAboveZero(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY;
}
