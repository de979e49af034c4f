import { Bookmark, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';
import { EmptyState } from '../primitives/empty-state.tsx';
import styles from './history.module.css';
import { exactTime, shortTime } from './times.ts';

/** The moments that somebody has given a name, the latest first. */
export function Versions({ travel }: { readonly travel: TimeTravel }) {
  const versions = useStore(travel.state, (state) => state.versions);
  const shown = useStore(travel.state, (state) => state.moment?.seq);
  const mayEdit = useStore(useEditor().connection, ({ role }) => role !== 'viewer');
  if (versions.length === 0) {
    return (
      <EmptyState icon={Bookmark} title="No named versions">
        Name the scene as it is, or a moment of its past, to find it again.
      </EmptyState>
    );
  }
  return (
    <ul className={styles.versions} aria-label="Named versions">
      {versions.map((version) => (
        <li key={version.seq} data-shown={version.seq === shown}>
          <button type="button" onClick={() => travel.showVersion(version)}>
            <Bookmark size={14} aria-hidden />
            <span className={styles.label}>{version.name}</span>
            <span className={styles.author}>{travel.who(version.author).name}</span>
            <time className={styles.time} title={exactTime(version.time)}>
              {shortTime(version.time)}
            </time>
          </button>
          {mayEdit && (
            <IconButton
              label={`Remove the name “${version.name}”`}
              size="iconSmall"
              onClick={() => travel.forget(version)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
