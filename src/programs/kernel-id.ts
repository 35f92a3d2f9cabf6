/** What a manifest calls a kernel: its file name without the ending. */
export function kernelId(module: string): string {
  return (new URL(module).pathname.split('/').at(-1) ?? '').replace(/\.[mc]?[jt]s$/, '');
}
