import { Asset } from '../../ecs/components/index.ts';
import { messageOf } from '../../shared/errors.ts';
import type { FieldEdit } from '../inspector/field-edit.ts';
import type { Issuer } from '../issuer.ts';
import type { Scene } from '../scene.ts';
import type { Notices, Tasks } from '../stores/notices.ts';
import type { TextureItem } from '../stores/states.ts';

/** An image that is stored and may become an asset of the document. */
export interface StoredImage {
  readonly digest: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** Where images come from and go to; the client's. */
export interface ImagePort {
  /** Stores a file that a person chose. @throws {ThetaError} with a sentence that names it */
  store(file: File, signal: AbortSignal): Promise<StoredImage>;
  /** The picture of a stored one. Whoever asks owns it. */
  picture(digest: string): Promise<ImageBitmap>;
}

export interface TextureContext {
  readonly scene: Scene;
  readonly issuer: Issuer;
  readonly notices: Notices;
  readonly tasks: Tasks;
  readonly images: ImagePort;
}

/** The images of a document, each once, by name. */
export function texturesOf({ document }: Scene): TextureItem[] {
  const items = new Map<string, TextureItem>();
  document.world.query({ all: [Asset] }).forEach((entity) => {
    const asset = document.world.get(entity, Asset);
    if (asset?.kind !== 'texture' || !document.isAlive(entity)) return;
    items.set(asset.digest, { digest: asset.digest, name: asset.name || 'Image' });
  });
  return [...items.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Stores an image and sets a field to it; what goes wrong becomes a notice. */
export async function importTexture(
  context: TextureContext,
  edit: FieldEdit,
  file: File,
): Promise<void> {
  const { scene, issuer, notices, tasks, images } = context;
  const cancel = new AbortController();
  const task = tasks.start({
    label: `Adding ${file.name}`,
    progress: null,
    cancel: () => cancel.abort(),
  });
  try {
    const stored = await images.store(file, cancel.signal);
    if (cancel.signal.aborted) return;
    const known = texturesOf(scene).some(({ digest }) => digest === stored.digest);
    edit.commit(edit.writes(stored.digest), issuer, (tx) => {
      if (!known) tx.execute('asset.add', { kind: 'texture', ...stored });
    });
  } catch (thrown) {
    if (!cancel.signal.aborted) notices.notify({ kind: 'error', text: messageOf(thrown) });
  } finally {
    task.end();
  }
}
