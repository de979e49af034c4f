import { ThetaError } from '../../../shared/errors.ts';

/** The page of the frame, with a policy of its own: src/server/http/security-headers.ts. */
const FRAME = '/script-frame.html';
const PATIENCE_MS = 10_000;

/** A frame of an origin that is nobody's, from which nothing of the page can be reached but by its port. */
export interface SandboxFrame {
  readonly port: MessagePort;
  /** Takes it away, with whatever runs in it. */
  remove(): void;
}

/**
 * Puts a sandboxed frame into the page and has it start a worker of this code, which is sent a port.
 * @throws {ThetaError} `unreachable` when the frame cannot be fetched
 */
export async function openSandboxFrame(code: string): Promise<SandboxFrame> {
  const frame = document.createElement('iframe');
  // Without `allow-same-origin`: the identity and the session's tokens are out of a script's reach.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.title = 'Scripts';
  frame.hidden = true;
  frame.src = FRAME;
  const { port1, port2 } = new MessageChannel();
  const remove = (): void => {
    port1.close();
    frame.remove();
  };
  document.body.append(frame);
  try {
    await loaded(frame);
  } catch (thrown) {
    remove();
    throw thrown;
  }
  // Its origin is opaque and cannot be named; what it is sent is no secret.
  frame.contentWindow?.postMessage(code, '*', [port2]);
  return { port: port1, remove };
}

/** Frames tell nobody that they could not be fetched: that shows by what does not come of it. */
function loaded(frame: HTMLIFrameElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unreachable()), PATIENCE_MS);
    frame.addEventListener(
      'load',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

export function unreachable(): ThetaError<'unreachable'> {
  return new ThetaError(
    'unreachable',
    'The place where scripts run could not be loaded. Is the server away?',
  );
}
