import { expect, it } from 'vitest';
import { choicesOf, type ParamSchema, schemaWithin } from '../../ui/console/vocabulary.ts';
import { commandVocabulary } from './script-vocabulary.ts';

const within = (type: string, ...path: string[]) => {
  const { params } = commandVocabulary().find((each) => each.type === type)!;
  return path.reduce<ParamSchema | undefined>(schemaWithin, params);
};

it('knows the components that commands take, and their fields', () => {
  expect(Object.keys(within('entity.create', 'components')!.properties!)).toContain('transform');
  expect(choicesOf(within('entity.create', 'components', 'primitive', 'kind'))).toContain('box');
  expect(within('entity.create', 'components', 'transform', 'position')?.type).toBe('array');
  expect(choicesOf(within('component.set', 'component'))).toContain('flags');
  expect(Object.keys(within('entity.create', 'components')!.properties!)).not.toContain(
    'hierarchy',
  );
});

it('has the parameters of every command that has some', () => {
  for (const { type, params } of commandVocabulary()) expect(params.properties, type).toBeDefined();
});
