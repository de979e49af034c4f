import { z } from 'zod';

/** How many objects one clip may hold. */
export const MOST_CLIPPED = 2000;
/** Characters; a text beyond it is not even parsed. */
export const LONGEST_CLIP = 4 << 20;
/** Models and images that one clip may name. */
export const MOST_CLIPPED_ASSETS = 256;
/** Bytes of all that it names: half of what a session may hold. */
export const HEAVIEST_CLIP = 256 << 20;
const FORMAT = 'theta/objects';

const component = z.record(z.string(), z.unknown());

const clipSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  /** The session that it was copied in; empty where nobody knows. */
  session: z.string().max(128).default(''),
  /** Shared materials first, then objects, parents before their children. */
  objects: z
    .array(
      z.object({
        /** The place of its parent in this list; -1 at the top. */
        parent: z.number().int().min(-1),
        components: z.record(z.string(), component),
        /** Of a shared material: what wears it names it so. */
        id: z.string().max(64).optional(),
      }),
    )
    .min(1)
    .max(MOST_CLIPPED),
  /** What the objects show, whose bytes are not in the clip: whoever pastes it brings them along. */
  assets: z
    .array(
      z.object({
        digest: z.string().regex(/^[0-9a-f]{64}$/),
        kind: z.enum(['geometry', 'texture']),
        name: z.string().max(256),
        mediaType: z.string().max(128),
        size: z.number().int().min(1).max(HEAVIEST_CLIP),
      }),
    )
    .max(MOST_CLIPPED_ASSETS)
    .default([]),
});

/** Objects as text, so that they go through the system's clipboard from one tab to another. */
export type Clip = Readonly<z.infer<typeof clipSchema>>;
export type ClippedObject = Clip['objects'][number];
export type ClippedAsset = Clip['assets'][number];

export function formatClip(
  session: string,
  objects: readonly ClippedObject[],
  assets: readonly ClippedAsset[],
): string {
  return JSON.stringify({ format: FORMAT, version: 1, session, objects, assets });
}

/** The clip in a text that `formatClip` wrote; undefined for any other text. */
export function parseClip(text: string): Clip | undefined {
  if (text.length > LONGEST_CLIP || !text.startsWith('{')) return undefined;
  const parsed = clipSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { objects, assets } = parsed.data;
  const isSound =
    objects.every(({ parent }, at) => parent < at) && bytesOf(assets) <= HEAVIEST_CLIP;
  return isSound ? parsed.data : undefined;
}

/** Of all of them together. */
export function bytesOf(assets: readonly ClippedAsset[]): number {
  return assets.reduce((sum, { size }) => sum + size, 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's text, which is nothing out of the ordinary on a clipboard.
    return undefined;
  }
}
