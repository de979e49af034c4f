import { expect, it } from 'vitest';
import { differingPaths, generateSchema } from './generate-schema.ts';

it('the generated code is what the schema gives', async () => {
  expect(await differingPaths()).toEqual([]);
});

it('the same schema gives the same text', async () => {
  expect(await generateSchema()).toEqual(await generateSchema());
});
