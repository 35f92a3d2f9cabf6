/*
 * A resolve hook (node:module `registerHooks`, or `register` where Node is older, which runs it on the loader's
 * thread): answers `import 'breakeven'` from files outside the package with the running tool itself, so that a user's
 * plug-in and the driver share one instance.
 */
export interface Resolved {
  readonly url: string;
  readonly shortCircuit?: boolean;
}

interface SelfBelow {
  readonly under: string;
  readonly self: string;
}

/** One entry per registration; the longest `under` that fits counts. */
const selves: SelfBelow[] = [];

export function initialize(data: SelfBelow): void {
  selves.push(data);
  selves.sort((a, b) => b.under.length - a.under.length);
}

export async function resolve(
  specifier: string,
  context: { readonly parentURL?: string },
  next: (specifier: string, context: object) => Promise<Resolved>,
): Promise<Resolved> {
  return selfFor(specifier, context) ?? next(specifier, context);
}

/** The module that `specifier` means to the file that imports it, if it is one of ours. */
export function selfFor(
  specifier: string,
  { parentURL = '' }: { readonly parentURL?: string },
): Resolved | undefined {
  if (specifier !== 'breakeven') return undefined;
  const known = selves.find(({ under }) => parentURL.startsWith(under));
  return known === undefined ? undefined : { url: known.self, shortCircuit: true };
}
