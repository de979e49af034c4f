import { Eye } from 'lucide-react';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import type { AccessView } from '../access/access-view.ts';
import { useMayEdit } from '../editor-context.tsx';
import { HistoryToggle } from '../history/history-toggle.tsx';
import { PeopleStack } from '../people/people-stack.tsx';
import { ShareButton } from '../share/share-button.tsx';
import { AddMenu } from './add-menu.tsx';
import { HeadsetButtons, type HeadsetPort } from './headset-buttons.tsx';
import { HistoryButtons } from './history-buttons.tsx';
import { ImportButton } from './import-button.tsx';
import { MainMenu } from './main-menu.tsx';
import { PivotMenu, SnapToggle, SpaceToggle } from './space-and-snap.tsx';
import { ToolSwitch } from './tool-switch.tsx';
import styles from './toolbar.module.css';

export interface ToolbarProps {
  readonly sessionName: string;
  readonly access: AccessView;
  readonly networkOrigin: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRenameSelf: ((name: string) => void) | undefined;
  readonly headset: HeadsetPort | undefined;
  readonly travel: TimeTravel;
}

/** The bar at the top: the session, what to do in it, and who is here. */
export function Toolbar({
  sessionName,
  access,
  networkOrigin,
  onFiles,
  onRenameSelf,
  headset,
  travel,
}: ToolbarProps) {
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <MainMenu />
        <h1 className={styles.session} title={sessionName}>
          {sessionName}
        </h1>
        <ViewingBadge />
      </div>
      <AddMenu />
      <ImportButton onFiles={onFiles} />
      <span className={styles.divider} />
      <ToolSwitch />
      <SpaceToggle />
      <PivotMenu />
      <SnapToggle />
      <span className={styles.divider} />
      <HistoryButtons />
      <HistoryToggle travel={travel} />
      <span className={styles.spacer} />
      {headset && <HeadsetButtons headset={headset} />}
      <PeopleStack onRenameSelf={onRenameSelf} />
      <ShareButton access={access} networkOrigin={networkOrigin} />
    </header>
  );
}

function ViewingBadge() {
  const mayEdit = useMayEdit();
  if (mayEdit) return null;
  return (
    <span className={styles.viewing}>
      <Eye size={12} aria-hidden />
      Viewing
    </span>
  );
}
