import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { runCommand } from '../process/command.js';

/** Shell lines that make a fresh checkout ready; null for nothing, undefined for the default. */
export interface ReadyCommands {
  readonly install?: string | null;
  readonly build?: string | null;
}

export interface ReadyRequest {
  /** Where package.json lies. */
  readonly folder: string;
  /** How the side is called in messages. */
  readonly name: string;
  readonly commands: ReadyCommands;
  readonly signal: AbortSignal;
  note(line: string): void;
}

/** Installs and builds a checkout. Throws an InputError with the end of what the command said. */
export async function makeReady(request: ReadyRequest): Promise<void> {
  const { folder, name, commands, signal, note } = request;
  for (const line of linesOf(folder, commands)) {
    if (signal.aborted) return;
    note(`${name}: ${line} …`);
    const { code, outputTail } = await runCommand({
      line,
      cwd: folder,
      env: ownEnvironment(),
      signal,
    });
    if (signal.aborted) return;
    if (code === 0) continue;
    const said = outputTail.split('\n').slice(-12).join('\n  ');
    throw new InputError(
      `${name} does not build: \`${line}\` ended with ${code ?? 'a signal'}.\n  ${said}\n` +
        'If it is made ready in another way, say how: "install" and "build" in breakeven.compare.json.',
    );
  }
}

function linesOf(folder: string, { install, build }: ReadyCommands): string[] {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return [install, build].filter((line) => typeof line === 'string');
  const {
    scripts = {},
    dependencies = {},
    devDependencies = {},
  } = JSON.parse(readFileSync(path, 'utf8')) as {
    scripts?: Record<string, string>;
    dependencies?: object;
    devDependencies?: object;
  };
  const locked = ['package-lock.json', 'npm-shrinkwrap.json'].some((file) => existsSync(join(folder, file)));
  const needs = Object.keys({ ...dependencies, ...devDependencies }).length > 0;
  if (install === undefined && !locked && needs)
    throw new InputError(
      'npm ci needs a package-lock.json, and there is none: commit it, or set "install" in breakeven.compare.json.',
    );
  const standard = [
    locked ? 'npm ci --no-audit --no-fund' : null,
    scripts.build === undefined ? null : 'npm run build',
  ];
  return [install === undefined ? standard[0] : install, build === undefined ? standard[1] : build].filter(
    (line) => line !== null,
  );
}

/** Without what `npm run` has set for this very process: it would lead npm to this project instead of the checkout's. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name)));
}
