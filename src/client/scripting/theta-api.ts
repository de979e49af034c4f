import { ephemeralDefinition } from '../../commands/ephemeral.ts';
import type { CommandOutcome } from '../../commands/local-transaction.ts';
import type { HistoryEntry, HistoryReport } from '../../commands/log-audit.ts';
import { listCommands } from '../../commands/registry.ts';
import { Hierarchy, RECORDS } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor, Viewpoint } from '../../editor/editor.ts';
import { plainComponent } from '../../editor/inspector/plain-component.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { TelemetrySnapshot } from '../../telemetry/snapshot.ts';
import { type SpanRecorder, traceFile } from '../../telemetry/spans.ts';
import { EXPORT_FORMATS, type ExportFormat, isExportFormat } from '../export/formats.ts';
import type { AuditCall } from '../history/audit-history.ts';
import type { ClientSession } from '../session/client-session.ts';
import type { HeadsetReport } from '../xr/headset.ts';
import { bindMethods } from './bind-methods.ts';

export type ThetaEvent = 'change' | 'status' | 'peers' | 'notice';

export interface ThetaApiParts {
  readonly session: ClientSession;
  readonly sessionId: string;
  readonly author: string;
  readonly editor: Editor;
  readonly importFiles: (files: readonly File[]) => Promise<CommandOutcome>;
  readonly auditHistory: (call: AuditCall) => Promise<HistoryReport>;
  readonly writeFile: (format: Exclude<ExportFormat, 'json'>) => Promise<Uint8Array>;
  readonly frame: () => TelemetrySnapshot['frame'];
  readonly spans: SpanRecorder;
  readonly viewpoint: () => Viewpoint;
  /** The renderer that draws now. */
  readonly renderer: () => string | undefined;
  readonly headset: () => HeadsetReport;
  readonly headsetInput: () => InputRecording | undefined;
}

/** Keeps what the hands do in the headset, to be played again. */
export interface InputRecording {
  startRecording(): void;
  stopRecording(): string | undefined;
}

const RATE_WINDOW_MS = 5000;

type Outcome = Promise<CommandOutcome>;

/** `window.theta`: the editor for scripts (docs/scripting.md). */
export class ThetaApi {
  readonly #parts: ThetaApiParts;
  readonly #rate = new AppendRate();
  readonly #listeners = new Map<ThetaEvent, Set<(detail: unknown) => void>>();

  constructor(parts: ThetaApiParts) {
    this.#parts = parts;
    bindMethods(this);
  }

  get session() {
    const { session, sessionId, author } = this.#parts;
    return {
      id: sessionId,
      role: session.role,
      author,
      peers: session.peers.all.map(({ peer, author: key, name, role, transport, selection }) => ({
        peer,
        author: key,
        name,
        role,
        transport,
        selection: selection.map((id) => session.document.formatId(id)),
      })),
      members: [...session.document.governance.members.values()],
      links: [...session.document.governance.links.values()].map(
        ({ tokenHash: _, ...link }) => link,
      ),
      locked: session.document.governance.locked,
      transport: session.transport,
      status: session.status,
      pending: session.pending,
      seq: session.seq,
    };
  }

  /** Where this page looks from: metres, and a unit quaternion x, y, z, w. */
  view(): Viewpoint {
    return this.#parts.viewpoint();
  }

  get renderer(): string | undefined {
    return this.#parts.renderer();
  }

  /** What the headset offers, and what it shows. */
  get headset(): HeadsetReport {
    return this.#parts.headset();
  }

  /** Begins to record what the hands do in the headset. False: nobody is in one. */
  startHeadsetRecording(): boolean {
    const input = this.#parts.headsetInput();
    input?.startRecording();
    return input !== undefined;
  }

  /** The recording since then, as text; undefined when there is none. */
  stopHeadsetRecording(): string | undefined {
    return this.#parts.headsetInput()?.stopRecording();
  }

  get commands() {
    return listCommands();
  }

  /** Carries out a command; settles with the server's verdict. Never rejects. */
  execute(type: string, params: unknown = {}): Outcome {
    return this.#outcome(() =>
      ephemeralDefinition(type)
        ? this.#parts.session.showEphemeral(type, params).outcome
        : this.#parts.session.pipeline.execute(type, params).outcome,
    );
  }

  /** Several commands as one undo step, accepted whole or not at all. */
  transaction(
    label: string,
    build: (tx: { execute(type: string, params: unknown): unknown }) => unknown,
  ): Outcome {
    return this.#outcome(() => this.#parts.session.pipeline.transaction(label, build).outcome);
  }

  undo(): Outcome {
    return this.#outcome(() => this.#parts.session.pipeline.undo()?.outcome);
  }

  redo(): Outcome {
    return this.#outcome(() => this.#parts.session.pipeline.redo()?.outcome);
  }

  /** Adds a model file, or several of which one is a model. Rejects with what is wrong with it. */
  importFile(file: File | readonly File[]): Outcome {
    return this.#parts.importFiles(file instanceof File ? [file] : file);
  }

  /** Ids of the entities in the scene. */
  entities(): string[] {
    const { document } = this.#parts.session;
    const ids: string[] = [];
    document.world.query({ all: [Hierarchy], none: RECORDS }).forEach((entity) => {
      if (document.isAlive(entity)) ids.push(document.formatId(document.idOf(entity)));
    });
    return ids.sort();
  }

  /** An entity's components as plain values, its name and parent; undefined where there is none. */
  get(id: string) {
    const { document } = this.#parts.session;
    const entity = this.#entity(id);
    if (entity === undefined || !document.isAlive(entity)) return undefined;
    const components: Record<string, unknown> = {};
    for (const component of document.world.componentsOf(entity)) {
      if (!component.managed)
        components[component.name] = plainComponent(document, entity, component);
    }
    const parent = document.effectiveParent(entity);
    return {
      id,
      parent: parent === NO_ENTITY ? null : document.formatId(document.idOf(parent)),
      ...components,
    };
  }

  select(ids: readonly string[]): void {
    const entities = ids.map((id) => this.#entity(id)).filter((each) => each !== undefined);
    this.#parts.editor.select(entities);
  }

  /** D2: resolves when this browser keeps every edit made so far: a page closed then loses none. */
  stored(): Promise<void> {
    return this.#parts.session.outbox.flush();
  }

  /** SHA-256 of the document as shown, edits that wait included. */
  worldHash(): string {
    return this.#parts.session.worldHash();
  }

  /** Every judged entry of the session, oldest first, as the signed log has it. */
  async history(): Promise<HistoryEntry[]> {
    const entries: HistoryEntry[] = [];
    await this.#parts.auditHistory({ onEntries: (read) => entries.push(...read) });
    return entries;
  }

  /**
   * Checks every signature, nonce and head of the log, applies it anew, and compares the end with
   * what this page has. Runs in a worker; rejects with the code `cancelled` when the signal says so.
   */
  verifyHistory({ onProgress, signal }: Omit<AuditCall, 'onEntries'> = {}): Promise<HistoryReport> {
    return this.#parts.auditHistory({ onProgress, signal });
  }

  /**
   * The scene as a file: `theta` (a whole project), `glb`, `obj` (zipped with its materials), `stl`, or
   * `json` with the entities as `get` gives them.
   * @throws {ThetaError} `unknown_format`
   */
  async exportScene(format: string): Promise<Uint8Array> {
    if (format === 'json') {
      const entities = this.entities().map((id) => this.get(id));
      return new TextEncoder().encode(JSON.stringify({ format: 'theta', version: 1, entities }));
    }
    if (isExportFormat(format) && format !== 'json') return this.#parts.writeFile(format);
    const known = EXPORT_FORMATS.join(', ');
    throw new ThetaError('unknown_format', `There is no export to "${format}": ${known}.`);
  }

  /** What happens in this tab and on its line, since the page was opened (docs/telemetry.md). */
  telemetry(): TelemetrySnapshot {
    const { session } = this.#parts;
    const { counters } = session;
    return {
      frame: this.#parts.frame(),
      transport: {
        kind: session.transport,
        rttMs: session.rttMs,
        jitterMs: session.jitterMs,
        packetsSent: counters.packetsSent,
        packetsReceived: counters.packetsReceived,
        bytesSent: counters.bytesSent,
        bytesReceived: counters.bytesReceived,
        compressionRatio: compressionRatio(session),
        compressionMs: session.messages?.counts.lastMs ?? 0,
      },
      commands: {
        totalAppended: session.seq,
        appendRatePerSec: this.#rate.perSecond(session.seq),
        queueDepth: session.pending,
        conflictRejections: counters.rejected,
        conflicts: { ...counters.conflicts },
        acceptedByAuthor: Object.fromEntries(counters.acceptedByAuthor),
        signatureVerifyLatencyMs: counters.verifyMs,
        rateLimitDrops: counters.rateLimitDrops,
        replayRejections: counters.replayRejections,
        payloadGuardDrops: counters.payloadGuardDrops,
        signatureRejections: counters.signatureRejections,
        faults: counters.faults,
      },
    };
  }

  /** Records how long each step of a frame takes, and each own command until its verdict. */
  startTrace(): void {
    this.#parts.spans.start();
  }

  /** Ends it; gives a file for the browser's performance panel (Trace Event Format, JSON). */
  stopTrace(): string {
    return traceFile(this.#parts.spans.stop());
  }

  /** Calls `listener` on an event until the returned function is called. */
  on(event: ThetaEvent, listener: (detail: unknown) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit(event: ThetaEvent, detail?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }

  #entity(id: string): Entity | undefined {
    const { document } = this.#parts.session;
    const parsed = document.parseId(id);
    return parsed === undefined ? undefined : document.entityOf(parsed);
  }

  async #outcome(run: () => Outcome | undefined): Outcome {
    try {
      return (await run()) ?? { status: 'nothing', id: '' };
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      return { status: 'rejected', id: '', reason: messageOf(thrown), code: thrown.code };
    }
  }
}

/** How fast entries are accepted: over the last seconds in which somebody asked. */
class AppendRate {
  readonly #seen: { at: number; seq: number }[] = [];

  perSecond(seq: number, now: number = performance.now()): number {
    this.#seen.push({ at: now, seq });
    while (this.#seen.length > 2 && now - (this.#seen[1]?.at ?? now) > RATE_WINDOW_MS) {
      this.#seen.shift();
    }
    const first = this.#seen[0] ?? { at: now, seq };
    return now > first.at ? ((seq - first.seq) * 1000) / (now - first.at) : 0;
  }
}

/** Of messages, both ways; of the last snapshot before any was compressed. */
function compressionRatio({ messages, counters }: ThetaApiParts['session']): number {
  const { plain = 0, compressed = 0 } = messages?.counts ?? {};
  return compressed > 0 ? plain / compressed : counters.compressionRatio;
}
