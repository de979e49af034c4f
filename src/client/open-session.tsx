import { createStore } from 'zustand/vanilla';
import { agreementDigest } from '../commands/agreement.ts';
import { DOCUMENT_COMPONENTS, Hierarchy, RECORDS } from '../ecs/components/index.ts';
import { Document } from '../ecs/document/document.ts';
import { World } from '../ecs/world.ts';
import { createEditor } from '../editor/create-editor.ts';
import type { Person } from '../editor/editor.ts';
import { decompress } from '../protocol/compression.ts';
import { type BackendKind, chooseBackend } from '../render/backends.ts';
import { fromBase64Url, toHex } from '../shared/bytes.ts';
import { systemClock } from '../shared/clock.ts';
import { ThetaError } from '../shared/errors.ts';
import { silentLogger } from '../shared/logger.ts';
import { systemRandom } from '../shared/random.ts';
import { App } from '../ui/app.tsx';
import type { Screen } from '../ui/mount.tsx';
import { Connecting } from '../ui/pages/connecting.tsx';
import type { SessionLink } from '../ui/pages/session-link.ts';
import type { SceneStats } from '../ui/status/scene-stats.ts';
import { isHeadsetBrowser, xrSwitch } from '../xr/session/xr-support.ts';
import { AssetCache } from './assets/asset-cache.ts';
import { HttpBlobUploader } from './assets/blob-uploader.ts';
import { auditHistory } from './history/audit-history.ts';
import { loadIdentity } from './identity/identity.ts';
import { appearanceOf, cssColor, rememberName } from './identity/person.ts';
import { claimReplica } from './identity/replica.ts';
import { Models } from './models.ts';
import { PresenceReceiver } from './presence/presence-receiver.ts';
import { PresenceSender } from './presence/presence-sender.ts';
import { ThetaApi } from './scripting/theta-api.ts';
import { ClientSession } from './session/client-session.ts';
import { connectToRooms, fetchOffer, forcedRung, type TransportOffer } from './session/connect.ts';
import { SessionLinks } from './session-links.ts';
import { openDatabase } from './storage/database.ts';
import { DatabaseHistory } from './storage/history-store.ts';
import { PacketStore, replicasWithEdits } from './storage/packet-store.ts';
import { DatabaseTray } from './storage/tray-store.ts';
import { trayOf } from './tray-of-session.ts';
import { Viewport } from './viewport/viewport.tsx';
import { ViewportModel } from './viewport/viewport-model.ts';
import { Headset } from './xr/headset.ts';

/** Entities for which there is room at once: columns that never grow are the fastest to read. */
const CAPACITY = 16_384;
/** How often the status bar's counts are taken, in ms. */
const STATS_MS = 500;

/** Opens a session in this page, from the link to the running editor. */
export async function openSession(screen: Screen, link: SessionLink): Promise<void> {
  forcedRung(location.search);
  const offer = await fetchOffer();
  const database = await openDatabase();
  const identity = await loadIdentity(database);
  const { sessionId } = link;
  const replica = await claimReplica(sessionId, await replicasWithEdits(database, sessionId));
  const appearance = appearanceOf(identity.signer.publicKey);
  const links = new SessionLinks(database, sessionId);
  const assets = new AssetCache();
  const uploader = new HttpBlobUploader({ sessionId, uploadToken: () => session.uploadToken });
  const session = new ClientSession({
    sessionId: fromBase64Url(sessionId) ?? new Uint8Array(0),
    token: link.token,
    ...identity,
    replica,
    ...appearance,
    schema: agreementDigest(),
    store: new PacketStore(database, sessionId, replica),
    trayStore: new DatabaseTray(database, sessionId, replica),
    historyStore: new DatabaseHistory(database, sessionId, replica),
    clock: systemClock,
    random: systemRandom,
    connect: connectToRooms,
    decompress,
    document: new Document(new World({ capacity: CAPACITY, components: DOCUMENT_COMPONENTS })),
    fetchBlob: (digest) => assets.bytes(digest),
    uploadBlob: async ({ blob }) => {
      if (blob) await uploader.upload(blob.bytes, toHex(blob.digest));
    },
  });
  await joined(session, screen);
  await links.learn(session.role, link.token);
  // The token has done its work; it is not left where others may read it off the screen.
  history.replaceState(history.state, '', location.pathname + location.search);
  const self: Person = {
    peer: String(session.peer),
    name: appearance.name,
    color: cssColor(appearance.color),
    role: session.role,
    transport: session.transport ?? '',
    selection: [],
  };
  const editor = createEditor({
    session: session.pipeline,
    self,
    platform: /Mac|iPhone|iPad/.test(navigator.platform) ? 'mac' : 'other',
    announce: (type, params) => void session.showEphemeral(type, params),
    ...(navigator.clipboard && { clipboard: navigator.clipboard }),
  });
  const headset = new Headset({
    editor,
    choice: xrSwitch(location.search, offer.xr),
    xr: navigator.xr,
  });
  const sender = new PresenceSender(
    session,
    () => viewport.presence(),
    () => editor.preview.getState(),
  );
  const viewport: ViewportModel = new ViewportModel({
    world: session.document.world,
    editor,
    assets,
    logger: silentLogger,
    choice: chooseBackend(location.search, rendererPreference(offer)),
    headset,
    onFrame: () => sender.update(performance.now()),
  });
  const stats = createStore<SceneStats>(() => ({ entities: 0, renderer: undefined }));
  const models = new Models({
    editor,
    session,
    uploader,
    assets,
    frame: (ids) => frameEntities(session, viewport, ids),
  });
  const theta = new ThetaApi({
    session,
    sessionId,
    author: toHex(identity.signer.publicKey),
    editor,
    importFiles: (files) => models.importFiles(files),
    auditHistory: (call) =>
      auditHistory(
        {
          log: { sessionId, token: () => session.uploadToken },
          sessionKey: session.sessionKey,
          confirmed: session.confirmed(),
          fetchBlob: (digest) => assets.bytes(digest),
        },
        call,
      ),
    exportGlb: async () => {
      const { exportGlb } = await import('./export/export-glb.ts');
      return exportGlb(session.document, assets);
    },
    frame: () => {
      const now = viewport.stats();
      return { drawCalls: now?.drawCalls ?? 0, triangles: now?.triangles ?? 0 };
    },
    renderer: () => viewport.state.getState().renderer,
    headset: () => headset.report(viewport.headsetFrames),
  });
  Object.assign(globalThis, { theta });
  follow(session, editor, viewport, theta, self);
  const objects = session.document.world.query({ all: [Hierarchy], none: RECORDS });
  setInterval(() => {
    let entities = 0;
    objects.forEach((entity) => {
      if (session.document.isAlive(entity)) entities += 1;
    });
    stats.setState({ entities, renderer: viewport.state.getState().renderer });
  }, STATS_MS);
  addEventListener('pagehide', () => void session.stop());
  // A page that comes back from the browser's cache has left the session: it joins again.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  const onFiles = (files: readonly File[]): void => void models.importShown(files);
  const onRenameSelf = (name: string): void => {
    rememberName(name);
    session.rename(name.trim());
    editor.people.setState(({ self: before }) => ({ self: { ...before, name: name.trim() } }));
  };
  screen.show(
    <App
      editor={editor}
      viewport={<Viewport model={viewport} />}
      links={links.urls}
      networkOrigin={isLoopback(location.hostname) ? offer.network : undefined}
      stats={stats}
      tray={trayOf(session.tray, editor)}
      onFiles={onFiles}
      onRenameSelf={onRenameSelf}
      headset={headset}
    />,
  );
}

/** The operator's choice; else, on a headset, what it will be drawn with inside. */
function rendererPreference({ renderer }: TransportOffer): BackendKind | undefined {
  if (renderer !== 'auto') return renderer;
  return isHeadsetBrowser(navigator.userAgent) ? 'webgl' : undefined;
}

/** Addresses that mean another machine on every other machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

/** Resolves at the first welcome, with the scene there; shows a page for what cannot be. */
function joined(session: ClientSession, screen: Screen): Promise<void> {
  return new Promise((resolve, reject) => {
    session.onChange = () => {
      if (session.status === 'connected') resolve();
      else if (session.isOver && session.problem) {
        const { code, message } = session.problem;
        reject(new ThetaError(code, message));
      } else if (session.problem) {
        screen.show(<Connecting step="Opening the session" problem={session.problem.message} />);
      }
    };
    session.start().catch(reject);
  });
}

/** Keeps the editor, the viewport and scripts told of what the session does. */
function follow(
  session: ClientSession,
  editor: ReturnType<typeof createEditor>,
  viewport: ViewportModel,
  theta: ThetaApi,
  self: Person,
): void {
  const presence = new PresenceReceiver(session.document);
  const showPeers = (): void => {
    const { all } = session.peers;
    presence.retain(new Set(all.map(({ peer }) => peer)));
    viewport.setPeers(
      all.map(({ peer, name, color }) => {
        const { cursor, view } = presence.of(peer) ?? {};
        const at = cursor && { point: cursor };
        return { peer: String(peer), name, color: cssColor(color), cursor: at, view };
      }),
    );
  };
  session.onPresence = (message) => {
    if (!presence.receive(message)) return;
    editor.showPeerPreview(String(message.peer), presence.of(message.peer)?.preview ?? new Map());
    showPeers();
  };
  session.onNotice = (code, text) => {
    editor.notify({ kind: 'error', text });
    theta.emit('notice', { code, text });
  };
  const show = (): void => {
    const { status, transport = '', role, rttMs, problem } = session;
    editor.connection.setState({
      status,
      transport,
      role,
      rttMs,
      sessionId: self.peer,
      problem: problem?.message,
    });
    const here = new Map(session.peers.all.map((peer) => [String(peer.peer), peer]));
    for (const { peer } of editor.people.getState().others) {
      if (!here.has(peer)) editor.showPeerPreview(peer, new Map());
    }
    const others = [...here.values()].map((peer) => ({
      peer: String(peer.peer),
      name: peer.name,
      color: cssColor(peer.color),
      role: peer.role,
      transport: peer.transport,
      tool: peer.tool,
      selection: peer.selection.flatMap((id) => session.document.entityOf(id) ?? []),
    }));
    editor.people.setState(({ self: own }) => ({
      self: { ...own, role, transport, peer: String(session.peer) },
      others,
    }));
    showPeers();
    theta.emit('status', status);
    theta.emit('peers', others.length);
  };
  session.onChange = show;
  session.pipeline.onChange(() => theta.emit('change'));
  show();
  if (session.isOver && session.problem) {
    editor.notify({ kind: 'error', text: session.problem.message });
  }
}

/** Turns to these entities once they are drawn with their own shapes. */
function frameEntities(
  session: ClientSession,
  viewport: ViewportModel,
  ids: readonly string[],
): void {
  const { document } = session;
  const entities = ids.flatMap((text) => {
    const id = document.parseId(text);
    return (id !== undefined && document.entityOf(id)) || [];
  });
  requestAnimationFrame(() => requestAnimationFrame(() => viewport.frame(entities)));
}
