/** What a link to a session holds. */
export interface SessionLink {
  readonly sessionId: string;
  /** Unguessable; exchanged for a role on joining, and then gone from the address bar. */
  readonly token: string | undefined;
}

const SESSION_PATH = /^\/s\/([A-Za-z0-9_-]{8,128})\/?$/;
const TOKEN = /^[A-Za-z0-9_-]{8,256}$/;

/** Whether an address opens a session at all, well-formed or not. */
export function isSessionPath(pathname: string): boolean {
  return pathname.startsWith('/s/');
}

/**
 * The session that an address of the form `/s/<sessionId>#<token>` opens. `undefined` when it is not
 * of that form. The token may be missing: whoever has joined before needs none.
 */
export function parseSessionUrl(url: URL): SessionLink | undefined {
  const sessionId = SESSION_PATH.exec(url.pathname)?.[1];
  if (sessionId === undefined) return undefined;
  const fragment = url.hash.slice(1);
  if (fragment === '') return { sessionId, token: undefined };
  return TOKEN.test(fragment) ? { sessionId, token: fragment } : undefined;
}

/**
 * The address of a pasted link, which may lack its scheme or its host (`/s/…#…`). `undefined` when it
 * opens no session.
 */
export function pastedSessionUrl(text: string, base: string): URL | undefined {
  const trimmed = text.trim();
  const candidates = trimmed.startsWith('/')
    ? [URL.parse(trimmed, base)]
    : [URL.parse(trimmed), URL.parse(`https://${trimmed}`)];
  const url = candidates.find((candidate) => candidate && /^https?:$/.test(candidate.protocol));
  return url && parseSessionUrl(url) ? url : undefined;
}
