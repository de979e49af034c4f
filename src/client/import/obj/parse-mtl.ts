import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';
import { textLines } from './text-lines.ts';

/** One `newmtl` of an MTL file, as far as it has a counterpart of ours. */
export interface MtlMaterial {
  /** sRGB. */
  diffuse?: readonly number[];
  /** sRGB. */
  emissive?: readonly number[];
  shininess?: number;
  opacity?: number;
  roughness?: number;
  metalness?: number;
  diffuseMap?: string;
  emissiveMap?: string;
  normalMap?: string;
}

/** How many words each option of a map takes; `o`, `s` and `t` take up to three numbers. */
const OPTION_WORDS: Readonly<Record<string, number>> = {
  '-blendu': 1,
  '-blendv': 1,
  '-boost': 1,
  '-bm': 1,
  '-cc': 1,
  '-clamp': 1,
  '-imfchan': 1,
  '-mm': 2,
  '-texres': 1,
  '-type': 1,
};
const VECTOR_OPTIONS = new Set(['-o', '-s', '-t']);
const NUMBER = /^[-+]?[\d.]+(e[-+]?\d+)?$/i;

/** The materials of an MTL file by name; the first of a name stands. */
export function parseMtl(bytes: Bytes, run: ImportRun): Map<string, MtlMaterial> {
  const materials = new Map<string, MtlMaterial>();
  let current: MtlMaterial = {};
  textLines(bytes, run, (words) => {
    if (words[0] !== 'newmtl') {
      readLine(current, words, run);
      return;
    }
    current = {};
    const name = words.slice(1).join(' ');
    if (!materials.has(name)) materials.set(name, current);
  });
  return materials;
}

function readLine(material: MtlMaterial, words: readonly string[], run: ImportRun): void {
  const value = Number(words[1]);
  switch (words[0]?.toLowerCase()) {
    case 'kd':
      material.diffuse = colorOf(words);
      return;
    case 'ke':
      material.emissive = colorOf(words);
      return;
    case 'ns':
      material.shininess = value;
      return;
    case 'd':
      material.opacity = value;
      return;
    case 'tr':
      material.opacity = 1 - value;
      return;
    case 'pr':
      material.roughness = value;
      return;
    case 'pm':
      material.metalness = value;
      return;
    case 'map_kd':
      material.diffuseMap = mapFile(words);
      return;
    case 'map_ke':
      material.emissiveMap = mapFile(words);
      return;
    case 'norm':
      material.normalMap = mapFile(words);
      return;
    default:
      warnOfMap(words[0] ?? '', run);
  }
}

function warnOfMap(keyword: string, run: ImportRun): void {
  if (/^(map_|bump|disp|decal|refl)/i.test(keyword)) {
    run.warn(`Maps of the kind ${keyword.slice(0, 32)} were left out.`);
  }
}

function colorOf(words: readonly string[]): readonly number[] {
  const [red = 0, green = red, blue = red] = words.slice(1, 4).map(Number);
  return [red, green, blue];
}

/** The file's name, which may have spaces, after the options. */
function mapFile(words: readonly string[]): string {
  let at = 1;
  while (words[at]?.startsWith('-')) {
    const option = words[at]!.toLowerCase();
    at += 1 + (OPTION_WORDS[option] ?? 0);
    if (VECTOR_OPTIONS.has(option)) {
      for (let i = 0; i < 3 && NUMBER.test(words[at] ?? ''); i++) at++;
    }
  }
  return words.slice(at).join(' ');
}
