import { describe, expect, it } from 'vitest';
import { commonCapabilities } from './capabilities.ts';

describe('T3: capabilities', () => {
  it.each([
    ['nothing is offered', ['a@1'], [], []],
    ['the same', ['a@1', 'b@1'], ['b@1', 'a@1'], ['a@1', 'b@1']],
    ['one is lacking', ['a@1', 'b@1'], ['b@1'], ['b@1']],
    ['unknown ones', ['a@1'], ['z@9', 'a@1', 'not a name', '', 'a@', 'a@0', '@1'], ['a@1']],
    ['the newest version that both have', ['a@1', 'a@2', 'a@3'], ['a@1', 'a@2', 'a@4'], ['a@2']],
    ['versions are numbers', ['a@9', 'a@10'], ['a@10', 'a@9'], ['a@10']],
    ['no version in common', ['a@2'], ['a@1'], []],
    ['one offered twice', ['a@1'], ['a@1', 'a@1'], ['a@1']],
  ])('%s', (_, own, offered, common) => {
    expect(commonCapabilities(own, offered)).toEqual(common);
  });
});
