import { defineComponent } from '../component.ts';
import { entity } from '../fields.ts';

/**
 * Marks an entity whose `material` (and `textureMapping`) several objects wear. It has a name and no
 * place in the tree that people see; deleting it leaves its wearers with materials of their own.
 */
export const SharedMaterial = defineComponent('sharedMaterial', {}, { panel: { hidden: true } });

/** An object that wears a shared material. Its own `material` waits until the link is taken off. */
export const MaterialLink = defineComponent(
  'materialLink',
  { material: entity({ label: 'Shared material', having: 'sharedMaterial' }) },
  { panel: { hidden: true } },
);
