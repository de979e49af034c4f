/**
 * What an entry did. `SUPERSEDED`: nothing, since all it would write has a newer writer or has been
 * changed since. `PARTLY`: some of it was left as others have made it.
 */
export const APPLIED = 0;
export const SUPERSEDED = 1;
export const PARTLY = 2;
export type Effect = typeof APPLIED | typeof SUPERSEDED | typeof PARTLY;
