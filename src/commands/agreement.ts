import { sha256 } from '@noble/hashes/sha2.js';
import { DOCUMENT_COMPONENTS } from '../ecs/components/index.ts';
import { buildManifest } from '../ecs/manifest.ts';
import { SCHEMA_DIGEST } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';
import { CAPABILITIES } from './capabilities.ts';
import { PROTOCOL_VERSION } from './packet.ts';
import { VOCABULARY } from './registry.ts';

/** T3: what an end of a connection speaks. */
export interface Agreement {
  readonly protocols: { readonly min: number; readonly max: number };
  /** SHA-256 of the schema's digest and the manifest of components: it must be the same at both ends. */
  readonly schema: Bytes;
  /** Members of the schema's `Ops`, and components of the manifest. Both lists only grow. */
  readonly vocabulary: number;
  readonly components: number;
  /** What it can do without, too. */
  readonly capabilities: readonly string[];
}

/** What two ends have agreed on. */
export interface Terms {
  readonly protocol: number;
  readonly capabilities: readonly string[];
}

/** What this build speaks. */
export function ownAgreement(): Agreement {
  return {
    protocols: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
    schema: agreementDigest(),
    vocabulary: VOCABULARY,
    components: DOCUMENT_COMPONENTS.length,
    capabilities: CAPABILITIES,
  };
}

function agreementDigest(): Bytes {
  const manifest = JSON.stringify(buildManifest(DOCUMENT_COMPONENTS));
  return new Uint8Array(sha256(new TextEncoder().encode(`${SCHEMA_DIGEST}\n${manifest}`)));
}
