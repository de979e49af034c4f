import { Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { FieldDrag, FieldInput } from '../editor.ts';
import type { Issuer } from '../issuer.ts';
import type { Scene } from '../scene.ts';
import type { Previews } from '../stores/previews.ts';
import type { PreviewTransform } from '../stores/states.ts';
import type { FieldEdit, FieldWrite } from './field-edit.ts';

/** Scrubbing: every update shows, the last one is written. */
export class PreviewedFieldDrag implements FieldDrag {
  readonly #scene: Scene;
  readonly #previews: Previews;
  readonly #issuer: Issuer;
  readonly #edit: FieldEdit;
  #writes: readonly FieldWrite[] = [];
  #over = false;

  constructor(scene: Scene, previews: Previews, issuer: Issuer, edit: FieldEdit) {
    this.#scene = scene;
    this.#previews = previews;
    this.#issuer = issuer;
    this.#edit = edit;
  }

  update(value: FieldInput): void {
    if (this.#over) return;
    this.#writes = this.#edit.writes(value);
    this.#previews.clear();
    const { component, field } = this.#edit;
    if (component.name === Transform.name) this.#previews.show(this.#poses());
    else this.#previews.showFields(component.name, field.name, this.#values());
  }

  commit(): void {
    if (this.#over) return;
    this.#edit.commit(this.#writes, this.#issuer);
    this.cancel();
  }

  cancel(): void {
    this.#over = true;
    this.#previews.clear();
  }

  *#poses(): Generator<readonly [Entity, PreviewTransform]> {
    for (const { entity, stored } of this.#writes) {
      yield [entity, { ...this.#scene.poseOf(entity), [this.#edit.field.name]: stored }];
    }
  }

  *#values(): Generator<readonly [Entity, FieldWrite['stored']]> {
    for (const { entity, stored } of this.#writes) yield [entity, stored];
  }
}
