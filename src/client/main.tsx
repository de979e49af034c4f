import { messageOf, ThetaError } from '../shared/errors.ts';
import { openScreen, type Screen } from '../ui/mount.tsx';
import { BadLinkPage } from '../ui/pages/bad-link-page.tsx';
import { Connecting } from '../ui/pages/connecting.tsx';
import type { CreatedSession } from '../ui/pages/create-session.ts';
import { isSessionPath, parseSessionUrl, type SessionLink } from '../ui/pages/session-link.ts';
import { StartPage } from '../ui/pages/start-page.tsx';
import { refusalKindOf } from './refusal-pages.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const address = new URL(location.href);
const link = parseSessionUrl(address);
if (!isSessionPath(address.pathname)) {
  openScreen(
    root,
    <StartPage
      onCreated={(session) => void enter(session)}
      onOpen={(url) => location.assign(url)}
    />,
  );
} else if (link) {
  const screen = openScreen(root, <Connecting />);
  void open(screen, link);
} else {
  openScreen(root, <BadLinkPage kind="bad-link" />);
}

/** Goes into a session just made, with its links remembered. */
async function enter({ sessionId, links }: CreatedSession): Promise<void> {
  const [{ openDatabase }, { rememberLinks }] = await Promise.all([
    import('./storage/database.ts'),
    import('./session-links.ts'),
  ]);
  await rememberLinks(await openDatabase(), sessionId, links);
  location.assign(links.admin);
}

/** The editor is loaded only where there is a session to edit. */
async function open(screen: Screen, session: SessionLink): Promise<void> {
  try {
    const { openSession } = await import('./open-session.tsx');
    await openSession(screen, session);
  } catch (thrown) {
    const code = thrown instanceof ThetaError ? thrown.code : '';
    screen.show(<BadLinkPage kind={refusalKindOf(code)} detail={messageOf(thrown)} />);
  }
}
// A link pasted over an open session changes the fragment alone: it means another role.
addEventListener('hashchange', () => location.reload());
