import { CircleAlert, CircleCheck, Info, LoaderCircle, type LucideIcon, X } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useStore } from 'zustand';
import type { Notice, NoticeKind } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import styles from './notices.module.css';

const ICONS: Readonly<Record<NoticeKind, LucideIcon>> = {
  info: Info,
  error: CircleAlert,
  success: CircleCheck,
};

/** Something that happened, and perhaps what to do about it. */
export function NoticeCard({
  notice,
  onClose,
}: {
  readonly notice: Notice;
  readonly onClose: () => void;
}) {
  const Icon = ICONS[notice.kind];
  const { action } = notice;
  return (
    <div className={styles.toast}>
      <Icon size={16} className={styles.icon} data-kind={notice.kind} aria-hidden />
      <p className={styles.text}>{notice.text}</p>
      {action && (
        <Button
          look="secondary"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button size="iconSmall" aria-label="Dismiss" onClick={onClose}>
        <X size={14} aria-hidden />
      </Button>
    </div>
  );
}

/** Something that takes long: how far it is, and a way to stop it. */
export function TaskCard({ id }: { readonly id: string }) {
  const editor = useEditor();
  const task = useStore(editor.tasks, ({ items }) => items.find((item) => item.id === id));
  if (!task) return null;
  const { label, progress } = task;
  const percent = progress === null ? undefined : Math.round(progress * 100);
  return (
    <div className={styles.toast}>
      <LoaderCircle size={16} className={styles.icon} aria-hidden />
      <div className={styles.text}>
        <p className={styles.taskText}>
          {label}
          {percent !== undefined && <span className={styles.percent}>{percent} %</span>}
        </p>
        <div
          className={styles.progress}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          <div
            className={classNames(styles.bar, progress === null && styles.unknown)}
            style={{ '--progress': progress ?? 1 } as CSSProperties}
          />
        </div>
      </div>
      {task.cancel && <Button onClick={() => task.cancel?.()}>Cancel</Button>}
    </div>
  );
}
