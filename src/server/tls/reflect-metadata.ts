/**
 * The corner of the `reflect-metadata` proposal that `tsyringe`, and so `@peculiar/x509`, looks for
 * when it loads: metadata of a class by key. Import this before either.
 */
type Key = string | symbol;

const metadata = new WeakMap<object, Map<Key, unknown>>();

function defineMetadata(key: Key, value: unknown, target: object): void {
  const known = metadata.get(target) ?? new Map<Key, unknown>();
  metadata.set(target, known.set(key, value));
}

function getOwnMetadata(key: Key, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function getMetadata(key: Key, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at))
    if (metadata.get(at)?.has(key)) return getOwnMetadata(key, at);
  return undefined;
}

if (!('getMetadata' in Reflect))
  Object.assign(Reflect, { defineMetadata, getOwnMetadata, getMetadata });
