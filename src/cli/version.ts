import { readFileSync } from 'node:fs';

/** The tool's version, from its own package.json. */
export function toolVersion(): string {
  const path = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
