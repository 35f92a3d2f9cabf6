/** What stands at a JSON pointer (RFC 6901) behind the name of a root, and all that it lies in. */
export type Tree = Readonly<Record<string, unknown>>;

/** From the root to what is pointed at; the last one is undefined where the pointer leads nowhere. */
export function chainOf(pointer: string, roots: Tree): unknown[] {
  const [root] = /^[a-z]+:/.exec(pointer) ?? [''];
  const names = pointer.slice(root.length).split('/').slice(1);
  const chain: unknown[] = [roots[root]];
  for (const name of names) {
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    chain.push((chain.at(-1) as Readonly<Record<string, unknown>> | null | undefined)?.[plain]);
  }
  return chain;
}

export function resolve(pointer: string, roots: Tree): unknown {
  return chainOf(pointer, roots).at(-1);
}

/** What the innermost object that has this name has under it: whose strategy, account or axis a value is. */
export function nearest(chain: readonly unknown[], name: string): unknown {
  const owner = chain.findLast((each) => typeof each === 'object' && each !== null && name in each);
  return (owner as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/** The axis of a point's value, or of the line on which a border lies. */
export function axisOf(pointer: string, roots: Tree): string {
  if (pointer.startsWith('header:'))
    return pointer.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
  return String(nearest(chainOf(pointer, roots), 'axis'));
}
