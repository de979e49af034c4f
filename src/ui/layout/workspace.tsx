import { PanelLeftOpen, PanelRightOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
  usePanelRef,
} from 'react-resizable-panels';
import { Inspector } from '../inspector/inspector.tsx';
import { Outliner } from '../outliner/outliner.tsx';
import { IconButton } from '../primitives/button.tsx';
import { CameraShot } from '../viewport/camera-shot.tsx';
import { ViewMenu } from '../viewport/view-menu.tsx';
import { ViewModes } from '../viewport/view-modes.tsx';
import { GestureReadout } from './gesture-readout.tsx';
import { Marquee } from './marquee.tsx';
import { panelStorage } from './panel-storage.ts';
import { SidePanel } from './side-panel.tsx';
import { ViewTools } from './view-tools.tsx';
import styles from './workspace.module.css';

/** CSS pixels. */
const OUTLINER_WIDTH = { default: 256, min: 200, max: 440 } as const;
const INSPECTOR_WIDTH = { default: 308, min: 276, max: 480 } as const;
const HISTORY_WIDTH = { default: 288, min: 240, max: 440 } as const;
const VIEWPORT_MIN_WIDTH = 320;
const CONSOLE_HEIGHT = { default: 260, min: 140 } as const;
const VIEWPORT_MIN_HEIGHT = 160;

const PANELS = ['outliner', 'viewport', 'inspector'];
const COLUMN = ['view'];
const COLUMN_WITH_CONSOLE = ['view', 'console'];
const PANELS_WITH_HISTORY = ['outliner', 'viewport', 'history', 'inspector'];

export interface WorkspaceProps {
  readonly children: ReactNode;
  /** The history's panel, while it is open. */
  readonly history?: ReactNode;
  /** The console's panel, while it is open. */
  readonly console?: ReactNode;
}

/** The view between the outliner and the inspector, whose widths are remembered. */
export function Workspace({ children, history, console }: WorkspaceProps) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: 'theta-workspace',
    panelIds: history === undefined ? PANELS : PANELS_WITH_HISTORY,
    storage: panelStorage,
  });
  const outliner = useFoldable();
  const inspector = useFoldable();
  return (
    <Group
      className={styles.group}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
      orientation="horizontal"
    >
      <Panel
        id="outliner"
        panelRef={outliner.ref}
        defaultSize={OUTLINER_WIDTH.default}
        minSize={OUTLINER_WIDTH.min}
        maxSize={OUTLINER_WIDTH.max}
        groupResizeBehavior="preserve-pixel-size"
        collapsible
        onResize={outliner.onResize}
      >
        <SidePanel title="Outliner" side="left" onCollapse={outliner.fold}>
          <Outliner />
        </SidePanel>
      </Panel>
      <Separator className={styles.separator} aria-label="Width of the outliner" />
      <Panel id="viewport" minSize={VIEWPORT_MIN_WIDTH}>
        <Column below={console}>
          <main className={styles.viewport} aria-label="View">
            {children}
            <Marquee />
            <GestureReadout />
            <ViewTools />
            <ViewModes />
            <CameraShot />
            <ViewMenu />
            {outliner.folded && <Unfold side="left" title="Outliner" onClick={outliner.unfold} />}
            {inspector.folded && (
              <Unfold side="right" title="Inspector" onClick={inspector.unfold} />
            )}
          </main>
        </Column>
      </Panel>
      {history !== undefined && (
        <>
          <Separator className={styles.separator} aria-label="Width of the history" />
          <Panel
            id="history"
            defaultSize={HISTORY_WIDTH.default}
            minSize={HISTORY_WIDTH.min}
            maxSize={HISTORY_WIDTH.max}
            groupResizeBehavior="preserve-pixel-size"
          >
            {history}
          </Panel>
        </>
      )}
      <Separator className={styles.separator} aria-label="Width of the inspector" />
      <Panel
        id="inspector"
        panelRef={inspector.ref}
        defaultSize={INSPECTOR_WIDTH.default}
        minSize={INSPECTOR_WIDTH.min}
        maxSize={INSPECTOR_WIDTH.max}
        groupResizeBehavior="preserve-pixel-size"
        collapsible
        onResize={inspector.onResize}
      >
        <SidePanel title="Inspector" side="right" onCollapse={inspector.fold}>
          <Inspector />
        </SidePanel>
      </Panel>
    </Group>
  );
}

/** The view, and below it what is open there. */
function Column({ children, below }: { readonly children: ReactNode; readonly below: ReactNode }) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: 'theta-column',
    panelIds: below === undefined ? COLUMN : COLUMN_WITH_CONSOLE,
    storage: panelStorage,
  });
  return (
    <Group
      className={styles.group}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
      orientation="vertical"
    >
      <Panel id="view" minSize={VIEWPORT_MIN_HEIGHT}>
        {children}
      </Panel>
      {below !== undefined && (
        <>
          <Separator className={styles.separatorAcross} aria-label="Height of the console" />
          <Panel
            id="console"
            defaultSize={CONSOLE_HEIGHT.default}
            minSize={CONSOLE_HEIGHT.min}
            groupResizeBehavior="preserve-pixel-size"
          >
            {below}
          </Panel>
        </>
      )}
    </Group>
  );
}

interface Foldable {
  readonly ref: React.RefObject<PanelImperativeHandle | null>;
  readonly folded: boolean;
  readonly onResize: () => void;
  readonly fold: () => void;
  readonly unfold: () => void;
}

/** A panel that can be folded away, by its button or by dragging its edge to the side. */
function useFoldable(): Foldable {
  const ref = usePanelRef();
  const [folded, setFolded] = useState(false);
  return {
    ref,
    folded,
    onResize: () => setFolded(ref.current?.isCollapsed() ?? false),
    fold: () => ref.current?.collapse(),
    unfold: () => ref.current?.expand(),
  };
}

interface UnfoldProps {
  readonly side: 'left' | 'right';
  readonly title: string;
  readonly onClick: () => void;
}

function Unfold({ side, title, onClick }: UnfoldProps) {
  const Icon = side === 'left' ? PanelLeftOpen : PanelRightOpen;
  return (
    <div className={styles.unfold} data-side={side}>
      <IconButton label={`Show ${title.toLowerCase()}`} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
