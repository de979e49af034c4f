import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandPages } from './command-pages.ts';
import { boundsText, type JsonSchema, typeText } from './parameter-type.ts';

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type) as JsonSchema;

describe('typeText', () => {
  it.each([
    [z.string(), 'string'],
    [z.union([z.string(), z.number()]), 'string | number'],
    [z.array(z.union([z.string(), z.number()])), '(string | number)[]'],
    [z.array(z.boolean()), 'boolean[]'],
    [z.tuple([z.number(), z.number()]), '[number, number]'],
    [z.enum(['before', 'after']), "'before' | 'after'"],
    [z.literal('all'), "'all'"],
    [z.string().nullable(), 'string | null'],
    [z.object({ at: z.number(), of: z.string().optional() }), '{ at: number, of?: string }'],
    [z.record(z.string(), z.number()), '{ [name]: number }'],
    [z.object({}), '{}'],
    [z.unknown(), 'any'],
  ])('%# is %s', (type, text) => {
    expect(typeText(schemaOf(type))).toBe(text);
  });
});

describe('boundsText', () => {
  it.each([
    [z.number().min(0).max(1), '0 to 1'],
    [z.number().gt(0), 'above 0'],
    [z.string().max(8), 'at most 8 characters'],
    [z.array(z.string()).min(1), 'at least 1 items'],
    [z.tuple([z.number(), z.number()]), ''],
    [z.string().regex(/^a+$/), 'matches `^a+$`'],
    [z.number().default(2), 'default `2`'],
  ])('%# is %s', (type, text) => {
    expect(boundsText(schemaOf(type))).toBe(text);
  });
});

it('a command is listed with its parameters, bars escaped', () => {
  const pages = commandPages([
    {
      type: 'thing.do',
      version: 2,
      summary: 'Does a thing.',
      params: z.toJSONSchema(z.object({ to: z.string().nullable().describe('whom') })),
      role: 'editor',
      scope: 'field',
      strategy: 'lww',
      durability: 'logged',
    },
  ]);
  expect(pages).toContain('| [`thing.do`](#thingdo) | 2 | editor | field | lww | logged |');
  expect(pages).toContain('## thing.do\n\nVersion 2. Does a thing.\n');
  expect(pages).toContain('| `to` | `string \\| null` | yes | whom |');
});
