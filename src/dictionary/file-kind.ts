import { readSync } from 'node:fs';
import { extname } from 'node:path';
import { openRegularFile } from '../files/read-file.js';
import { DataError } from './data-error.js';

/** Formats of data files that can be read. */
export type FileKind = 'json' | 'ndjson' | 'parquet' | 'csv' | 'tsv';

const kindOfExtension: ReadonlyMap<string, FileKind> = new Map(
  Object.entries<FileKind>({
    '.json': 'json',
    '.ndjson': 'ndjson',
    '.jsonl': 'ndjson',
    '.parquet': 'parquet',
    '.csv': 'csv',
    '.tsv': 'tsv',
  }),
);

/** First bytes of formats that are easily taken for another. */
const signatures: readonly {
  readonly bytes: readonly number[];
  readonly is: string;
  readonly todo: string;
}[] = [
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'parquet', todo: 'name it .parquet' },
  { bytes: [0x1f, 0x8b], is: 'gzip', todo: 'unpack it first (gunzip)' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'zstd', todo: 'unpack it first (unzstd)' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'zip',
    todo: 'unpack it first (unzip); a spreadsheet must be exported as CSV',
  },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], is: 'Arrow', todo: 'convert it to parquet' },
  { bytes: [0xff, 0xfe], is: 'UTF-16 text', todo: 'convert it to UTF-8' },
  { bytes: [0xfe, 0xff], is: 'UTF-16 text', todo: 'convert it to UTF-8' },
];

/**
 * The format that the file's name says, once its first bytes have been found to agree.
 * Throws a DataError for an unknown extension, an empty file, and bytes of another format.
 */
export function fileKind(path: string, file: string): FileKind {
  const extension = extname(path).toLowerCase();
  const kind = kindOfExtension.get(extension);
  if (kind === undefined) {
    const known = [...kindOfExtension.keys()].join(', ');
    throw new DataError(file, `has the extension '${extension}'; data files are ${known}`);
  }
  const head = firstBytes(path, file);
  if (head.length === 0) throw new DataError(file, 'is empty (0 bytes)');
  const mismatch = foundInstead(kind, head);
  if (mismatch !== undefined) throw new DataError(file, `is named ${extension}, but ${mismatch}`);
  return kind;
}

function foundInstead(kind: FileKind, head: Uint8Array): string | undefined {
  const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (signature !== undefined && signature.is !== kind)
    return `its bytes are ${signature.is}: ${signature.todo}`;
  const start = new TextDecoder().decode(head).trimStart().at(0) ?? '';
  const isJson = start === '{' || start === '[';
  if (kind === 'parquet' && signature === undefined) {
    return isJson
      ? 'its bytes are JSON: name it .json or .ndjson'
      : 'does not begin with PAR1 as every parquet file does';
  }
  if ((kind === 'csv' || kind === 'tsv') && isJson) return 'its bytes are JSON: name it .json or .ndjson';
  return undefined;
}

function firstBytes(path: string, file: string): Uint8Array {
  const { file: descriptor, bytes: size, close } = openRegularFile(path, file);
  try {
    const bytes = new Uint8Array(Math.min(64, size));
    readSync(descriptor, bytes);
    return bytes;
  } finally {
    close();
  }
}
