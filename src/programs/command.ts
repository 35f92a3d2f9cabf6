import type { Program } from '../contract/program.js';

/** The program and its arguments, with what was chosen in place of `{names}`. Throws where a name stands for nothing. */
export function commandOf({ manifest, chosen }: Program): [string, ...string[]] {
  return filledIn(manifest.command, { ...manifest.tools, ...chosen });
}

export function filledIn(
  command: readonly [string, ...string[]],
  values: Readonly<Record<string, string>>,
): [string, ...string[]] {
  const fill = (part: string) =>
    part.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (values[name] === undefined) throw new Error(`nothing is known for {${name}} of its command`);
      return values[name];
    });
  const [file, ...args] = command;
  return [fill(file), ...args.map(fill)];
}
