import { PanelLeftClose, PanelRightClose } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../primitives/button.tsx';
import styles from './panel.module.css';

export interface SidePanelProps {
  readonly title: string;
  readonly side: 'left' | 'right';
  readonly onCollapse: () => void;
  readonly children: ReactNode;
}

/** A panel at a side of the view, with a heading and a way to fold it away. */
export function SidePanel({ title, side, onCollapse, children }: SidePanelProps) {
  const Icon = side === 'left' ? PanelLeftClose : PanelRightClose;
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton label={`Hide ${title.toLowerCase()}`} size="iconSmall" onClick={onCollapse}>
          <Icon size={15} aria-hidden />
        </IconButton>
      </header>
      {children}
    </section>
  );
}
