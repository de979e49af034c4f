import type { Editor } from '../../editor/editor.ts';
import { systemClock } from '../../shared/clock.ts';
import { cssColor } from '../identity/person.ts';
import { Arrivals } from '../people/arrivals.ts';
import { Eyes } from '../people/eyes.ts';
import { type PeerPresence, PresenceReceiver } from '../presence/presence-receiver.ts';
import type { ThetaApi } from '../scripting/theta-api.ts';
import type { ViewportModel } from '../viewport/viewport-model.ts';
import type { ClientSession } from './client-session.ts';

export interface Followers {
  readonly session: ClientSession;
  readonly sessionId: string;
  readonly editor: Editor;
  readonly viewport: ViewportModel;
  readonly theta: ThetaApi;
}

/** Keeps the editor, the viewport and scripts told of what the session does. */
export function followSession({ session, sessionId, editor, viewport, theta }: Followers): Eyes {
  const presence = new PresenceReceiver(session.document);
  const eyes = new Eyes({
    editor,
    rig: viewport.rig,
    headset: () => viewport.stage,
    presenceOf: (peer) => presence.of(peer),
  });
  const arrivals = new Arrivals(systemClock, (text) => editor.notify({ kind: 'info', text }));
  session.peers.onGather = (peer) => eyes.gather(peer);
  const showPeers = (): void => {
    const { all } = session.peers;
    presence.retain(new Set(all.map(({ peer }) => peer)));
    viewport.setPeers(
      all.map(({ peer, name, color }) => {
        const { cursor, view, avatar } = presence.of(peer) ?? {};
        const at = cursor && { point: cursor };
        return { peer: String(peer), name, color: cssColor(color), cursor: at, view, avatar };
      }),
    );
  };
  session.onPeerJoined = (peer) => presence.begin(peer);
  session.onPresence = (message) => {
    const before = hasView(presence.of(message.peer));
    if (!presence.receive(message, performance.now())) return;
    if (hasView(presence.of(message.peer)) !== before) show();
    editor.showPeerPreview(String(message.peer), presence.of(message.peer)?.preview ?? new Map());
    showPeers();
  };
  session.onNotice = (code, text) => {
    editor.notify({ kind: code === 'rate' ? 'info' : 'error', text });
    theta.emit('notice', { code, text });
  };
  const show = (): void => {
    const { status, isOpen, transport = '', role, rttMs, problem } = session;
    editor.connection.setState({
      status,
      isOpen,
      transport,
      role,
      rttMs,
      sessionId,
      problem: problem?.message,
    });
    const here = new Map(session.peers.all.map((peer) => [String(peer.peer), peer]));
    for (const { peer } of editor.people.getState().others) {
      if (!here.has(peer)) editor.showPeerPreview(peer, new Map());
    }
    const others = [...here.values()].map((peer) => ({
      peer: String(peer.peer),
      name: peer.name,
      color: cssColor(peer.color),
      role: peer.role,
      transport: peer.transport,
      tool: peer.tool,
      follows: peer.follows === 0 ? '' : String(peer.follows),
      hasView: hasView(presence.of(peer.peer)),
      selection: peer.selection.flatMap((id) => session.document.entityOf(id) ?? []),
    }));
    editor.people.setState(({ self: own }) => ({
      self: { ...own, role, transport, peer: String(session.peer) },
      others,
    }));
    showPeers();
    arrivals.update(status === 'connected', session.peers.all);
    theta.emit('status', status);
    theta.emit('peers', others.length);
  };
  session.onChange = show;
  session.pipeline.onChange(() => theta.emit('change'));
  return eyes;
}

/** Whether somebody lets others see where they look from. */
function hasView(presence: PeerPresence | undefined): boolean {
  return presence?.view !== undefined || presence?.avatar !== undefined;
}
