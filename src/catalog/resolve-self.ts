/*
 * A resolve hook (node:module `register`): runs on the loader's thread and answers `import 'breakeven'` from files
 * outside the package with the running tool itself, so that a user's plug-in and the driver share one instance.
 */
interface Resolved {
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
  const { parentURL = '' } = context;
  const known =
    specifier === 'breakeven' ? selves.find(({ under }) => parentURL.startsWith(under)) : undefined;
  return known === undefined ? next(specifier, context) : { url: known.self, shortCircuit: true };
}
