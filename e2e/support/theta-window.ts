import type { ThetaApi } from '../../src/client/scripting/theta-api.ts';

declare global {
  interface Window {
    /** Not there before the page has joined its session: `openSession` waits for that. */
    theta: ThetaApi;
  }
}
