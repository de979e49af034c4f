import type { HistoryRevertOp } from '../../commands/definitions/history-revert.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { BeforeImage, Journal } from '../../ecs/document/journal.ts';
import { NO_STAMP, type Stamp, sameStamp } from '../../ecs/document/stamps.ts';

const MAX_REMEMBERED = 65_536;

/**
 * Which writer each recent write replaced. An undo that was made before its target was confirmed may
 * name an older one, because somebody's write came between: it would take that write away (O5).
 */
export class RecentWrites {
  readonly #document: Document;
  readonly #replaced = new Map<string, Stamp>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** Takes the journal of one transaction: it replaced in a scope what its first write there found. */
  remember(journal: Journal): void {
    const found = new Map<string, Stamp>();
    for (const image of journal.scoped) {
      const scope = this.#scopeOf(image);
      const before = image.kind === 'created' ? NO_STAMP : image.stamp;
      if (!found.has(scope)) found.set(scope, before);
      this.#replaced.set(nameOf(scope, image.by), found.get(scope) ?? before);
    }
    for (const key of this.#replaced.keys()) {
      if (this.#replaced.size <= MAX_REMEMBERED) break;
      this.#replaced.delete(key);
    }
  }

  /** Whether a reversion names another prior writer than the one that its target replaced. */
  contradicts({ places, components }: HistoryRevertOp): boolean {
    for (const { entity, expect, stamp } of places) {
      if (this.#differs(`${entity}`, expect, stamp)) return true;
    }
    for (const { entity, patch, presence, fields } of components) {
      const scope = `${entity} ${patch.component}`;
      if (presence && this.#differs(`${scope} presence`, presence.expect, presence.stamp))
        return true;
      for (const [i, exchange] of fields.entries()) {
        const name = `${scope} ${patch.fields[i]?.field}`;
        if (this.#differs(name, exchange.expect, exchange.stamp)) return true;
      }
    }
    return false;
  }

  #differs(scope: string, expect: Stamp, stamp: Stamp): boolean {
    const replaced = this.#replaced.get(nameOf(scope, expect));
    return replaced !== undefined && !sameStamp(replaced, stamp);
  }

  #scopeOf(image: BeforeImage): string {
    const id = this.#document.idOf(image.entity);
    if (image.kind === 'created' || image.kind === 'place') return `${id}`;
    return `${id} ${image.component} ${image.kind === 'field' ? image.field : 'presence'}`;
  }
}

function nameOf(scope: string, writer: Stamp): string {
  return `${scope} ${writer.lamport} ${writer.site}`;
}
