import { sha256 } from '@noble/hashes/sha2.js';
import type { Agreement } from '../../commands/agreement.ts';
import { MESSAGES_ZSTD } from '../../commands/capabilities.ts';
import type { LogPosition } from '../../commands/judged-packet.ts';
import { type Signer, transcriptOf, type Verifier } from '../../commands/signing.ts';
import { decode, encode } from '../../protocol/codec.ts';
import type {
  Challenge,
  ClientPayload,
  ServerPayload,
  Welcome,
  WelcomeBody,
} from '../../protocol/generated/types.ts';
import { MAX_SERVER_MESSAGE_BYTES } from '../../protocol/limits.ts';
import type { MessageCodec } from '../../protocol/message-compression.ts';
import { isZstd } from '../../protocol/zstd-frame.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Lane, Transport } from '../../transport/transport.ts';
import { checkTerms } from './terms.ts';

export const NOTHING_YET: LogPosition = { epoch: 0, index: 0, seq: 0, head: undefined };

export interface LinkOptions {
  readonly sessionId: Bytes;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly replica: number;
  readonly token: string | undefined;
  readonly name: string;
  readonly color: number;
  readonly agreement: Agreement;
  readonly position: LogPosition;
  readonly clock: Clock;
  /** Loads what reads and writes compressed messages; without it they come as they are. */
  readonly loadMessages?: (() => Promise<MessageCodec>) | undefined;
}

/** What a link hears; called in the order of arrival on each lane. */
export interface LinkHandlers {
  onWelcome(welcome: WelcomeBody, sessionKey: Bytes): void;
  onPayload(payload: ServerPayload, lane: Lane, bytes: number): void;
  onRtt(rttMs: number): void;
  /** Pings go unanswered: the line may be dead, or slow. Once, until something is heard again. */
  onDoubt(): void;
  /** Once, after which nothing is heard. */
  onEnd(problem: ThetaError): void;
}

/**
 * T4: how often a ping goes out, and after how many of them with nothing heard in between the link is
 * in doubt, and dead. Counted and not measured: a page that slept, or was busy, has not asked.
 */
const PING_MS = 500;
const QUIET_PINGS_OF_DOUBT = 2;
const QUIET_PINGS_OF_DEATH = 13;
/** Of so many pings one counts as a measurement. */
const PINGS_A_MEASUREMENT = 4;
const HANDSHAKE_MS = 10_000;
/** A page that opens has more urgent things to fetch. */
const COMPRESSION_AFTER_MS = 3000;
const SESSION_ID_BYTES = 16;

/** Close codes of the server that say why in words (docs/protocol.md). */
const SPOKEN = 4000;

/** What came before the welcome was verified. */
interface Early {
  readonly payload: ServerPayload;
  readonly lane: Lane;
  readonly size: number;
}

const MAX_EARLY_BYTES = 16 * 1024 * 1024;

/** One connection to the session server: proves who we are, checks who they are, keeps it alive. */
export class Link {
  readonly transport: Transport;
  readonly #options: LinkOptions;
  readonly #handlers: LinkHandlers;
  readonly #hello: Bytes;
  readonly #pings = new Map<number, number>();
  #challenge: Challenge | undefined;
  #welcoming = false;
  #welcomed = false;
  readonly #early: Early[] = [];
  #earlyBytes = 0;
  #ended = false;
  #messages: MessageCodec | undefined;
  #agreed: readonly string[] = [];
  #pingId = 0;
  /** Sent since something was heard. */
  #quietPings = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(transport: Transport, options: LinkOptions, handlers: LinkHandlers) {
    this.transport = transport;
    this.#options = options;
    this.#handlers = handlers;
    this.#hello = encode('ClientMessage', { payload: { type: 'Hello', value: helloOf(options) } });
    transport.onMessage = (lane, bytes) => this.#onMessage(lane, bytes);
    transport.onClose = ({ code, reason }) => {
      const spoken = code >= SPOKEN && reason !== '';
      this.#end(
        new ThetaError(
          spoken ? `closed_${code}` : 'lost',
          spoken ? reason : 'The connection was lost.',
        ),
      );
    };
    transport.send('reliable', this.#hello);
    this.#cancelTimer = options.clock.setTimer(() => {
      this.#fail('silent', 'The server does not answer.');
    }, HANDSHAKE_MS);
  }

  /** Whether pings go unanswered. */
  get isInDoubt(): boolean {
    return this.#quietPings >= QUIET_PINGS_OF_DOUBT;
  }

  /** False when it was dropped. */
  send(payload: ClientPayload, lane: Lane = 'reliable'): boolean {
    if (this.#ended) return false;
    const message = encode('ClientMessage', { payload });
    const isPacket = payload.type === 'Submit' && lane === 'reliable';
    return this.transport.send(lane, isPacket ? this.#deflated(message) : message);
  }

  close(): void {
    if (this.#ended) return;
    this.send({ type: 'Leave', value: {} });
    this.transport.close(0, '');
    this.#end(new ThetaError('left', 'Left the session.'));
  }

  /** Another link has taken its place: what it still brings is of no use. */
  retire(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelTimer();
    this.transport.close(0, '');
  }

  /** Ends the link because of something it brought. */
  abandon(problem: ThetaError): void {
    this.transport.close(0, problem.code);
    this.#end(problem);
  }

  #deflated(message: Bytes): Bytes {
    return this.#messages?.deflate(message) ?? message;
  }

  #inflated(bytes: Bytes): Bytes {
    if (this.#messages === undefined || !isZstd(bytes)) return bytes;
    return this.#messages.inflate(bytes, MAX_SERVER_MESSAGE_BYTES);
  }

  /** Once there is nothing more urgent to fetch; the server is told when it is there. */
  #loadMessagesLater(): void {
    const { clock, loadMessages } = this.#options;
    if (loadMessages === undefined || !this.#agreed.includes(MESSAGES_ZSTD)) return;
    clock.setTimer(() => {
      if (this.#ended) return;
      loadMessages().then(
        (messages) => {
          this.#messages = messages;
          this.send({ type: 'Inflates', value: { dictionary: messages.dictionary } });
        },
        // All goes on without; the next link tries again.
        () => undefined,
      );
    }, COMPRESSION_AFTER_MS);
  }

  #onMessage(lane: Lane, bytes: Bytes): void {
    if (this.#ended) return;
    this.#quietPings = 0;
    let payload: ServerPayload;
    try {
      payload = decode('ServerMessage', this.#inflated(bytes)).payload;
    } catch {
      // A datagram may be cut or forged on its way; on the other lanes the server is at fault.
      if (lane !== 'unreliable') this.#fail('malformed', 'The server sent what cannot be read.');
      return;
    }
    if (payload.type === 'CaughtUp') this.#loadMessagesLater();
    if (payload.type === 'Ping') this.send({ type: 'Pong', value: payload.value });
    else if (payload.type === 'Pong') this.#onPong(payload.value.id);
    else if (payload.type === 'Refused') {
      this.#fail(payload.value.code, payload.value.message);
    } else if (payload.type === 'Challenge')
      this.#prove(payload.value).catch((thrown: unknown) =>
        this.#fail('failed', messageOf(thrown)),
      );
    else if (payload.type === 'Welcome') void this.#onWelcome(payload.value);
    else if (this.#welcomed) this.#handlers.onPayload(payload, lane, bytes.length);
    else if (lane !== 'unreliable') this.#keepEarly({ payload, lane, size: bytes.length });
  }

  /** Lanes keep their order each for itself: a snapshot may overtake the welcome that it follows. */
  #keepEarly(early: Early): void {
    this.#earlyBytes += early.size;
    if (this.#earlyBytes <= MAX_EARLY_BYTES) this.#early.push(early);
    else this.#fail('malformed', 'The server sent too much before its welcome.');
  }

  async #prove(challenge: Challenge): Promise<void> {
    const { sessionId, signer } = this.#options;
    const fingerprint = sha256(challenge.sessionKey).subarray(0, SESSION_ID_BYTES);
    if (this.#challenge || !equalBytes(fingerprint, sessionId)) {
      this.#fail('wrong_session_key', 'This server is not the one that the link names.');
      return;
    }
    this.#challenge = challenge;
    const transcript = transcriptOf(challenge.random, this.#hello);
    const signature = await signer.sign('theta proof 1', transcript);
    this.send({ type: 'Proof', value: { signature } });
  }

  /** T3, S1: nothing of what the server says is handed on before it has proved who it is. */
  async #onWelcome({ body, signature }: Welcome): Promise<void> {
    const challenge = this.#challenge;
    if (challenge === undefined || this.#welcoming) return;
    this.#welcoming = true;
    const transcript = transcriptOf(challenge.random, body);
    const { verifier } = this.#options;
    if (!(await verifier.verify(challenge.sessionKey, 'theta welcome 1', transcript, signature))) {
      this.#fail('wrong_session_key', 'This server is not the one that the link names.');
      return;
    }
    if (this.#ended) return;
    let welcome: WelcomeBody;
    try {
      welcome = decode('WelcomeBody', body);
      checkTerms(welcome, challenge.protocol, this.#options.agreement);
      this.#handlers.onWelcome(welcome, challenge.sessionKey);
    } catch {
      this.#fail('malformed', 'The server sent what cannot be read.');
      return;
    }
    this.#welcomed = true;
    this.#agreed = welcome.capabilities ?? [];
    for (const { payload, lane, size } of this.#early.splice(0)) {
      this.#handlers.onPayload(payload, lane, size);
    }
    this.#beat();
  }

  /** Asks the server now whether it is there, and looks soon whether it has answered. */
  probe(): void {
    if (this.#welcomed) this.#beat();
  }

  #beat(): void {
    this.#cancelTimer();
    if (this.#ended) return;
    const { clock } = this.#options;
    if (this.#quietPings >= QUIET_PINGS_OF_DEATH) {
      this.#fail('silent', 'The server does not answer.');
      return;
    }
    if (this.#quietPings === QUIET_PINGS_OF_DOUBT) this.#handlers.onDoubt();
    this.#quietPings += 1;
    this.#pingId += 1;
    this.#pings.set(this.#pingId, clock.now());
    this.send({ type: 'Ping', value: { id: this.#pingId } });
    this.#cancelTimer = clock.setTimer(() => this.#beat(), PING_MS);
  }

  #onPong(id: number): void {
    const sentAt = this.#pings.get(id);
    if (sentAt === undefined) return;
    for (const known of this.#pings.keys()) if (known <= id) this.#pings.delete(known);
    if (id % PINGS_A_MEASUREMENT === 1) this.#handlers.onRtt(this.#options.clock.now() - sentAt);
  }

  #fail(code: string, message: string): void {
    this.abandon(new ThetaError(code, message));
  }

  #end(problem: ThetaError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelTimer();
    this.#handlers.onEnd(problem);
  }
}

function helloOf(options: LinkOptions) {
  const { position, token, sessionId, signer, replica, name, color, agreement } = options;
  return {
    protocolMin: agreement.protocols.min,
    protocolMax: agreement.protocols.max,
    schema: agreement.schema,
    vocabulary: agreement.vocabulary,
    components: agreement.components,
    capabilities: [...agreement.capabilities],
    session: sessionId,
    author: signer.publicKey,
    replica,
    ...(token !== undefined && { token }),
    name,
    color,
    resumeEpoch: position.epoch,
    resumeSeq: position.seq,
    resumeIndex: position.index,
    ...(position.head && { resumeHead: position.head }),
  };
}
