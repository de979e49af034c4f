import { openScreen } from '../ui/mount.tsx';
import { BadLinkPage } from '../ui/pages/bad-link-page.tsx';
import { Connecting } from '../ui/pages/connecting.tsx';
import { isSessionPath, parseSessionUrl } from '../ui/pages/session-link.ts';
import { StartPage } from '../ui/pages/start-page.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const address = new URL(location.href);
if (!isSessionPath(address.pathname)) {
  openScreen(
    root,
    <StartPage
      onCreated={(session) => location.assign(session.links.admin)}
      onOpen={(url) => location.assign(url)}
    />,
  );
} else if (parseSessionUrl(address)) {
  openScreen(root, <Connecting step="Opening the session" />);
} else {
  openScreen(root, <BadLinkPage kind="bad-link" />);
}
