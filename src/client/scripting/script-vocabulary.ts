import { listCommands } from '../../commands/registry.ts';
import type { Component, NamedField } from '../../ecs/component.ts';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { Command, Member, ParamSchema } from '../../ui/console/vocabulary.ts';
import type { ThetaApi } from './theta-api.ts';
import { THETA_MEMBERS } from './theta-members.ts';

/** The members of `theta`, with those of what is read from it. */
export function memberVocabulary(theta: ThetaApi): readonly Member[] {
  return THETA_MEMBERS.map(({ name, parameters, summary }) => {
    const value: unknown = parameters === undefined ? theta[name] : undefined;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { name, parameters, summary, fields: isObject ? Object.keys(value) : undefined };
  });
}

/** Every command; where its parameters are components, with their fields. */
export function commandVocabulary(): readonly Command[] {
  const written = DOCUMENT_COMPONENTS.filter(({ managed }) => !managed);
  const components: ParamSchema = {
    type: 'object',
    properties: Object.fromEntries(written.map((each) => [each.name, componentSchema(each)])),
  };
  const names = { type: 'string', enum: written.map(({ name }) => name) };
  return listCommands().map(({ type, summary, params }) => {
    const schema = params as ParamSchema;
    const { properties = {} } = schema;
    const known: Record<string, ParamSchema> = {
      ...('components' in properties && { components }),
      ...('component' in properties && { component: names }),
    };
    return { type, summary, params: { ...schema, properties: { ...properties, ...known } } };
  });
}

function componentSchema({ fields }: Component): ParamSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
  };
}

function fieldSchema(field: NamedField): ParamSchema {
  const { unit, help } = field;
  const description = help ?? unit;
  const about = description === undefined ? {} : { description };
  if (field.kind === 'enum') return { type: 'string', enum: field.values, ...about };
  if (field.kind === 'bool') return { type: 'boolean', ...about };
  if (field.kind === 'text' || field.kind === 'hash') return { type: 'string', ...about };
  if (field.kind === 'entity') return { description: help ?? 'entity id' };
  if (field.stride > 1) return { type: 'array', description: help ?? VECTORS[field.kind] ?? '' };
  return { type: 'number', ...about };
}

const VECTORS: Readonly<Record<string, string>> = {
  vec2: '[x, y]',
  vec3: '[x, y, z]',
  vec4: '[x, y, z, w]',
  quat: '[x, y, z, w]',
  color: '[r, g, b, a], linear, 0 to 1',
};
