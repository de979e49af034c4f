import { z } from 'zod';
import { IMPORT_LIMITS } from '../import/import-limits.ts';

/** The scene's part of a `.theta` file, a zip archive (docs/scripting.md). */
export const PROJECT_ENTRY = 'project.json';
/** Contents lie in this folder, by their digests. */
export const ASSET_FOLDER = 'assets/';
export const PROJECT_FORMAT = 'theta/project';

const DIGEST = /^[0-9a-f]{64}$/;
const component = z.record(z.string(), z.unknown());

export const projectSchema = z.object({
  format: z.literal(PROJECT_FORMAT),
  version: z.literal(1),
  name: z.string().max(256),
  assets: z
    .array(
      z.object({
        digest: z.string().regex(DIGEST),
        kind: z.enum(['geometry', 'texture', 'source']),
        name: z.string().max(256),
        mediaType: z.string().max(128),
      }),
    )
    .max(4096),
  /** Shared materials first, then objects, parents before their children. */
  entities: z
    .array(
      z.object({
        /** Of this file alone: others are made where it is opened. */
        id: z.string().min(1).max(64),
        parent: z.string().max(64).nullable(),
        components: z.record(z.string(), component),
      }),
    )
    .max(IMPORT_LIMITS.entities),
});

export type Project = z.infer<typeof projectSchema>;
export type ProjectEntity = Project['entities'][number];
