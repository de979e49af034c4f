import { type ReactElement, useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import type { StoreApi } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { changesSince } from './notice-changes.ts';
import { NoticeCard, TaskCard } from './toast-cards.tsx';

const NOTICE_MS = 6000;
/** Above the status bar. */
const BOTTOM_OFFSET_PX = 38;

/** The notices and tasks of the editor's stores, as toasts over the view. */
export function Notices() {
  const editor = useEditor();
  useEffect(() => {
    const stopNotices = mirror(editor.notices, (notice) => {
      const close = () => editor.dismiss(notice.id);
      toast.custom(() => <NoticeCard notice={notice} onClose={close} />, {
        id: notice.id,
        // What needs an answer waits for it.
        duration: notice.action ? Number.POSITIVE_INFINITY : NOTICE_MS,
        onAutoClose: close,
        onDismiss: close,
      });
    });
    const stopTasks = mirror(editor.tasks, (task) => {
      toast.custom((): ReactElement => <TaskCard id={task.id} />, {
        id: task.id,
        duration: Number.POSITIVE_INFINITY,
        dismissible: false,
      });
    });
    return () => {
      stopNotices();
      stopTasks();
    };
  }, [editor]);
  return (
    <Toaster
      position="bottom-center"
      offset={{ bottom: BOTTOM_OFFSET_PX }}
      gap={8}
      visibleToasts={4}
      expand
      toastOptions={{ unstyled: true }}
    />
  );
}

/** Shows each item of a store once, and takes its toast away when it leaves. */
function mirror<Item extends { readonly id: string }>(
  store: StoreApi<{ readonly items: readonly Item[] }>,
  show: (item: Item) => void,
): () => void {
  const shown = new Set<string>();
  const sync = () => {
    const { added, removed } = changesSince(shown, store.getState().items);
    for (const id of removed) {
      shown.delete(id);
      toast.dismiss(id);
    }
    for (const item of added) {
      shown.add(item.id);
      show(item);
    }
  };
  sync();
  const unsubscribe = store.subscribe(sync);
  return () => {
    unsubscribe();
    for (const id of shown) toast.dismiss(id);
  };
}
