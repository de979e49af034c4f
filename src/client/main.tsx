import { wakeGraphics } from '../render/wake-graphics.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { openScreen, type Screen } from '../ui/mount.tsx';
import { BadLinkPage } from '../ui/pages/bad-link-page.tsx';
import { Connecting } from '../ui/pages/connecting.tsx';
import type { CreatedSession } from '../ui/pages/create-session.ts';
import { isSessionPath, parseSessionUrl, type SessionLink } from '../ui/pages/session-link.ts';
import { dropKeptPage } from './offline/drop-page.ts';
import { loadNewest } from './offline/load-newest.ts';
import { WITHOUT } from './offline/names.ts';
import { mayReloadFrom, OUTDATED } from './offline/outdated.ts';
import { refusalKindOf } from './refusal-pages.ts';
import type { Starter } from './starters/starters.ts';

/** A part of the page that is loaded when it is needed is of a release that is no more. */
let partIsMissing = false;
addEventListener('vite:preloadError', () => {
  partIsMissing = true;
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const address = new URL(location.href);
const link = parseSessionUrl(address);
if (address.searchParams.has(WITHOUT)) void dropKeptPage(address);
else if (!isSessionPath(address.pathname)) {
  void welcome(openScreen(root, null));
} else if (link) {
  // It takes as long as fetching the editor does.
  void wakeGraphics();
  const screen = openScreen(root, <Connecting />);
  void open(screen, link);
} else {
  openScreen(root, <BadLinkPage kind="bad-link" />);
}

/** Shows the start page. Whoever opens a link does not wait for it. */
async function welcome(screen: Screen): Promise<void> {
  const [{ StartPage }, { recentsOf }] = await Promise.all([
    import('../ui/pages/start-page.tsx'),
    import('./recents/recents-view.ts'),
  ]);
  const recents = recentsOf();
  screen.show(
    <StartPage
      onCreated={(session, starter) => void enter(session, starter)}
      onOpen={(url) => location.assign(url)}
      recents={recents}
    />,
  );
}

/** Goes into a session just made, with its links remembered. */
async function enter({ sessionId, links }: CreatedSession, starter?: Starter): Promise<void> {
  const [{ openDatabase }, { rememberLinks }, { wantStarter }] = await Promise.all([
    import('./storage/database.ts'),
    import('./session-links.ts'),
    import('./starters/starters.ts'),
  ]);
  if (starter) wantStarter(sessionId, starter);
  await rememberLinks(await openDatabase(), sessionId, links);
  location.assign(links.admin);
}

/** The editor is loaded only where there is a session to edit. */
async function open(screen: Screen, session: SessionLink): Promise<void> {
  try {
    const { openSession } = await import('./open-session.tsx');
    await openSession(screen, session);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === OUTDATED && mayReloadFrom(import.meta.url, () => sessionStorage)) {
      screen.show(<Connecting />);
      await loadNewest();
      return;
    }
    screen.show(<BadLinkPage kind={refusalKindOf(code)} detail={messageOf(thrown)} />);
  }
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof ThetaError) return thrown.code;
  return partIsMissing ? OUTDATED : '';
}

// A link pasted over an open session changes the fragment alone: it means another role.
addEventListener('hashchange', () => location.reload());
