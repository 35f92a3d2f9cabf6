import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';

/**
 * Writes a file so that whoever reads it, and whatever cuts this off, finds the old content or the new one and never a
 * part. A link is followed: its target is replaced, and keeps its permissions. Throws what the system says; then the
 * old content is there and no draft.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
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
      writeFileSync(file, content);
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
