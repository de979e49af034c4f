import type { StoreApi } from 'zustand/vanilla';
import type { Entity } from '../../ecs/entity.ts';
import type { EditorParts } from '../editor-parts.ts';
import { mayEdit } from '../edits/edit-context.ts';
import { FieldEdit } from '../inspector/field-edit.ts';
import type { MaterialsState, TextureItem } from '../stores/states.ts';
import {
  deleteMaterial,
  type MaterialContext,
  makeMaterialUnique,
  renameMaterial,
  shareMaterial,
  wearMaterial,
} from './material-edits.ts';
import { type ImagePort, importTexture, texturesOf } from './textures.ts';

/** What panels see and do of materials and textures. */
export interface Materials {
  /** The materials that objects share. */
  readonly store: StoreApi<MaterialsState>;
  /** Makes a shared material of what the active object wears, for all of the selected. */
  share(): void;
  /** Lets the selected objects wear a shared material. */
  wear(material: Entity): void;
  /** Gives each of the selected objects its own copy of what it wears. */
  makeUnique(): void;
  rename(material: Entity, name: string): void;
  /** Those who wear it keep their looks. */
  delete(material: Entity): void;
  /** What an entity's material looks like on a sphere; undefined while nothing is drawn. */
  picture(entity: Entity): Promise<ImageData | undefined>;
  /** The images of the document. */
  textures(): readonly TextureItem[];
  /** Stores an image and sets a field of the selected entities to it. */
  importTexture(component: string, field: string, file: File): Promise<void>;
  /** The image of a content hash, for its caller to close; undefined where it cannot be had. */
  texture(digest: string): Promise<ImageBitmap | undefined>;
}

/** The editor's materials over its parts; without `images` there are none to be had or added. */
export function materialsOf(parts: EditorParts, images: ImagePort | undefined): Materials {
  const { scene, issuer, notices, tasks, fields, eulers, selection, edits } = parts;
  const context: MaterialContext = { ...edits, materials: parts.materials };
  const then = (edit: () => void): void => {
    edit();
    parts.update();
  };
  return {
    store: parts.materials.store,
    share: () => then(() => shareMaterial(context)),
    wear: (material) => then(() => wearMaterial(context, material)),
    makeUnique: () => then(() => makeMaterialUnique(context)),
    rename: (material, name) => then(() => renameMaterial(context, material, name)),
    delete: (material) => then(() => deleteMaterial(context, material)),
    picture: async (entity) => await parts.viewport?.materialPicture(entity),
    textures: () => texturesOf(scene),
    async importTexture(component, field, file) {
      if (images === undefined || !mayEdit(edits)) return;
      const names = { component, field };
      const edit = new FieldEdit(scene, fields, eulers, selection.entities, names);
      await importTexture({ scene, issuer, notices, tasks, images }, edit, file);
      parts.update();
    },
    texture: (digest) =>
      images?.picture(digest).catch(() => undefined) ?? Promise.resolve(undefined),
  };
}
