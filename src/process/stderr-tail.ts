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

/** A grandchild may hold the pipe open for ever: what has not come by then is not waited for. */
const drainMs = 200;

/** Resolves when all that was written has been read, once the writer is gone. */
export async function drained(stream: Readable | null | undefined): Promise<void> {
  if (stream === null || stream === undefined || stream.readableEnded || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, drainMs);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
