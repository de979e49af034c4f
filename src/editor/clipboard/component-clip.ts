import { z } from 'zod';
import { type EditContext, mayEdit, whatOf } from '../edits/edit-context.ts';
import { plainComponent } from '../inspector/plain-component.ts';
import { componentLabel, visibleComponent } from '../inspector/sections.ts';

const FORMAT = 'theta/component';
/** Characters; a text beyond it is not even parsed. */
const LONGEST_CLIP = 64 << 10;

const clipSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  component: z.string(),
  value: z.record(z.string(), z.unknown()),
});
type ComponentClip = z.infer<typeof clipSchema>;

/** The active entity's values of a component as a text for the clipboard; undefined without one. */
export function copyComponent(context: EditContext, name: string): string | undefined {
  const { scene, selection } = context;
  const component = visibleComponent(name);
  if (component === undefined) return undefined;
  const holder = scene.holderOf(selection.active, component);
  const value = plainComponent(scene.document, holder, component);
  if (value === undefined) return undefined;
  return JSON.stringify({ format: FORMAT, version: 1, component: name, value });
}

/**
 * Gives the values of such a text to all of the selected, unlocked entities, the component to those
 * that lack it; one undo step. False: it is another text.
 */
export function pasteComponent(context: EditContext, text: string): boolean {
  const clip = parseComponentClip(text);
  const component = clip && visibleComponent(clip.component);
  if (clip === undefined || component === undefined) return false;
  if (!mayEdit(context)) return true;
  const { scene, selection, issuer } = context;
  const holders = new Set(
    selection.entities
      .filter((entity) => !scene.isLocked(entity))
      .map((entity) => scene.holderOf(entity, component)),
  );
  if (holders.size === 0) return true;
  const label = `Paste ${componentLabel(component).toLowerCase()} to ${whatOf(context, [...holders])}`;
  issuer.transaction(label, (tx) => {
    for (const holder of holders) {
      const entity = scene.document.idOf(holder);
      tx.execute('component.set', { entity, component: component.name, value: clip.value });
    }
  });
  return true;
}

/** What `copyComponent` wrote; undefined for any other text. */
export function parseComponentClip(text: string): ComponentClip | undefined {
  if (text.length > LONGEST_CLIP || !text.startsWith(`{"format":"${FORMAT}"`)) return undefined;
  const parsed = clipSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else's text, which is nothing out of the ordinary on a clipboard.
    return undefined;
  }
}
