/** What a page tells a newer service worker that waits. */
export const SKIP_WAITING = 'skip-waiting';

/** The page's parameter that takes the service worker away: `?without=service-worker`. */
export const WITHOUT = 'without';
