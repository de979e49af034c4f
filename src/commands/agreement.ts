import { sha256 } from '@noble/hashes/sha2.js';
import { DOCUMENT_COMPONENTS } from '../ecs/components/index.ts';
import { buildManifest } from '../ecs/manifest.ts';
import { SCHEMA_DIGEST } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';

/**
 * T3: what two peers must have in common to understand each other's entries: SHA-256 of the schema's
 * digest and the manifest of components.
 */
export function agreementDigest(): Bytes {
  const manifest = JSON.stringify(buildManifest(DOCUMENT_COMPONENTS));
  return new Uint8Array(sha256(new TextEncoder().encode(`${SCHEMA_DIGEST}\n${manifest}`)));
}
