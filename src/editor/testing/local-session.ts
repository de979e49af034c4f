import type { LocalTransaction, Ruling } from '../../commands/local-transaction.ts';
import { CommandLog } from '../../commands/log.ts';
import { NO_OBJECTION } from '../../commands/permissions.ts';
import { CommandPipeline } from '../../commands/pipeline.ts';
import { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';
import { createEditor } from '../create-editor.ts';
import type { Editor } from '../editor.ts';
import type { EditorOptions } from '../editor-options.ts';
import type { CommandParams } from '../session-port.ts';

const AUTHOR = '00112233445566aa';
const SELF = {
  peer: 'self',
  name: 'Ada',
  color: '#ff8800',
  role: 'editor',
  transport: 'websocket',
  selection: [],
} as const;

export const ACCEPTED: Ruling = { verdict: 0, reason: 0 };
/** Refused, since somebody else moved or deleted the object first. */
export const SCOPE_CHANGED: Ruling = { verdict: 2, reason: 4 };

/** A real pipeline over a real document, whose server answers when the test says so. */
export class LocalSession {
  readonly document = new Document();
  readonly log = new CommandLog(this.document, this.document.sites.intern(AUTHOR, 1));
  readonly sent: LocalTransaction[] = [];
  readonly pipeline = new CommandPipeline({
    log: this.log,
    enqueue: (transaction) => this.sent.push(transaction),
    objection: () => NO_OBJECTION,
  });

  editor(options: Partial<EditorOptions> = {}): Editor {
    return createEditor({ session: this.pipeline, self: SELF, ...options });
  }

  /** Makes an entity as a script would. */
  create(params: CommandParams = {}): Entity {
    const { entity } = this.pipeline.execute('entity.create', params).result as { entity: string };
    return this.document.entityOf(this.document.parseId(entity)!)!;
  }

  delete(...entities: Entity[]): void {
    const ids = entities.map((entity) => this.document.idOf(entity));
    this.pipeline.execute('entity.delete', { entities: ids });
  }

  /** The server's answer to the oldest transaction that has none. */
  answer(ruling: Ruling = ACCEPTED): void {
    const transaction = this.sent.shift()!;
    const rulings = transaction.entries.map(() => ruling);
    this.log.settle([transaction], [rulings]);
    this.pipeline.settled([transaction], [rulings], this.log.seq);
  }
}
