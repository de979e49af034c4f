import type { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { PreviewState } from '../../editor/editor.ts';
import type { Presence, PreviewItem } from '../../protocol/generated/types.ts';
import { SiteWriter } from '../../replication/wire/site-codec.ts';
import type { ClientSession } from '../session/client-session.ts';
import type { OwnPresence } from '../viewport/viewport-model.ts';
import { headsetPose } from './headset-pose.ts';

/** The design's rate of presence, times a second. */
const HZ = 20;
/** With nothing new, so often for those who have just come. */
const IDLE_MS = 2000;
/** What fits a datagram beside the rest. */
const MAX_PREVIEWS = 16;

/** Shows the others where one looks and points, and what one drags (never stored). */
export class PresenceSender {
  readonly #session: ClientSession;
  readonly #own: () => OwnPresence;
  readonly #preview: () => PreviewState;
  #tick = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #last = '';

  constructor(session: ClientSession, own: () => OwnPresence, preview: () => PreviewState) {
    this.#session = session;
    this.#own = own;
    this.#preview = preview;
  }

  /** Once a frame; sends at most `HZ` times a second, and less while nothing moves. */
  update(now: number): void {
    if (now - this.#sentAt < 1000 / HZ || this.#session.peers.all.length === 0) return;
    const { view, cursor, headset } = this.#own();
    const { own, version } = this.#preview();
    const seen = headset
      ? JSON.stringify(headset)
      : `${view?.position} ${view?.rotation} ${cursor?.point}`;
    const state = `${seen} ${own.size > 0 ? version : 0}`;
    if (state === this.#last && now - this.#sentAt < IDLE_MS) return;
    this.#last = state;
    this.#sentAt = now;
    this.#tick += 1;
    const sites = new SiteWriter(this.#session.document.sites);
    const preview = previewItems(this.#session.document, own, sites);
    this.#session.sendPresence({
      tick: this.#tick,
      ...(headset ? { fov: 0, headset: headsetPose(headset, now) } : desktopPose(view, cursor)),
      ...(preview.length > 0 && { sites: sites.table(), preview }),
    });
  }
}

function desktopPose(
  view: OwnPresence['view'],
  cursor: OwnPresence['cursor'],
): Pick<Presence, 'fov' | 'view' | 'cursor'> {
  return {
    fov: 50,
    ...(view && { view: { position: vec(view.position), rotation: quat(view.rotation) } }),
    ...(cursor && { cursor: vec(cursor.point) }),
  };
}

function previewItems(
  document: Document,
  own: PreviewState['own'],
  sites: SiteWriter,
): PreviewItem[] {
  return [...own].slice(0, MAX_PREVIEWS).map(([entity, transform]) => ({
    entity: sites.entity(document.idOf(entity as Entity)),
    position: vec(transform.position),
    rotation: quat(transform.rotation),
    scale: vec(transform.scale),
  }));
}

function vec([x = 0, y = 0, z = 0]: readonly number[]): { x: number; y: number; z: number } {
  return { x, y, z };
}

function quat(q: readonly number[]): { x: number; y: number; z: number; w: number } {
  const [x = 0, y = 0, z = 0, w = 1] = q;
  return { x, y, z, w };
}
