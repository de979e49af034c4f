import { describe, expect, it } from 'vitest';
import { accept, type CompletionCause, complete } from './completion.ts';
import type { Vocabulary } from './vocabulary.ts';

const vocabulary: Vocabulary = {
  members: [
    { name: 'execute', parameters: 'type, params', summary: 'carry out a command' },
    { name: 'undo', parameters: '', summary: 'take back' },
    { name: 'session', summary: 'who is here', fields: ['id', 'role'] },
  ],
  commands: [
    {
      type: 'entity.create',
      summary: 'Makes an entity.',
      params: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          parent: { anyOf: [{ type: 'string' }, { type: 'null' }] },
          components: {
            type: 'object',
            properties: {
              primitive: {
                type: 'object',
                properties: {
                  kind: { type: 'string', enum: ['box', 'sphere'] },
                  wide: { type: 'boolean' },
                },
              },
              transform: {
                type: 'object',
                properties: { position: { type: 'array', description: '[x, y, z]' } },
              },
            },
          },
        },
        required: ['name'],
      },
    },
    { type: 'entity.delete', summary: 'Deletes entities.', params: { type: 'object' } },
  ],
  names: ['tower'],
};

/** Completes where `|` stands. */
function at(text: string, cause?: CompletionCause) {
  const caret = text.indexOf('|');
  const source = text.replace('|', '');
  return { source, caret, completion: complete(source, caret, vocabulary, cause) };
}

const labels = (text: string, cause?: CompletionCause) =>
  at(text, cause).completion?.options.map(({ label }) => label);

/** With an option taken, `|` where the caret is then. */
function taking(text: string, label: string) {
  const { source, caret, completion } = at(text);
  const option = completion!.options.find((each) => each.label === label)!;
  const done = accept(source, caret, completion!, option);
  return `${done.source.slice(0, done.caret)}|${done.source.slice(done.caret)}`;
}

describe('what could be meant', () => {
  it.each([
    ['theta.|', 'execute undo session'],
    ['theta.e|', 'execute'],
    ['theta.ss|', 'session'],
    ['await theta?.un|', 'undo'],
    ['theta.session.|', 'id role'],
    ['f(theta.session.r|)', 'role'],
    ["theta.execute('|", 'entity.create entity.delete'],
    ["theta.execute('|')", 'entity.create entity.delete'],
    ["theta.execute('cre|')", 'entity.create'],
    ['tx.execute(|)', 'entity.create entity.delete'],
    ["tx.execute('entity.create', {|", 'name parent components'],
    ["tx.execute('entity.create', { name: 'a', p|", 'parent'],
    ["tx.execute('entity.create', { components: { | } })", 'primitive transform'],
    ["f(tx.execute('entity.create', { components: { primitive: { kind: '|' } } }))", 'box sphere'],
    ["tx.execute('entity.create', { components: { primitive: { kind: s|", 'sphere'],
    ["tx.execute('entity.create', { components: { primitive: { wide: |", 'true false'],
    ['tow|', 'tower'],
    ['th|', 'theta'],
  ])('%s', (text, expected) => {
    expect(labels(text)?.join(' ')).toBe(expected);
  });

  it.each([
    '|',
    'x.|',
    'theta.undo|',
    'made().theta.|',
    'theta.undo(|',
    "theta.execute('entity.create', { name: '|",
    "theta.execute('entity.create', { name: f(|",
    "theta.execute('entity.create', x, {|",
    "theta.execute('nobody', {|",
    '// theta.|',
    '/* theta.|',
    "'theta.|",
    '`theta.|',
    '12|',
  ])('nothing: %s', (text) => {
    expect(labels(text)).toBeUndefined();
  });

  it('is told by a key even where nothing is written', () => {
    expect(labels('|', 'key')).toEqual(['theta', 'console', 'await', 'tower']);
    expect(labels('theta.undo|', 'key')).toEqual(['undo']);
  });

  it('says what each is', () => {
    const { completion } = at("tx.execute('entity.create', {|");
    expect(completion!.options.map(({ detail }) => detail)).toEqual([
      'string, required',
      'string or null',
      'object',
    ]);
  });
});

describe('taken', () => {
  it.each([
    ['theta.ex|', 'execute', 'theta.execute(|)'],
    ['theta.u|;', 'undo', 'theta.undo()|;'],
    ['theta.u|()', 'undo', 'theta.undo|()'],
    ['theta.s|', 'session', 'theta.session|'],
    ['theta.execute(|)', 'entity.create', "theta.execute('entity.create', { | })"],
    ["theta.execute('cre|", 'entity.create', "theta.execute('entity.create', { | })"],
    ["theta.execute('|')", 'entity.create', "theta.execute('entity.create'|)"],
    ["theta.execute('|', { name })", 'entity.create', "theta.execute('entity.create'|, { name })"],
    ["tx.execute('entity.create', { n| })", 'name', "tx.execute('entity.create', { name: '|' })"],
    [
      "tx.execute('entity.create', { c| })",
      'components',
      "tx.execute('entity.create', { components: { | } })",
    ],
    [
      "tx.execute('entity.create', { components: { primitive: { kind: | } } })",
      'box',
      "tx.execute('entity.create', { components: { primitive: { kind: 'box'| } } })",
    ],
  ])('%s %s', (text, label, expected) => {
    expect(taking(text, label)).toBe(expected);
  });
});
