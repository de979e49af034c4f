import { Inflate, strFromU8 } from 'fflate';
import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { crc32 } from './crc32.ts';

/** Bytes that an archive may become. */
export interface UnzipBounds {
  readonly each: number;
  readonly total: number;
}

export type UnzipCode = 'malformed' | 'too_large';

/** What the directory at an archive's end says of a file. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its own header, from the archive's start. */
  readonly at: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const IN_DIRECTORY = 0x02014b50;
const IN_DIRECTORY_BYTES = 46;
const BEFORE_FILE = 0x04034b50;
const BEFORE_FILE_BYTES = 30;
const UTF8 = 0x800;
const STORED = 0;
const DEFLATED = 8;
/** A byte of it may become 1,032: what comes of one step is to be small beside the bounds. */
const STEP_BYTES = 16 << 10;

/**
 * The files of a zip archive that `keep` asks for, by name. The sizes that the archive states are added
 * up before anything is unpacked, and whatever becomes more than it states is given up on the way, so
 * that memory goes by the bounds and never by what is packed.
 * @throws {ThetaError<UnzipCode>} whose message goes on after a file's name and has no full stop
 */
export function unzipWithin(
  archive: Bytes,
  keep: (name: string) => boolean,
  bounds: UnzipBounds,
): Map<string, Bytes> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const entries = directoryOf(archive, view).filter(({ name }) => keep(name));
  let total = 0;
  let packedTotal = 0;
  for (const { size, packed } of entries) {
    total += size;
    packedTotal += packed;
    // Files that lie over each other would be work without end.
    if (packedTotal > archive.length) throw malformed('has a broken list of its files');
    if (size > bounds.each || total > bounds.total) {
      throw new ThetaError<UnzipCode>('too_large', 'would be too large when unpacked');
    }
  }
  const files = new Map<string, Bytes>();
  for (const entry of entries) {
    if (files.has(entry.name)) throw malformed(`has two files called ${entry.name}`);
    files.set(entry.name, unpack(entry, archive, view));
  }
  return files;
}

function directoryOf(archive: Bytes, view: DataView): Entry[] {
  const end = endOf(view);
  const entries: Entry[] = [];
  const count = view.getUint16(end + 10, true);
  for (let at = view.getUint32(end + 16, true); entries.length < count; ) {
    if (at + IN_DIRECTORY_BYTES > end || view.getUint32(at, true) !== IN_DIRECTORY) {
      throw malformed('has a broken list of its files');
    }
    const isUtf8 = (view.getUint16(at + 8, true) & UTF8) !== 0;
    const nameBytes = view.getUint16(at + 28, true);
    const name = archive.subarray(at + IN_DIRECTORY_BYTES, at + IN_DIRECTORY_BYTES + nameBytes);
    entries.push({
      name: strFromU8(name, !isUtf8),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    const extraBytes = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    at += IN_DIRECTORY_BYTES + nameBytes + extraBytes;
  }
  return entries;
}

/** Where the last record starts: it stands at the end, before a comment of unknown length. */
function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw malformed('is no .theta file, or is cut off');
}

function unpack(entry: Entry, archive: Bytes, view: DataView): Bytes {
  const { name, at, packed, method } = entry;
  if (at + BEFORE_FILE_BYTES > archive.length || view.getUint32(at, true) !== BEFORE_FILE) {
    throw malformed(`has no ${name} where it says`);
  }
  const labels = view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const start = at + BEFORE_FILE_BYTES + labels;
  if (start + packed > archive.length) throw malformed(`is cut off within ${name}`);
  const content = archive.subarray(start, start + packed);
  const bytes = method === STORED ? content.slice() : inflate(content, entry);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    throw malformed(`has a damaged ${name}`);
  }
  return bytes;
}

function inflate(content: Bytes, { name, method, size }: Entry): Bytes {
  if (method !== DEFLATED) throw malformed(`has ${name} packed in a way that cannot be read`);
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Inflate((part) => {
    total += part.length;
    if (total > size) {
      throw new ThetaError<UnzipCode>('too_large', `has more in ${name} than it says`);
    }
    parts.push(part);
  });
  try {
    for (let from = 0; from < content.length || from === 0; from += STEP_BYTES) {
      const isLast = from + STEP_BYTES >= content.length;
      stream.push(content.subarray(from, from + STEP_BYTES), isLast);
    }
  } catch (cause) {
    if (cause instanceof ThetaError) throw cause;
    throw malformed(`has a damaged ${name}`, { cause });
  }
  return concatBytes(...parts);
}

function malformed(fault: string, options?: ErrorOptions): ThetaError<UnzipCode> {
  return new ThetaError<UnzipCode>('malformed', fault, options);
}
