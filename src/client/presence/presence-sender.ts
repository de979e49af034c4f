import type { Document } from '../../ecs/document/document.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { PreviewState } from '../../editor/editor.ts';
import type { Presence, PreviewItem } from '../../protocol/generated/types.ts';
import { SiteWriter } from '../../replication/wire/site-codec.ts';
import type { ClientSession } from '../session/client-session.ts';
import type { OwnPresence } from '../viewport/viewport-model.ts';
import { headsetPose } from './headset-pose.ts';
import { LastState } from './last-state.ts';

/** The design's rate of presence, times a second. */
const HZ = 20;
/** With nothing new, so often for those who have just come. */
const IDLE_MS = 2000;
/** What fits a datagram beside the rest. */
const MAX_PREVIEWS = 16;
/** Of who is not to be seen: that alone is told. */
const NOTHING: OwnPresence = { view: undefined, cursor: undefined };
const NO_PREVIEW = { own: new Map(), version: 0 } as const;

export interface PresenceSenderOptions {
  readonly session: ClientSession;
  readonly own: () => OwnPresence;
  readonly preview: () => PreviewState;
  /** Whether the others are shown nothing. */
  readonly unseen: () => boolean;
}

/** Shows the others where one looks and points, and what one drags (never stored). */
export class PresenceSender {
  readonly #session: ClientSession;
  readonly #own: () => OwnPresence;
  readonly #preview: () => PreviewState;
  readonly #unseen: () => boolean;
  readonly #state = new LastState();
  #tick = 0;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor({ session, own, preview, unseen }: PresenceSenderOptions) {
    this.#session = session;
    this.#own = own;
    this.#preview = preview;
    this.#unseen = unseen;
  }

  /** Once a frame; sends at most `HZ` times a second, and less while nothing moves. */
  update(now: number): void {
    if (now - this.#sentAt < 1000 / HZ || this.#session.peers.all.length === 0) return;
    const isUnseen = this.#unseen();
    const { view, cursor, headset } = isUnseen ? NOTHING : this.#own();
    const { own, version } = isUnseen ? NO_PREVIEW : this.#preview();
    const isNew = this.#state.take({ view, cursor, headset }, own.size > 0 ? version : 0);
    if (!isNew && now - this.#sentAt < IDLE_MS) return;
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
