/**
 * T3: what one end of a connection can do and the other can do without. Each is a name and a version,
 * `name@version`; an end lists every version that it has.
 */

/** A snapshot's bytes are compressed by zstd; else they come as they are. */
export const SNAPSHOT_ZSTD = 'snapshot-zstd@1';
/** Head and hands of people in headsets; else they look and point from where their head is. */
export const PRESENCE_HEADSET = 'presence-headset@1';
/** Several peers' presence in one message; else each comes in one of its own. */
export const PRESENCE_BATCH = 'presence-batch@1';
/**
 * Messages on `reliable` may be compressed by zstd with the dictionary of this number, to the page once
 * it says `Inflates`; else they come as they are.
 */
export const MESSAGES_ZSTD = 'messages-zstd@1';

/** What this build has. */
export const CAPABILITIES: readonly string[] = [
  SNAPSHOT_ZSTD,
  PRESENCE_HEADSET,
  PRESENCE_BATCH,
  MESSAGES_ZSTD,
];

const FORM = /^([a-z][a-z0-9-]*)@([1-9][0-9]{0,4})$/;

/**
 * What both ends have: of each name the newest version that is in both lists, in the order of `own`.
 * Names that this end does not know, and what is no name, mean nothing.
 */
export function commonCapabilities(
  own: readonly string[],
  offered: readonly string[],
): readonly string[] {
  const offers = new Set(offered);
  const newest = new Map<string, number>();
  for (const capability of own) {
    const [, name, version] = FORM.exec(capability) ?? [];
    if (name === undefined || !offers.has(capability)) continue;
    newest.set(name, Math.max(newest.get(name) ?? 0, Number(version)));
  }
  return [...newest].map(([name, version]) => `${name}@${version}`);
}
