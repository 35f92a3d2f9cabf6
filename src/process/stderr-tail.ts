import type { Readable } from 'node:stream';

const keptCharacters = 4_000;

/** Keeps the end of what a child writes to stderr: what explains its death. Drains the stream, so the child never blocks. */
export function tailOf(stream: Readable | null | undefined): () => string {
  let kept = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    kept = (kept + text).slice(-keptCharacters);
  });
  return () => kept.trim();
}
