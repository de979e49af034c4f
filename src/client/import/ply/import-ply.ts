import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import type { Bytes } from '../../../shared/bytes.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { ImportRun } from '../import-run.ts';
import { importSurface } from '../import-surface.ts';
import type { ModelParts } from '../model-parts.ts';

/** A header is some lines; a file that has none within this much is another. */
const LONGEST_HEADER = 64 * 1024;
const END = 'end_header';

const SIZES: Readonly<Record<string, number>> = {
  char: 1,
  uchar: 1,
  int8: 1,
  uint8: 1,
  short: 2,
  ushort: 2,
  int16: 2,
  uint16: 2,
  int: 4,
  uint: 4,
  int32: 4,
  uint32: 4,
  float: 4,
  float32: 4,
  double: 8,
  float64: 8,
};

/**
 * Reads a PLY file, text or binary, with normals, texture coordinates and colours of its vertices.
 * @throws {ThetaError<ImportCode>} naming the file and its fault
 */
export function importPly(bytes: Bytes, run: ImportRun): ModelParts {
  run.progress(null, 'Reading the file');
  checkHeader(bytes, run);
  const exact = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  let surface: ReturnType<PLYLoader['parse']>;
  try {
    surface = new PLYLoader().parse(exact);
  } catch (cause) {
    throw run.fault('malformed', `cannot be read (${messageOf(cause)})`, { cause });
  }
  if (surface.index === null) {
    throw run.fault('nothing_to_import', 'has points and no faces, which cannot be shown');
  }
  return importSurface(surface, run);
}

/** The loader trusts the counts of the header: each element must be in what follows it. */
function checkHeader(bytes: Bytes, run: ImportRun): void {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, LONGEST_HEADER));
  const end = start.indexOf(END);
  if (!/^ply\s/.test(start) || end === -1) throw run.fault('malformed', 'is no PLY file');
  const lines = start.slice(0, end).split(/\r\n|\r|\n/);
  const isText = /^format\s+ascii/m.test(start);
  const body = bytes.length - end - END.length;
  let least = 0;
  let count = 0;
  for (const line of lines) {
    const [word, first = '', second = ''] = line.trim().split(/\s+/);
    if (word === 'element') {
      count = Number(second);
      const most = run.limits.geometry[first === 'vertex' ? 'vertices' : 'indices'];
      if (!Number.isInteger(count) || count < 0) {
        throw run.fault('malformed', `has no whole number of "${first.slice(0, 32)}"`);
      }
      if (count > most) throw run.fault('too_large', `has ${count} of "${first.slice(0, 32)}"`);
    }
    // A number and what parts it from the next; a list has at least its length.
    if (word === 'property')
      least += count * (isText ? 2 : (SIZES[first === 'list' ? second : first] ?? 1));
  }
  if (least > body + 2)
    throw run.fault('cut_off', `is cut off: it promises ${least} bytes and has ${body}`);
}
