import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import { Document } from '../../ecs/document/document.ts';
import { World } from '../../ecs/world.ts';
import type { Editor } from '../../editor/editor.ts';
import { decompressSnapshot } from '../../protocol/compression.ts';
import { toHex } from '../../shared/bytes.ts';
import { systemClock } from '../../shared/clock.ts';
import type { SessionParts } from '../session/create-session.ts';
import type { ViewportModel } from '../viewport/viewport-model.ts';
import { auditHistory } from './audit-history.ts';
import { HistorySteps } from './history-steps.ts';
import { PastReader } from './past-reader.ts';
import { SessionTimeTravel } from './session-time-travel.ts';

/** The history of this page's session, and its way into the viewport. */
export function createTimeTravel(
  { session, sessionId, identity, assets }: SessionParts,
  editor: Editor,
  viewport: ViewportModel,
): SessionTimeTravel {
  const log = { sessionId, token: () => session.uploadToken };
  const fetchBlob = (digest: string) => assets.bytes(digest);
  const reader = new PastReader(
    {
      log,
      sessionKey: () => session.sessionKey,
      verifier: identity.verifier,
      fetchBlob,
      decompress: decompressSnapshot,
    },
    new Document(new World({ components: DOCUMENT_COMPONENTS })),
  );
  return new SessionTimeTravel({
    session,
    author: toHex(identity.signer.publicKey),
    sessionAuthor: () => toHex(session.sessionKey),
    editor,
    steps: new HistorySteps(log),
    reader,
    clock: systemClock,
    audit: (call) => {
      const { sessionKey } = session;
      return auditHistory({ log, sessionKey, confirmed: session.confirmed(), fetchBlob }, call);
    },
    showInViewport: (past) =>
      viewport.showInstead(past && { world: reader.document.world, editor: past }),
  });
}
