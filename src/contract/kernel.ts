/** Plain data: all that crosses a border between threads or processes, besides hrefs. */
export type Options = Readonly<Record<string, number | string>>;

/** Where a kernel is found and with which options it is made. `module` is an href string, never a `URL` object. */
export interface KernelRef {
  readonly module: string;
  readonly options: Options;
}

/** One list of the dictionary as a strategy holds it. Never change it. */
export type List = ArrayLike<number>;

/** A list of answers that a strategy has made and the kernel fills. */
export type Output = number[] | Float64Array;

/** Work per list of `length` numbers: floating-point operations, and bytes read plus written. */
export interface Work {
  readonly flops: number;
  readonly bytes: number;
}

/**
 * A WebAssembly twin of the kernel. The module imports `env.memory` (not shared) and exports
 * `map(source, target, length, ...args)` for a map, `reduce(source, length, ...args) → f64` for a reduce;
 * source and target are byte addresses of f64, 16-byte aligned or not.
 */
export interface Wasm {
  /** href of the .wasm file. `x.shared.wasm` beside it, where there is one, is the same built for shared memory. */
  readonly module: string;
  readonly args?: readonly number[];
}

export interface MapKernel {
  readonly kind: 'map';
  /** Fills `out` (same length as `xs`) from `xs`; `out` may hold anything before. */
  list(xs: List, out: Output): void;
  /** Only where the function makes its own output list and cannot fill one that is given: it is used instead of `list`. */
  fresh?(xs: List): ArrayLike<number>;
  readonly wasm?: Wasm;
  work(length: number): Work;
}

export interface ReduceKernel {
  readonly kind: 'reduce';
  /** The answer of one list; the dictionary of answers holds it as a list of one. */
  list(xs: List): number;
  /** Joins the answers of two neighbouring parts of one list (`split: 'associative'`). */
  combine?(a: number, b: number): number;
  readonly wasm?: Wasm;
  work(length: number): Work;
}

export interface WaitKernel {
  readonly kind: 'wait';
  /** Time passes, no CPU. Resolves to the answer list, or to nothing where the answer is the input itself. */
  list(xs: List): Promise<ArrayLike<number> | undefined>;
  work(length: number): Work;
}

export type Kernel = MapKernel | ReduceKernel | WaitKernel;

/** How two answers may differ: not at all (`Object.is`, NaNs equal), or by so many units in the last place. */
export type Agreement = 'exact' | { readonly ulps: number };

/** A kernel module's default export. */
export interface KernelPlugin<O extends Options = Options> {
  readonly title: string;
  /** Every option with its default. */
  readonly options: O;
  /** May one list be cut into parts? 'elements': anywhere; 'associative': parts are joined by `combine`; 'never'. */
  readonly split: 'elements' | 'associative' | 'never';
  readonly agree: Agreement;
  /**
   * Numbers that the kernel is defined on and that are easily answered wrongly (past 32 bits, past float32, −0): every
   * strategy must answer them too, once per cell, after the last sample and outside every clock.
   */
  readonly edges?: readonly number[];
  /**
   * Measures this machine before each run, in a process of its own, and returns the options that it fixes
   * (iterations per microsecond, say). They are stored in the results file and are equal for all cells.
   */
  calibrate?(): Options;
  /**
   * The axis that `calibrate` gives its unit to: a list takes `ns` nanoseconds of work for 1 of `option`. The run holds
   * its own times against it, and says so where the axis is off.
   */
  readonly calibrated?: { readonly option: string; readonly ns: number };
  make(options: O): Kernel;
}

/** Types a kernel plug-in; returns it unchanged. */
export function defineKernel<O extends Options>(plugin: KernelPlugin<O>): KernelPlugin<O> {
  return plugin;
}
