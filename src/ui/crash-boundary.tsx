import { Component, type ReactNode } from 'react';
import { messageOf } from '../shared/errors.ts';
import { BadLinkPage } from './pages/bad-link-page.tsx';

interface CrashState {
  readonly message: string | undefined;
}

/** Shows what went wrong in place of what it could not show. Edits are kept elsewhere (D2). */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { message: undefined };

  static getDerivedStateFromError(error: unknown): CrashState {
    return { message: messageOf(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return <BadLinkPage kind="crashed" detail={message} />;
  }
}
