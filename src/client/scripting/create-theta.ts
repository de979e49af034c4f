import type { Editor } from '../../editor/editor.ts';
import { toHex } from '../../shared/bytes.ts';
import type { SpanRecorder } from '../../telemetry/spans.ts';
import type { Exports } from '../exports.ts';
import { auditHistory } from '../history/audit-history.ts';
import type { Models } from '../models.ts';
import type { SessionParts } from '../session/create-session.ts';
import type { ViewportModel } from '../viewport/viewport-model.ts';
import type { Headset } from '../xr/headset.ts';
import { ThetaApi } from './theta-api.ts';

export interface ThetaSources {
  readonly parts: SessionParts;
  readonly editor: Editor;
  readonly viewport: ViewportModel;
  readonly models: Models;
  readonly exports: Exports;
  readonly headset: Headset;
  readonly spans: SpanRecorder;
}

/** `window.theta` of a session. */
export function createTheta(sources: ThetaSources): ThetaApi {
  const { parts, editor, viewport, models, exports, headset, spans } = sources;
  const { session, sessionId, identity, assets } = parts;
  return new ThetaApi({
    session,
    sessionId,
    author: toHex(identity.signer.publicKey),
    editor,
    importFiles: (files) => models.importFiles(files),
    auditHistory: (call) =>
      auditHistory(
        {
          log: { sessionId, token: () => session.uploadToken },
          sessionKey: session.sessionKey,
          confirmed: session.confirmed(),
          fetchBlob: (digest) => assets.bytes(digest),
        },
        call,
      ),
    writeFile: async (format) => (await exports.write({ format, selectionOnly: false })).bytes,
    frame: () => {
      const now = viewport.stats();
      return {
        drawCalls: now?.drawCalls ?? 0,
        triangles: now?.triangles ?? 0,
        renderMs: viewport.submission.timing('draw').averageMs,
        drawn: viewport.drawn,
        ...heap(),
        stages: viewport.schedule.timings(),
      };
    },
    spans,
    viewpoint: () => viewport.viewpoint(),
    renderer: () => viewport.state.getState().renderer,
    headset: () => headset.report(viewport.stage),
    headsetInput: () => viewport.stage,
  });
}

/** What Chromium tells of script's memory; nothing elsewhere. */
function heap(): { heapBytes?: number } {
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  return memory === undefined ? {} : { heapBytes: memory.usedJSHeapSize };
}
