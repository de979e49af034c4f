import { generateNKeysBetween } from 'fractional-indexing';
import { Hierarchy, RECORDS } from '../ecs/components/index.ts';
import type { Document } from '../ecs/document/document.ts';
import type { Entity } from '../ecs/entity.ts';

const MAX_KEY_LENGTH = 512;
const DIGITS = /^[0-9A-Za-z]+$/;
const SMALLEST_DIGIT = '0';
const SMALLEST_INTEGER = `A${SMALLEST_DIGIT.repeat(26)}`;

/**
 * Whether a text is a key that `fractional-indexing` works with: a head that says how long the whole
 * part is (a: 2 … z: 27, Z: 2 … A: 27 characters), then a fraction that does not end in zero.
 */
export function isOrderKey(key: string): boolean {
  if (key.length > MAX_KEY_LENGTH || !DIGITS.test(key) || key === SMALLEST_INTEGER) return false;
  const head = key.charCodeAt(0);
  let length: number;
  if (head >= 97) length = head - 97 + 2;
  else if (head >= 65) length = 90 - head + 2;
  else return false;
  if (key.length < length) return false;
  return key.length === length || !key.endsWith(SMALLEST_DIGIT);
}

/** Living siblings under a parent (`NO_ENTITY`: the top) in their order. */
export function childrenOf(document: Document, parent: Entity): Entity[] {
  const children: Entity[] = [];
  document.world.query({ all: [Hierarchy], none: RECORDS }).forEach((entity) => {
    if (document.isAlive(entity) && document.effectiveParent(entity) === parent) {
      children.push(entity);
    }
  });
  return children.sort((a, b) => compareSiblings(document, a, b));
}

/** Siblings stand by key, and those of equal keys by id. */
export function compareSiblings(document: Document, a: Entity, b: Entity): number {
  const orderA = document.orderOf(a);
  const orderB = document.orderOf(b);
  if (orderA !== orderB) return orderA < orderB ? -1 : 1;
  const idA = document.formatId(document.idOf(a));
  const idB = document.formatId(document.idOf(b));
  return idA < idB ? -1 : idA > idB ? 1 : 0;
}

export interface Placement {
  /** The sibling that it shall stand before, or after; with neither, it becomes the last. */
  readonly before?: Entity | undefined;
  readonly after?: Entity | undefined;
}

/** `count` keys, ascending, for new siblings at a place among those of `parent`. */
export function keysAt(
  document: Document,
  parent: Entity,
  placement: Placement,
  count: number,
  moving: ReadonlySet<Entity> = new Set(),
): string[] {
  if (placement.before === undefined && placement.after === undefined && moving.size === 0) {
    return generateNKeysBetween(document.lastOrderUnder(parent), null, count);
  }
  const siblings = childrenOf(document, parent).filter((each) => !moving.has(each));
  let at = siblings.length;
  if (placement.before !== undefined) at = siblings.indexOf(placement.before);
  else if (placement.after !== undefined) at = siblings.indexOf(placement.after) + 1;
  if (at < 0) at = siblings.length;
  const low = at > 0 ? document.orderOf(siblings[at - 1]!) : null;
  // Two authors may have made the same key: what cannot go between them goes behind them.
  let high: string | null = null;
  for (let i = at; i < siblings.length && high === null; i++) {
    const key = document.orderOf(siblings[i]!);
    if (low === null || key > low) high = key;
  }
  return generateNKeysBetween(low, high, count);
}
