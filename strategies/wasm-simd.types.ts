/** Linear memory. `buffer` is another one after each `grow`. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; throws where there is no room. */
  grow(pages: number): number;
}

interface Api {
  readonly Memory: new (pages: { initial: number; maximum: number; shared?: boolean }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: Memory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** TypeScript knows WebAssembly only together with the browser; these are the parts that are used here. */
export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Api };
