import { beforeEach, describe, expect, it } from 'vitest';
import { ThetaError } from '../../shared/errors.ts';
import { RoleWatch, type WatchedSession } from './role-watch.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

describe('S4: a role that changes', () => {
  let session: Mutable<WatchedSession>;
  let said: string[];
  let ended: string[];
  let watch: RoleWatch;

  beforeEach(() => {
    const document = { governance: { locked: false } };
    session = { role: 'editor', status: 'connected', document, isOver: false, problem: undefined };
    said = [];
    ended = [];
    watch = new RoleWatch({
      session,
      notify: ({ kind, text }) => said.push(`${kind}: ${text}`),
      onEnded: ({ code }) => ended.push(code),
    });
  });

  it('is told in words, once', () => {
    session.role = 'viewer';
    watch.update();
    watch.update();
    expect(said).toEqual(['error: You are a viewer now: you can look around, and change nothing.']);
    session.role = 'admin';
    watch.update();
    expect(said[1]).toMatch(/^info: You are an admin now/);
  });

  it('is not guessed at while the page comes back', () => {
    session.status = 'offline';
    session.role = 'viewer';
    watch.update();
    session.status = 'connected';
    session.role = 'editor';
    watch.update();
    expect(said).toEqual([]);
  });

  it('a lock is told to who it stops', () => {
    session.document = { governance: { locked: true } };
    watch.update();
    expect(said).toEqual(['info: An admin has locked the session: only admins can change it now.']);
    session.role = 'admin';
    session.document = { governance: { locked: false } };
    watch.update();
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(/admin now/);
  });

  it('that ends, ends the page once; another end does not', () => {
    session.isOver = true;
    session.problem = new ThetaError('closed_4409', 'The same tab has joined again.');
    watch.update();
    expect(ended).toEqual([]);
    session.problem = new ThetaError('closed_4403', 'An admin has put you out.');
    watch.update();
    watch.update();
    expect(ended).toEqual(['closed_4403']);
  });
});
