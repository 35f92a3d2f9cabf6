import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { openRegularFile } from './read-file.js';

/**
 * Writes a file so that whoever reads it, and whatever cuts this off, finds the old content or the new one and never a
 * part. A link is followed: its target is replaced, and keeps its permissions. Throws what the system says; then the
 * old content is there and no draft.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  replaceBy(path, (draft) => writeFileSync(draft, content));
}

/** The same with the content of another file, which may be larger than memory. */
export function replaceFileByCopy(path: string, source: string): void {
  const from = openRegularFile(source);
  try {
    replaceBy(path, (draft) => copyBytes(from.file, draft, from.bytes));
  } finally {
    from.close();
  }
}

const chunkBytes = 2 ** 20;

/** The first `bytes` of a file to the end of another. Both are open. */
export function copyBytes(from: number, to: number, bytes: number): void {
  const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, bytes));
  for (let at = 0; at < bytes; ) {
    const read = readSync(from, chunk, 0, Math.min(chunk.length, bytes - at), at);
    if (read === 0) return;
    for (let put = 0; put < read; ) put += writeSync(to, chunk, put, read - put);
    at += read;
  }
}

function replaceBy(path: string, write: (draft: number) => void): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile())
    throw new InputError(`${path} is no regular file: name another one.`);
  const target = found === undefined ? path : realpathSync(path);
  const draft = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    const file = openSync(draft, 'wx', 0o666);
    try {
      if (found !== undefined) fchmodSync(file, found.mode & 0o7777);
      write(file);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
