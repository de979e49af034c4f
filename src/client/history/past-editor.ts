import { CommandLog } from '../../commands/log.ts';
import { CommandPipeline } from '../../commands/pipeline.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { Site } from '../../ecs/document/sites.ts';
import { createEditor } from '../../editor/create-editor.ts';
import type { Editor } from '../../editor/editor.ts';
import { Reason } from '../../protocol/generated/types.ts';

/**
 * An editor of a past document: everything in it can be looked at and nothing changed. People, the
 * connection and the view are those of the editor of the present.
 */
export function createPastEditor(document: Document, site: Site, present: Editor): Editor {
  const session = new CommandPipeline({
    log: new CommandLog(document, site),
    enqueue: () => undefined,
    objection: () => Reason.role,
  });
  const past = createEditor({ session, self: present.people.getState().self });
  const follow = (): void => {
    const { self, others } = present.people.getState();
    // Their selections are of the present.
    past.people.setState({ self, others: others.map((each) => ({ ...each, selection: [] })) });
    past.connection.setState({ ...present.connection.getState(), role: 'viewer' });
    past.setView(present.view.getState());
  };
  present.people.subscribe(follow);
  present.connection.subscribe(follow);
  present.view.subscribe(follow);
  past.notices.subscribe(({ items }) => {
    for (const { id, ...notice } of items) {
      past.dismiss(id);
      present.notify(notice);
    }
  });
  follow();
  return past;
}
