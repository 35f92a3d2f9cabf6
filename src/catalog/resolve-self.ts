/*
 * A resolve hook (node:module `register`): runs on the loader's thread and answers `import 'breakeven'` from files
 * outside the package with the running tool itself, so that a user's plug-in and the driver share one instance.
 */
interface Resolved {
  readonly url: string;
  readonly shortCircuit?: boolean;
}

let self = '';

export function initialize(data: { readonly self: string }): void {
  self = data.self;
}

export async function resolve(
  specifier: string,
  context: object,
  next: (specifier: string, context: object) => Promise<Resolved>,
): Promise<Resolved> {
  return specifier === 'breakeven' ? { url: self, shortCircuit: true } : next(specifier, context);
}
