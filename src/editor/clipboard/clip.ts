import { z } from 'zod';

/** How many objects one clip may hold. */
export const MOST_CLIPPED = 2000;
/** Characters; a text beyond it is not even parsed. */
export const LONGEST_CLIP = 4 << 20;
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
});

/** Objects as text, so that they go through the system's clipboard from one tab to another. */
export type Clip = Readonly<z.infer<typeof clipSchema>>;
export type ClippedObject = Clip['objects'][number];

export function formatClip(session: string, objects: readonly ClippedObject[]): string {
  return JSON.stringify({ format: FORMAT, version: 1, session, objects });
}

/** The clip in a text that `formatClip` wrote; undefined for any other text. */
export function parseClip(text: string): Clip | undefined {
  if (text.length > LONGEST_CLIP || !text.startsWith('{')) return undefined;
  const parsed = clipSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return parsed.data.objects.every(({ parent }, at) => parent < at) ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's text, which is nothing out of the ordinary on a clipboard.
    return undefined;
  }
}
