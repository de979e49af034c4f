import type { ReactNode } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Editor } from '../editor/editor.ts';
import type { TimeTravel } from '../editor/history/time-travel.ts';
import { AccessDialog } from './access/access-dialog.tsx';
import type { AccessView } from './access/access-view.ts';
import { ConsoleDrawer } from './console/console-drawer.tsx';
import type { ConsoleView } from './console/console-view.ts';
import { EditorProvider } from './editor-context.tsx';
import { DropOverlay } from './files/drop-overlay.tsx';
import { ExportDialog } from './files/export-dialog.tsx';
import type { ExportView } from './files/export-view.ts';
import { HistoryPanel } from './history/history-panel.tsx';
import { PastBanner } from './history/past-banner.tsx';
import { IdentityDialog } from './identity/identity-dialog.tsx';
import type { IdentityView } from './identity/identity-view.ts';
import styles from './layout/app.module.css';
import { SidePanel } from './layout/side-panel.tsx';
import { Workspace } from './layout/workspace.tsx';
import { Notices } from './notices/notices.tsx';
import { Opening } from './pages/opening.tsx';
import { Palette } from './palette/palette.tsx';
import { FollowBanner } from './people/follow-banner.tsx';
import { TooltipProvider } from './primitives/tooltip.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { ShortcutsDialog } from './settings/shortcuts-dialog.tsx';
import type { SceneStats } from './status/scene-stats.ts';
import { StatusBar } from './status/status-bar.tsx';
import { TelemetryOverlay } from './telemetry/telemetry-overlay.tsx';
import type { TelemetryView } from './telemetry/telemetry-view.ts';
import type { HeadsetPort } from './toolbar/headset-buttons.tsx';
import { Toolbar } from './toolbar/toolbar.tsx';
import { Tour } from './tour/tour.tsx';
import type { TrayView } from './tray/tray-view.ts';
import { useEditorKeys } from './use-editor-keys.ts';

export interface AppProps {
  readonly editor: Editor;
  /** Fills the middle of the screen. */
  readonly viewport: ReactNode;
  /** Without one, the bar shows the application's name. */
  readonly sessionName?: string | undefined;
  readonly access: AccessView;
  readonly identity: IdentityView;
  /** Where other devices open the page, when this page's own address means nothing to them. */
  readonly networkOrigin?: string | undefined;
  readonly stats: StoreApi<SceneStats>;
  readonly tray: TrayView;
  readonly travel: TimeTravel;
  readonly telemetry: TelemetryView;
  readonly scripts: ConsoleView;
  /** Files that were chosen or dropped, a model among them. */
  readonly onFiles: (files: readonly File[]) => void;
  readonly exports: ExportView;
  /** Without it, people cannot change their name here. */
  readonly onRenameSelf?: (name: string) => void;
  /** Without it, there is no way into a headset. */
  readonly headset?: HeadsetPort;
}

/** The editor's whole screen. It owns the keyboard: keys that no control wants go to the editor. */
export function App({
  editor,
  viewport,
  sessionName = 'Theta',
  access,
  identity,
  networkOrigin,
  stats,
  tray,
  travel,
  telemetry,
  scripts,
  onFiles,
  exports,
  onRenameSelf,
  headset,
}: AppProps) {
  const past = useStore(travel.state, (state) => state.past);
  const isOpen = useStore(travel.state, (state) => state.isOpen);
  const isConsoleOpen = useStore(scripts.state, (state) => state.isOpen);
  const role = useStore(editor.connection, (state) => state.role);
  const shown = past ?? editor;
  useEditorKeys(shown);
  return (
    <EditorProvider editor={shown}>
      <TooltipProvider>
        <div className={styles.app}>
          <Toolbar
            sessionName={sessionName}
            access={access}
            networkOrigin={networkOrigin}
            onFiles={onFiles}
            onRenameSelf={onRenameSelf}
            headset={headset}
            travel={travel}
          />
          <Workspace
            history={isOpen ? <History editor={editor} travel={travel} /> : undefined}
            console={isConsoleOpen ? <ConsoleDrawer scripts={scripts} /> : undefined}
          >
            {viewport}
            <DropOverlay onFiles={onFiles} />
            <Opening />
            <FollowBanner />
            <TelemetryOverlay telemetry={telemetry} />
            <PastBanner travel={travel} mayRestore={role !== 'viewer'} />
          </Workspace>
          <EditorProvider editor={editor}>
            <StatusBar stats={stats} tray={tray} telemetry={telemetry} scripts={scripts} />
          </EditorProvider>
        </div>
        <AccessDialog access={access} />
        <IdentityDialog identity={identity} />
        <Palette />
        <ExportDialog exports={exports} />
        <SettingsDialog />
        <ShortcutsDialog />
        <Tour />
        <EditorProvider editor={editor}>
          <Notices />
        </EditorProvider>
      </TooltipProvider>
    </EditorProvider>
  );
}

/** The history is of the present, whatever moment is shown beside it. */
function History({ editor, travel }: Pick<AppProps, 'editor' | 'travel'>) {
  return (
    <EditorProvider editor={editor}>
      <SidePanel title="History" side="right" onCollapse={() => travel.setOpen(false)}>
        <HistoryPanel travel={travel} />
      </SidePanel>
    </EditorProvider>
  );
}
