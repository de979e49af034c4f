/** Scenes to begin with, beside an empty one. */
export const STARTERS = ['studio', 'garden'] as const;
export type Starter = (typeof STARTERS)[number];

const KEY = 'theta.starter';

/** The session just made shall begin with this; this tab alone knows, until it is there. */
export function wantStarter(session: string, starter: Starter): void {
  sessionStorage.setItem(KEY, JSON.stringify({ session, starter }));
}

/** What this session shall begin with, once. */
export function takeStarter(session: string): Starter | undefined {
  const wanted = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as {
    readonly session?: string;
    readonly starter?: string;
  };
  if (wanted.session !== session) return undefined;
  sessionStorage.removeItem(KEY);
  return STARTERS.find((starter) => starter === wanted.starter);
}
