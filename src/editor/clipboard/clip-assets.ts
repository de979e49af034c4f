import { Asset, DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { ClippedAsset, ClippedObject } from './clip.ts';

/** What brings the models and images of copied objects from one session to another; the client's. */
export interface ContentPort {
  /** Told at copying: other sessions of this browser may have these from now on, and no others. */
  offer(digests: readonly string[]): void;
  /**
   * Brings what was offered to the session.
   * @returns those that cannot be had; then nothing was brought
   * @throws {ThetaError} `cancelled`, or with a sentence on why it could not be brought
   */
  bring(
    assets: readonly ClippedAsset[],
    options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<readonly string[]>;
}

/** Fields that name content, by component. */
const CONTENTS = DOCUMENT_COMPONENTS.flatMap(({ name, managed, fields }) =>
  managed
    ? []
    : fields
        .filter((field) => field.kind === 'hash')
        .map((field) => ({ component: name, field: field.name })),
);

/** The digests that an object's components name. */
export function contentsOf({ components }: ClippedObject): string[] {
  return CONTENTS.flatMap(({ component, field }) => {
    const digest = components[component]?.[field];
    return typeof digest === 'string' && digest !== '' ? [digest] : [];
  });
}

/** The living assets of a document by their digests. */
export function assetsOf(document: Document): Map<string, ClippedAsset> {
  const assets = new Map<string, ClippedAsset>();
  document.world.query({ all: [Asset] }).forEach((entity) => {
    const { digest, kind, name, mediaType, size } = document.world.get(entity, Asset)!;
    if (kind === 'source' || !document.isAlive(entity)) return;
    assets.set(digest, { digest, kind, name, mediaType, size });
  });
  return assets;
}

/** What of a clip is missing here, in words: whose model or image it is, and what to do. */
export function missingWords(
  objects: readonly ClippedObject[],
  missing: ReadonlySet<string>,
): string {
  const without = objects.filter((object) => contentsOf(object).some((each) => missing.has(each)));
  // A model is what people miss most, and a shared material, which comes first, is no object to them.
  const model = without.find(({ components }) => missing.has(String(components.mesh?.asset)));
  const first = model ?? without[0];
  const what = model === undefined ? 'image' : 'model';
  const others = without.length - 1;
  const more = others > 0 ? ` (nor what ${others} more need)` : '';
  return `The ${what} of ${nameOf(first)} is not in this browser${more}, so nothing was pasted. Copy it again in the session that it is from, in this browser; or export it there as a .theta file and open that here.`;
}

function nameOf(object: ClippedObject | undefined): string {
  const name = object?.components.name?.value;
  return typeof name === 'string' && name !== '' ? `“${name.slice(0, 64)}”` : 'an object';
}
