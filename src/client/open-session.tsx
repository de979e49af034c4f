import { type ComponentType, lazy } from 'react';
import { createEditor } from '../editor/create-editor.ts';
import type { Editor, Person } from '../editor/editor.ts';
import type { TimeTravel } from '../editor/history/time-travel.ts';
import { type BackendChoice, type BackendKind, chooseBackend } from '../render/backends.ts';
import { preloadBackend } from '../render/create-backend.ts';
import { ThetaError } from '../shared/errors.ts';
import { silentLogger } from '../shared/logger.ts';
import { SpanRecorder } from '../telemetry/spans.ts';
import { deferred } from '../transport/deferred.ts';
import type { AppProps } from '../ui/app.tsx';
import { panelStorage } from '../ui/layout/panel-storage.ts';
import type { Screen } from '../ui/mount.tsx';
import { BadLinkPage } from '../ui/pages/bad-link-page.tsx';
import type { SessionLink } from '../ui/pages/session-link.ts';
import { onScheme } from '../ui/settings/preferences.ts';
import { Shell } from '../ui/shell.tsx';
import { isHeadsetBrowser, xrSwitch } from '../xr/session/xr-support.ts';
import { type Access, accessOf } from './access/access-of-session.ts';
import { RoleWatch } from './access/role-watch.ts';
import { sessionImages } from './assets/images.ts';
import { sessionContents } from './assets/session-contents.ts';
import { drawnMeshes } from './drawn-meshes.ts';
import { Exports } from './exports.ts';
import { createTimeTravel } from './history/create-time-travel.ts';
import { identityOf } from './identity/identity-of-browser.ts';
import { cssColor, rememberName } from './identity/person.ts';
import { Models } from './models.ts';
import { keepPage } from './offline/keep-page.ts';
import { loadNewest } from './offline/load-newest.ts';
import { watchRelease } from './offline/outdated.ts';
import { PresenceSender } from './presence/presence-sender.ts';
import { keepRecent } from './recents/keep-recent.ts';
import { refusalKindOf } from './refusal-pages.ts';
import { countScene } from './scene-stats.ts';
import { consoleOf } from './scripting/console-of-session.ts';
import { createTheta } from './scripting/create-theta.ts';
import type { ClientSession } from './session/client-session.ts';
import { fetchOffer, forcedRung, ladderToRooms, type TransportOffer } from './session/connect.ts';
import { createSession, type SessionParts } from './session/create-session.ts';
import { followSession } from './session/follow-session.ts';
import { lastOffer } from './session/last-offer.ts';
import type { Joiner } from './session/signalling.ts';
import { lookWhenWoken } from './session/wake.ts';
import { SessionLinks } from './session-links.ts';
import { takeStarter } from './starters/starters.ts';
import { recordCommands } from './telemetry/command-spans.ts';
import { headsetFigures } from './telemetry/headset-figures.ts';
import { PageTelemetry } from './telemetry/page-telemetry.ts';
import { trayOf } from './tray-of-session.ts';
import { rememberViewSettings } from './viewport/view-settings.ts';
import { viewSettled } from './viewport/view-settled.ts';
import { Viewport } from './viewport/viewport.tsx';
import { ViewportModel } from './viewport/viewport-model.ts';
import { Headset } from './xr/headset.ts';

/** Of the start page's pictures, in pixels. */
const PICTURE_WIDTH = 400;

/**
 * Opens a session in this page. The connection comes first and what it takes a while to build, the
 * editor and its renderer, while it is under way; the scene appears in them when it is there.
 * @throws {ThetaError} for a session that cannot be joined, with a sentence for people
 */
export async function openSession(screen: Screen, link: SessionLink): Promise<void> {
  const forced = forcedRung(location.search);
  const offering = fetchOffer();
  // Its code is fetched while the session is joined. Who cannot be asked is asked again later.
  offering.then((offer) => preloadBackend(backendOf(offer).kind)).catch(() => undefined);
  const joiner = deferred<Joiner>();
  const ladder = ladderToRooms(forced, offering, () => joiner.promise);
  addEventListener('online', () => ladder.forgive());
  const connecting = ladder.connect();
  // Whoever waits for it is told; nobody may be waiting yet.
  connecting.catch(() => undefined);
  const parts = await createSession(link, ladder, connecting);
  const { session, database } = parts;
  const { signer } = parts.identity;
  joiner.resolve({ sessionId: link.sessionId, token: link.token, signer });
  const links = new SessionLinks(database, link.sessionId);
  await session.start();
  lookWhenWoken(session);
  const { editor, access } = composeEditor(screen, parts, await lastOffer(offering), links);
  await openedOrStopped(session);
  watchRole(session, editor, access, screen);
  keepPageFor(session, editor);
  await links.open(link.token);
  access.update();
  beginScene(parts);
  // The token has done its work; it is not left where others may read it off the screen.
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** Builds the editor of a session and shows it. */
function composeEditor(
  screen: Screen,
  parts: SessionParts,
  offer: TransportOffer,
  links: SessionLinks,
): { editor: Editor; access: Access } {
  const { session, sessionId, assets, uploader } = parts;
  const editor = createEditor({
    session: session.pipeline,
    self: ownPerson(parts),
    sessionId,
    platform: /Mac|iPhone|iPad/.test(navigator.platform) ? 'mac' : 'other',
    announce: (type, params) => void session.showEphemeral(type, params),
    images: sessionImages({ assets, uploader }),
    contents: sessionContents({ assets, uploader, offers: panelStorage, logger: silentLogger }),
    meshes: drawnMeshes({
      pipeline: session.pipeline,
      uploader,
      assets,
      isConnected: () => session.status === 'connected',
    }),
    ...(navigator.clipboard && { clipboard: navigator.clipboard }),
  });
  rememberViewSettings(editor, panelStorage);
  onScheme((scheme) => editor.setView({ scheme }));
  const headset = new Headset({
    editor,
    choice: xrSwitch(location.search, offer.xr),
    xr: navigator.xr,
    parts: () => ({ travel, figures: headsetFigures(telemetry) }),
  });
  const presence = new PresenceSender({
    session,
    own: () => viewport.presence(),
    preview: () => editor.preview.getState(),
    unseen: () => editor.people.getState().unseen,
  });
  const spans = new SpanRecorder();
  const viewport: ViewportModel = new ViewportModel({
    spans,
    world: session.document.world,
    editor,
    assets,
    logger: silentLogger,
    choice: backendOf(offer),
    headset,
    onFrame: () => {
      const now = performance.now();
      presence.update(now);
      eyes.update(now);
    },
  });
  const models = new Models({
    editor,
    session,
    uploader,
    assets,
    frame: (ids) => frameEntities(session, viewport, ids),
  });
  const exports = new Exports({ editor, session, assets });
  const theta = createTheta({ parts, editor, viewport, models, exports, headset, spans });
  Object.assign(globalThis, { theta });
  recordCommands(session, spans);
  const eyes = followSession({ session, sessionId, editor, viewport, theta });
  const stats = countScene(session.document, viewport);
  keepRecent({
    database: parts.database,
    session: sessionId,
    role: () => session.role,
    objects: () => stats.getState().entities,
    picture: () => viewport.picture(PICTURE_WIDTH),
    onChange: (changed) => session.pipeline.onChange(changed),
  });
  const travel: TimeTravel = createTimeTravel(parts, editor, viewport);
  const telemetry: PageTelemetry = new PageTelemetry(theta, editor);
  const scripts = consoleOf(session, theta);
  const tray = trayOf(session.tray, editor);
  addEventListener('pagehide', () => void session.stop());
  // A page that comes back from the browser's cache has left the session: it joins again.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  const access = accessOf({ parts, links, notify: (notice) => editor.notify(notice) });
  const Panels = panelsAround(viewport, editor);
  screen.show(
    <Shell editor={editor} viewport={<Viewport model={viewport} />}>
      {(view) => (
        <Panels
          editor={editor}
          viewport={view}
          access={access}
          identity={identityOf(parts)}
          networkOrigin={isLoopback(location.hostname) ? offer.network : undefined}
          stats={stats}
          tray={tray}
          travel={travel}
          telemetry={telemetry}
          scripts={scripts}
          onFiles={(files) => void models.importShown(files)}
          exports={exports}
          onRenameSelf={(name) => renameSelf(session, editor, name)}
          headset={headset}
        />
      )}
    </Shell>,
  );
  return { editor, access };
}

/** The panels, whose code is fetched when the view no longer waits for its own. */
function panelsAround(viewport: ViewportModel, editor: Editor): ComponentType<AppProps> {
  return lazy(async () => {
    await viewSettled(viewport, editor);
    const { App } = await import('../ui/app.tsx');
    return { default: App };
  });
}

/** Fills a session that was just made with the scene that its maker chose. */
function beginScene({ session, sessionId }: SessionParts): void {
  const starter = takeStarter(sessionId);
  if (starter === undefined || session.role === 'viewer') return;
  void import('./starters/build-starter.ts').then(({ buildStarter }) =>
    buildStarter(starter, session.pipeline),
  );
}

/** S4: says what becomes of one's role; where an admin ends it, a page that says so takes the place. */
function watchRole(session: ClientSession, editor: Editor, access: Access, screen: Screen): void {
  const watch = new RoleWatch({
    session,
    notify: (notice) => editor.notify(notice),
    onEnded: ({ code, message }) =>
      screen.show(<BadLinkPage kind={refusalKindOf(code)} detail={message} />),
  });
  const { onChange } = session;
  session.onChange = () => {
    onChange();
    access.update();
    watch.update();
  };
  watch.update();
}

/** The page is kept for when the server is away; whoever comes back to it may be of a newer release. */
function keepPageFor(session: ClientSession, editor: Editor): void {
  const tell = (text: string, run: () => void): void => {
    editor.notify({ kind: 'info', text, action: { label: 'Reload', run } });
  };
  const askForNewer = keepPage((use) => tell('A newer Theta is ready. Reload to use it.', use));
  addEventListener('vite:preloadError', () => {
    const text =
      'A newer Theta is running here, and this page lacks a part of it. Reload to go on.';
    tell(`${text} Edits that wait are kept.`, () => location.reload());
  });
  const watch = watchRelease(session, (text) =>
    tell(text, () => void session.stop().then(loadNewest)),
  );
  const { onChange } = session;
  let { status } = session;
  session.onChange = () => {
    onChange();
    watch();
    if (session.status === 'connected' && status !== 'connected') askForNewer();
    status = session.status;
  };
}

/** Oneself, before the server has said which peer and role one is. */
function ownPerson({ appearance }: SessionParts): Person {
  return {
    peer: '',
    name: appearance.name,
    color: cssColor(appearance.color),
    role: 'viewer',
    transport: '',
    selection: [],
  };
}

function renameSelf(session: ClientSession, editor: Editor, name: string): void {
  rememberName(name);
  session.rename(name.trim());
  editor.people.setState(({ self }) => ({ self: { ...self, name: name.trim() } }));
}

function backendOf(offer: TransportOffer): BackendChoice {
  return chooseBackend(location.search, rendererPreference(offer));
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

/** As `opened`; what waits is in the browser's database before it rejects. */
async function openedOrStopped(session: ClientSession): Promise<void> {
  try {
    await opened(session);
  } catch (thrown) {
    await session.stop();
    throw thrown;
  }
}

/** Resolves when it is connected; rejects for what trying again does not change. */
function opened(session: ClientSession): Promise<void> {
  return new Promise((resolve, reject) => {
    const { onChange } = session;
    const look = (): void => {
      if (session.status === 'connected') {
        session.onChange = onChange;
        performance.mark('theta:connected');
        resolve();
      } else if (session.isOver && session.problem) {
        reject(new ThetaError(session.problem.code, session.problem.message));
      }
    };
    session.onChange = () => {
      onChange();
      look();
    };
    look();
  });
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
