import { ThetaError } from '../shared/errors.ts';
import type { Component, NamedField } from './component.ts';
import { componentId } from './component.ts';

export const MANIFEST_VERSION = 1;

/** What two programs must agree on about a field to exchange documents. */
export interface ManifestField {
  readonly name: string;
  readonly kind: string;
  readonly stride: number;
  readonly default: number | boolean | string | readonly number[];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly values?: readonly string[];
}

export interface ManifestComponent {
  readonly name: string;
  /** SipHash-2-4 of the name under `COMPONENT_ID_KEY`, 16 hexadecimal digits. */
  readonly id: string;
  readonly managed: boolean;
  readonly fields: readonly ManifestField[];
}

/** R1: every component of the document, in its canonical order. */
export interface Manifest {
  readonly version: number;
  readonly components: readonly ManifestComponent[];
}

/**
 * Describes components. How a panel shows a field is left out: it is nobody else's business.
 * @throws {ThetaError} `duplicate-component` when two have the same name or id
 */
export function buildManifest(components: readonly Component[]): Manifest {
  for (const key of ['name', 'id'] as const) {
    const seen = new Set<string>();
    for (const component of components) {
      const message = `Two components have the ${key} ${component[key]}.`;
      if (seen.has(component[key])) throw new ThetaError('duplicate-component', message);
      seen.add(component[key]);
    }
  }
  return { version: MANIFEST_VERSION, components: components.map(describeComponent) };
}

const LINE_WIDTH = 100;
/** A list of numbers or strings over several lines, with what stands before it. */
const SPREAD_LIST = /^(.*\[)\n([^[\]{}]*)\n *\](,?)$/gm;

/** As the file in the repository has it: formatted as the linter wants it, short lists on a line. */
export function formatManifest(manifest: Manifest): string {
  const spread = JSON.stringify(manifest, undefined, 2);
  const text = spread.replace(SPREAD_LIST, (list, start: string, items: string, end: string) => {
    const line = `${start}${items.trim().replace(/\n */g, ' ')}]${end}`;
    return line.length <= LINE_WIDTH ? line : list;
  });
  return `${text}\n`;
}

/**
 * Reads what `formatManifest` wrote.
 * @throws {ThetaError} `bad-manifest`, saying what is wrong with it
 */
export function parseManifest(text: string): Manifest {
  const manifest = parseJson(text);
  if (!isRecord(manifest) || manifest.version !== MANIFEST_VERSION) {
    throw badManifest(`is not of version ${MANIFEST_VERSION}`);
  }
  if (!Array.isArray(manifest.components)) throw badManifest('has no list of components');
  for (const component of manifest.components) checkComponent(component);
  return manifest as unknown as Manifest;
}

/** How `actual` differs from `expected`, a sentence each; empty when they agree. */
export function compareManifests(expected: Manifest, actual: Manifest): string[] {
  const differences: string[] = [];
  const count = Math.max(expected.components.length, actual.components.length);
  for (let at = 0; at < count; at++) {
    const [want, have] = [expected.components[at], actual.components[at]];
    if (want === undefined) differences.push(`Component ${have!.name} is new at ${at}.`);
    else if (have === undefined) differences.push(`Component ${want.name} is missing.`);
    else if (want.name !== have.name)
      differences.push(`Component ${at} is ${have.name}, not ${want.name}.`);
    else differences.push(...compareComponents(want, have));
  }
  return differences;
}

function compareComponents(want: ManifestComponent, have: ManifestComponent): string[] {
  const differences: string[] = [];
  const count = Math.max(want.fields.length, have.fields.length);
  for (let at = 0; at < count; at++) {
    const [wanted, had] = [want.fields[at], have.fields[at]];
    if (JSON.stringify(wanted) === JSON.stringify(had)) continue;
    const name = wanted?.name ?? had?.name;
    differences.push(
      `${want.name}.${name} is ${JSON.stringify(had)}, not ${JSON.stringify(wanted)}.`,
    );
  }
  if (want.id !== have.id) differences.push(`${want.name} has id ${have.id}, not ${want.id}.`);
  if (want.managed !== have.managed) differences.push(`${want.name} is managed in one only.`);
  return differences;
}

function describeComponent(component: Component): ManifestComponent {
  const { name, id, managed, fields } = component;
  return { name, id, managed, fields: fields.map(describeField) };
}

function describeField(field: NamedField): ManifestField {
  return {
    name: field.name,
    kind: field.kind,
    stride: field.stride,
    default: field.default,
    ...(field.min === undefined ? {} : { min: field.min }),
    ...(field.max === undefined ? {} : { max: field.max }),
    ...('maxLength' in field ? { maxLength: field.maxLength } : {}),
    ...(field.kind === 'enum' ? { values: field.values } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ThetaError('bad-manifest', 'The manifest is not JSON.', { cause: thrown });
  }
}

function checkComponent(component: unknown): void {
  if (!isRecord(component) || typeof component.name !== 'string') {
    throw badManifest('has a component without a name');
  }
  const { name, id, managed, fields } = component;
  if (id !== componentId(name)) throw badManifest(`has a wrong id for ${name}`);
  if (typeof managed !== 'boolean') throw badManifest(`does not say whether ${name} is managed`);
  if (!Array.isArray(fields) || !fields.every(isField)) {
    throw badManifest(`has a malformed field in ${name}`);
  }
}

function isField(field: unknown): boolean {
  if (!isRecord(field)) return false;
  const { name, kind, stride } = field;
  return typeof name === 'string' && typeof kind === 'string' && typeof stride === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badManifest(problem: string): ThetaError<'bad-manifest'> {
  return new ThetaError('bad-manifest', `The manifest ${problem}.`);
}
