import { App, type AppProps } from './app.tsx';
import { openScreen, type Screen } from './mount.tsx';

/** Fills an element of the page with the editor. */
export function mountApp(root: HTMLElement, props: AppProps): Screen {
  return openScreen(root, <App {...props} />);
}
