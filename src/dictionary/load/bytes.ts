import { createReadStream, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { openRegularFile } from '../../files/read-file.js';
import { DataError } from './data-error.js';

/** Of a file, a pipe or a packed file: its bytes, unpacked, in pieces, as somebody asks for them. */
export type Chunks = AsyncIterable<Uint8Array>;

/** What is read at a time. */
const chunkBytes = 2 ** 18;

/** Packed in which way, by the first bytes; brotli has none, and is known by its name. */
const packings = [
  { name: 'gzip', extension: '.gz', magic: [0x1f, 0x8b] },
  { name: 'zstd', extension: '.zst', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'brotli', extension: '.br', magic: undefined },
] as const;

type Packing = (typeof packings)[number]['name'];

/** The name without the extension that says how a file is packed. */
export function unpackedName(name: string): string {
  const packed = packings.find(({ extension }) => name.toLowerCase().endsWith(extension));
  return packed === undefined ? name : name.slice(0, -packed.extension.length);
}

/** Data that comes through a pipe is named so. */
export const standardInput = '-';

/** Called now and then with the bytes that were read so far, and how many there are, where that is known. */
export type OnRead = (read: number, of: number | undefined) => void;

/**
 * The bytes of a file, or of standard input, unpacked where they are packed. Throws a DataError where they cannot be read or
 * unpacked, when they are asked for.
 */
export async function* readChunks(path: string, file: string, onRead: OnRead = () => {}): Chunks {
  const { stream, bytes } =
    path === standardInput ? { stream: process.stdin, bytes: undefined } : opened(path, file);
  let read = 0;
  async function* counted(): Chunks {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      onRead(read, bytes);
      yield chunk;
    }
  }
  try {
    const { head, all } = await withHead(counted());
    const packing = packingOf(path, head);
    if (packing === undefined) yield* all;
    else yield* unpacked(all, packing, file);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(file, `cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    stream.destroy();
  }
}

function opened(path: string, file: string): { stream: Readable; bytes: number } {
  const { file: fd, bytes } = openRegularFile(path, file);
  // No further than it was: somebody may append to it meanwhile.
  const end = Math.max(0, bytes - 1);
  return { stream: createReadStream('', { fd, start: 0, end, highWaterMark: chunkBytes }), bytes };
}

/** The first bytes, and all of them. */
async function withHead(chunks: Chunks): Promise<{ head: Uint8Array; all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? new Uint8Array() : first.value;
  async function* all(): Chunks {
    try {
      if (!first.done) yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}

function packingOf(path: string, head: Uint8Array): Packing | undefined {
  const byMagic = packings.find(({ magic }) => magic?.every((byte, at) => head[at] === byte));
  return byMagic?.name ?? (path.toLowerCase().endsWith('.br') ? 'brotli' : undefined);
}

async function* unpacked(chunks: Chunks, packing: Packing, file: string): Chunks {
  try {
    if (packing === 'zstd') yield* unpackedZstd(chunks);
    else yield* through(chunks, packing === 'gzip' ? zlib.createGunzip() : zlib.createBrotliDecompress());
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(
      file,
      `cannot be unpacked as ${packing}: ${cause instanceof Error ? cause.message : cause}. Is it damaged or cut off? Fetch it again`,
      { cause },
    );
  }
}

async function* through(chunks: Chunks, unpacker: zlib.Gunzip | zlib.BrotliDecompress): Chunks {
  const { Readable } = await import('node:stream');
  const source = Readable.from(chunks);
  source.on('error', (cause) => unpacker.destroy(cause));
  try {
    yield* source.pipe(unpacker);
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

/** By a package: Node has it from 22.15 on only. */
async function* unpackedZstd(chunks: Chunks): Chunks {
  const { Decompress } = await import('fzstd');
  let ready: Uint8Array[] = [];
  const unpacker = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of chunks) {
    unpacker.push(chunk);
    yield* ready;
    ready = [];
  }
  unpacker.push(new Uint8Array(), true);
  yield* ready;
}

/** The first bytes of a file as they lie there, packed or not. */
export function firstBytes(path: string, file: string): Uint8Array {
  const { file: descriptor, bytes: size, close } = openRegularFile(path, file);
  try {
    const bytes = new Uint8Array(Math.min(64, size));
    readSync(descriptor, bytes);
    return bytes;
  } finally {
    close();
  }
}
