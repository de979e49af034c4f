import { expect, it } from 'vitest';
import { ThetaApi } from './theta-api.ts';
import { THETA_MEMBERS } from './theta-members.ts';

it('lists every member of theta that is for scripts', () => {
  const all = Object.getOwnPropertyNames(ThetaApi.prototype);
  const forScripts = all.filter((name) => name !== 'constructor' && name !== 'emit');
  expect(THETA_MEMBERS.map(({ name }) => name as string).sort()).toEqual(forScripts.sort());
});

it('tells what is called from what is read', () => {
  for (const { name, parameters } of THETA_MEMBERS) {
    const { get } = Object.getOwnPropertyDescriptor(ThetaApi.prototype, name) ?? {};
    expect(parameters === undefined, name).toBe(get !== undefined);
  }
});
