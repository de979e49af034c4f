import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { useStore } from 'zustand';
import { ConsoleToggle } from '../console/console-toggle.tsx';
import type { ConsoleView } from '../console/console-view.ts';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Tooltip } from '../primitives/tooltip.tsx';
import { TelemetryToggle } from '../telemetry/telemetry-toggle.tsx';
import type { TelemetryView } from '../telemetry/telemetry-view.ts';
import { TrayButton } from '../tray/tray-button.tsx';
import type { TrayView } from '../tray/tray-view.ts';
import { counted, sentenceCase } from '../wording.ts';
import type { SceneStats } from './scene-stats.ts';
import styles from './status-bar.module.css';
import { rttWords, rungName, savedWords, statusWords } from './status-words.ts';

const RENDERERS = { webgpu: 'WebGPU', webgl: 'WebGL' } as const;

/** The bar at the bottom: whether edits arrive, and what this person may do. */
export function StatusBar({
  stats,
  tray,
  telemetry,
  scripts,
}: {
  readonly stats: StoreApi<SceneStats>;
  readonly tray: TrayView;
  readonly telemetry: TelemetryView;
  readonly scripts: ConsoleView;
}) {
  const connection = useStore(useEditor().connection, (state) => state);
  const selected = useStore(useEditor().selection, (state) => state.entities.length);
  const { entities, renderer } = useStore(stats);
  const words = statusWords(connection);
  const connected = connection.status === 'connected';
  return (
    <footer className={styles.bar}>
      <Tooltip label={words.text} hint={words.detail} side="top">
        <span className={classNames(styles.item, styles.lead)} role="status">
          <span className={styles.dot} data-tone={words.tone} />
          {words.text}
        </span>
      </Tooltip>
      {connected && <Item>{rungName(connection.transport)}</Item>}
      {connected && connection.rttMs !== undefined && <Item>{rttWords(connection.rttMs)}</Item>}
      <Item>{sentenceCase(connection.role)}</Item>
      {connection.isOpen && (
        <Item className={classNames(styles.saved, !connected && styles.pending)}>
          {savedWords(connection.pending)}
        </Item>
      )}
      <TrayButton tray={tray} />
      <span className={styles.spacer} />
      {selected > 0 && <Item className={styles.end}>{selected.toLocaleString('en')} selected</Item>}
      <Item className={styles.end}>{counted(entities, 'entity', 'entities')}</Item>
      {renderer !== undefined && <Item className={styles.end}>{RENDERERS[renderer]}</Item>}
      <ConsoleToggle scripts={scripts} />
      <TelemetryToggle telemetry={telemetry} />
    </footer>
  );
}

function Item({
  className,
  children,
}: {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return <span className={classNames(styles.item, className)}>{children}</span>;
}
