import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';
import { NO_INDEX, type ObjData, type ObjObject, type ObjPart } from './obj-data.ts';
import { textLines } from './text-lines.ts';

/**
 * Reads Wavefront OBJ: `v` (with colours), `vt`, `vn`, `f`, `o`, `g`, `s`, `usemtl`, `mtllib`. Curves,
 * surfaces, points and lines are left out with a warning; polygons become fans.
 * @throws {ThetaError<ImportCode>} naming the line that is at fault
 */
export function parseObj(bytes: Bytes, run: ImportRun): ObjData {
  const parser = new ObjParser(run);
  textLines(bytes, run, (words, line) => parser.line(words, line));
  return parser.data;
}

class ObjParser {
  readonly data: ObjData = {
    positions: [],
    colors: [],
    uvs: [],
    normals: [],
    objects: [],
    libraries: new Set(),
  };
  readonly #run: ImportRun;
  #object: ObjObject | undefined;
  #name = '';
  #material = '';
  #smoothing = 0;
  #corners = 0;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  line(words: readonly string[], line: number): void {
    const { uvs, normals } = this.data;
    if (words[0] === 'v') this.#vertex(words, line);
    else if (words[0] === 'vt') this.#numbers(uvs, [words[1], words[2] ?? '0'], line, 2);
    else if (words[0] === 'vn') this.#numbers(normals, words.slice(1, 4), line, 3);
    else if (words[0] === 'f') this.#face(words, line);
    else this.#state(words);
  }

  #state(words: readonly string[]): void {
    const rest = words.slice(1).join(' ');
    switch (words[0]) {
      case 'o':
      case 'g':
        this.#name = rest;
        this.#object = undefined;
        return;
      case 's':
        this.#smoothing = rest === 'off' ? 0 : Number.parseInt(rest, 10) || 0;
        return;
      case 'usemtl':
        this.#material = rest;
        return;
      case 'mtllib':
        this.data.libraries.add(rest);
        return;
      case 'vp':
      case 'p':
      case 'l':
      case 'curv':
      case 'surf':
        this.#run.warn('Points, lines, curves and free-form surfaces were left out.');
    }
  }

  #vertex(words: readonly string[], line: number): void {
    const { positions, colors } = this.data;
    const before = positions.length / 3;
    if (before >= this.#run.limits.geometry.vertices) {
      throw this.#run.fault('too_large', `has more than ${before} vertices`);
    }
    this.#numbers(positions, words.slice(1, 4), line, 3);
    if (words.length < 7) {
      if (colors.length > 0) colors.push(1, 1, 1);
      return;
    }
    while (colors.length < before * 3) colors.push(1);
    this.#numbers(colors, words.slice(4, 7), line, 3);
  }

  #numbers(
    into: number[],
    words: readonly (string | undefined)[],
    line: number,
    count: number,
  ): void {
    for (let i = 0; i < count; i++) {
      const word = words[i];
      const value = Number(word);
      if (word === undefined || !Number.isFinite(Math.fround(value))) {
        const what = word === undefined ? 'a number is missing' : `"${word.slice(0, 32)}"`;
        throw this.#run.fault('not_finite', `has no finite number on line ${line}: ${what}`);
      }
      into.push(value);
    }
  }

  #face(words: readonly string[], line: number): void {
    if (words.length < 4) {
      throw this.#run.fault('malformed', `has a face of fewer than three corners on line ${line}`);
    }
    this.#corners += (words.length - 3) * 3;
    if (this.#corners > this.#run.limits.geometry.indices) {
      throw this.#run.fault('too_large', `has more than ${this.#corners - 1} corners`);
    }
    const corners = words.slice(1).map((word) => this.#corner(word, line));
    const part = this.#part();
    part.faces.push(corners.length - 2);
    part.smoothing.push(this.#smoothing);
    for (let i = 1; i + 1 < corners.length; i++) {
      part.corners.push(...corners[0]!, ...corners[i]!, ...corners[i + 1]!);
    }
  }

  #corner(word: string, line: number): readonly number[] {
    const [position, uv, normal] = word.split('/');
    const { positions, uvs, normals } = this.data;
    return [
      this.#index(position, positions.length / 3, line, 'vertex'),
      uv ? this.#index(uv, uvs.length / 2, line, 'texture coordinate') : NO_INDEX,
      normal ? this.#index(normal, normals.length / 3, line, 'normal') : NO_INDEX,
    ];
  }

  /** Indices count from 1, or from the end backwards when they are negative. */
  #index(word: string | undefined, count: number, line: number, what: string): number {
    const value = Number(word);
    const index = value < 0 ? count + value : value - 1;
    if (Number.isInteger(value) && index >= 0 && index < count) return index;
    const fault = `names ${what} "${word?.slice(0, 32)}" on line ${line}, where there are ${count}`;
    throw this.#run.fault('out_of_range', fault);
  }

  #part(): ObjPart {
    this.#object ??= this.#newObject();
    const known = this.#object.parts.get(this.#material);
    if (known !== undefined) return known;
    const part: ObjPart = { material: this.#material, corners: [], faces: [], smoothing: [] };
    this.#object.parts.set(this.#material, part);
    return part;
  }

  #newObject(): ObjObject {
    const object: ObjObject = { name: this.#name, parts: new Map() };
    if (this.data.objects.length >= this.#run.limits.entities) {
      throw this.#run.fault('too_large', `has more than ${this.#run.limits.entities} objects`);
    }
    this.data.objects.push(object);
    return object;
  }
}
