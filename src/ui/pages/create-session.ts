import { ThetaError } from '../../shared/errors.ts';

/** What the server answers to `POST /api/sessions`. Links are paths with the token in the fragment. */
export interface CreatedSession {
  readonly sessionId: string;
  readonly links: { readonly viewer: string; readonly editor: string; readonly admin: string };
}

export type CreateSessionCode = 'unreachable' | 'refused' | 'unexpected';

/**
 * Asks the server for a new session.
 * @throws {ThetaError<CreateSessionCode>} with a sentence for a person
 */
export async function createSession(fetcher: typeof fetch = fetch): Promise<CreatedSession> {
  const response = await post(fetcher);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new ThetaError<CreateSessionCode>('refused', refusalOf(response.status, body));
  }
  if (isCreatedSession(body)) return body;
  throw new ThetaError<CreateSessionCode>(
    'unexpected',
    'The server answered with something else than a session. Reload the page and try again.',
  );
}

async function post(fetcher: typeof fetch): Promise<Response> {
  try {
    return await fetcher('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  } catch (cause) {
    throw new ThetaError<CreateSessionCode>(
      'unreachable',
      'The server cannot be reached. Check the network and try again.',
      { cause },
    );
  }
}

/** The server's own words, `{"error":{"message"}}`, where it gave some. */
function refusalOf(status: number, body: unknown): string {
  const message = (body as { error?: { message?: unknown } } | undefined | null)?.error?.message;
  return typeof message === 'string'
    ? message
    : `The server would not make a session (${status}). Try again in a moment.`;
}

function isCreatedSession(body: unknown): body is CreatedSession {
  if (typeof body !== 'object' || body === null) return false;
  const { sessionId, links } = body as { sessionId?: unknown; links?: unknown };
  if (typeof sessionId !== 'string' || typeof links !== 'object' || links === null) return false;
  const { viewer, editor, admin } = links as Record<string, unknown>;
  return [viewer, editor, admin].every(
    (link) => typeof link === 'string' && link.startsWith('/s/'),
  );
}
