import { STLLoader } from 'three/examples/jsm/loaders/STLLoader.js';
import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';
import { importSurface } from '../import-surface.ts';
import type { ModelParts } from '../model-parts.ts';

const HEADER = 84;
const FACET = 50;
const SOLID = /^\s*solid\b/;

/**
 * Reads an STL file, text or binary. STL has no units and z is up; numbers count as metres, and the
 * axes stay as they are.
 * @throws {ThetaError<ImportCode>} naming the file and its fault
 */
export function importStl(bytes: Bytes, run: ImportRun): ModelParts {
  run.progress(null, 'Reading the file');
  checkSize(bytes, run);
  const exact = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const surface = new STLLoader().parse(exact);
  // The numbers of its facets' attributes are nothing that a material would show.
  return importSurface(surface, run);
}

/** The loader trusts the count of a binary file. */
function checkSize(bytes: Bytes, run: ImportRun): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  const facets =
    bytes.length < HEADER ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true);
  if (HEADER + facets * FACET === bytes.length) {
    if (facets * 3 > run.limits.geometry.vertices) {
      throw run.fault('too_large', `has ${facets} triangles, more than can be imported`);
    }
    return;
  }
  if (!SOLID.test(start)) {
    const fault =
      bytes.length < HEADER ? 'is no STL file' : `is cut off: it promises ${facets} triangles`;
    throw run.fault(bytes.length < HEADER ? 'malformed' : 'cut_off', fault);
  }
  const text = new TextDecoder().decode(bytes);
  if (!/\bendsolid\b/.test(text)) throw run.fault('cut_off', 'is cut off: its solid does not end');
  if (!/\bfacet\b/.test(text)) throw run.fault('nothing_to_import', 'has no triangles in it');
}
