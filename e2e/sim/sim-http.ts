import { Hono } from 'hono';
import { BLOB_LIMITS, blobRoutes, uploadRoutes } from '../../src/server/http/blob-routes.ts';
import { createHttpMetrics } from '../../src/server/http/http-metrics.ts';
import type { AppEnv } from '../../src/server/http/request-context.ts';
import type { Rooms } from '../../src/server/room/host.ts';
import type { BlobStore } from '../../src/server/storage/blob-store.ts';
import type { SessionStorage } from '../../src/server/storage/storage.ts';
import { Metrics } from '../../src/telemetry/prometheus.ts';
import type { NetworkWeather } from './network-weather.ts';

export interface SimHttpParts {
  readonly rooms: Rooms;
  readonly storage: SessionStorage;
  readonly blobs: BlobStore;
  readonly weather: NetworkWeather;
}

/** How often a request gets no answer: before it reached the server, or after. */
const BROKEN_OFF = 0.1;

/** The server's routes for blobs, behind a network that is slow and breaks off. */
export class SimHttp {
  readonly #app: Hono<AppEnv>;
  readonly #weather: NetworkWeather;
  readonly #waiting = new Set<(error: Error) => void>();
  #dead = false;

  constructor({ rooms, storage, blobs, weather }: SimHttpParts) {
    const { clock } = weather;
    const metrics = createHttpMetrics(new Metrics());
    const uploads = uploadRoutes({ rooms, storage, blobs, metrics, clock, limits: BLOB_LIMITS });
    this.#app = new Hono<AppEnv>()
      .route('/api/sessions', uploads)
      .route('/blobs', blobRoutes({ rooms, storage, blobs }));
    this.#weather = weather;
  }

  /** The server is gone: nobody gets an answer any more. */
  die(): void {
    this.#dead = true;
    for (const reject of this.#waiting) reject(new TypeError('The connection was reset.'));
    this.#waiting.clear();
  }

  fetch(url: string, init: RequestInit): Promise<Response> {
    if (this.#dead) return Promise.reject(new TypeError('The connection was refused.'));
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const answered = this.#answer(url, init).finally(() => this.#waiting.delete(reject));
      answered.then(resolve, reject);
    });
  }

  async #answer(url: string, init: RequestInit): Promise<Response> {
    const { random } = this.#weather;
    const breaks = random.next() < BROKEN_OFF;
    const early = random.below(2) === 0;
    await this.#pause();
    if (breaks && early) throw this.#brokenOff();
    // Real time means nothing here: the timeout that the page sets would run on it.
    const { signal: _, ...rest } = init;
    const request = new Request(`http://localhost${url}`, rest);
    const response = await this.#app.fetch(request, { remoteAddress: '127.0.0.1' });
    await this.#pause();
    if (breaks) throw this.#brokenOff();
    return response;
  }

  #brokenOff(): Error {
    this.#weather.faults.count('uploads broken off');
    return new TypeError('The connection was reset.');
  }

  #pause(): Promise<void> {
    const { clock } = this.#weather;
    return new Promise((resolve) => clock.setTimer(resolve, this.#weather.segmentDelay()));
  }
}
