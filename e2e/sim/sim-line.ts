import type { Bytes } from '../../src/shared/bytes.ts';
import type { LaneCarrier } from '../../src/transport/lane-carrier.ts';
import { type CloseInfo, LOST } from '../../src/transport/transport.ts';
import type { NetworkWeather } from './network-weather.ts';
import { endOf, SimStream } from './sim-stream.ts';

const DATAGRAM_BYTES = 1200;

/** One end of a line, as a WebTransport session gives it. */
class LineEnd implements LaneCarrier {
  readonly maxDatagramBytes = DATAGRAM_BYTES;
  readonly ended: Promise<CloseInfo>;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  readonly reliable;
  readonly bulk;
  readonly #line: SimLine;
  #settle!: (info: CloseInfo) => void;

  constructor(line: SimLine, out: Streams, into: Streams) {
    this.#line = line;
    this.reliable = endOf(out.reliable, into.reliable);
    this.bulk = endOf(out.bulk, into.bulk);
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  async sendDatagram(datagram: Bytes): Promise<void> {
    this.#line.sendDatagram(this, datagram);
  }

  end(code: number, reason: string): void {
    this.#line.end(this, { code, reason, clean: true });
  }

  /** The line tells its end how it ended; the first word counts. */
  settle(info: CloseInfo): void {
    this.#settle(info);
  }
}

interface Streams {
  readonly reliable: SimStream;
  readonly bulk: SimStream;
}

/** One connection of the simulated network, as bytes: two streams in each direction, and datagrams. */
export class SimLine {
  readonly client: LineEnd;
  readonly server: LineEnd;
  readonly #weather: NetworkWeather;
  readonly #name: string;
  readonly #streams: readonly SimStream[];
  readonly #down: readonly SimStream[];
  #stalled = false;
  #orphaned = false;
  #over = false;
  /** How it was ended during a stall, of which the other end hears afterwards. */
  #ending: CloseInfo | undefined;

  constructor(weather: NetworkWeather, name: string) {
    this.#weather = weather;
    this.#name = name;
    const stream = (lane: string) => new SimStream(weather, `${name} ${lane}`);
    const up = { reliable: stream('reliable up'), bulk: stream('bulk up') };
    const down = { reliable: stream('reliable down'), bulk: stream('bulk down') };
    this.#streams = [up.reliable, up.bulk, down.reliable, down.bulk];
    this.#down = [down.reliable, down.bulk];
    this.client = new LineEnd(this, up, down);
    this.server = new LineEnd(this, down, up);
  }

  get isOver(): boolean {
    return this.#over;
  }

  sendDatagram(from: LineEnd, datagram: Bytes): void {
    const { clock, trace } = this.#weather;
    const to = from === this.client ? this.server : this.client;
    for (const delay of this.#weather.datagramDelays()) {
      clock.setTimer(() => {
        if (this.#over || this.#stalled) return;
        trace.add(clock.now(), `${this.#name} datagram`, datagram);
        to.onDatagram(datagram.slice());
      }, delay);
    }
  }

  /** An end says that the session is over; the other hears of it after a while. */
  end(from: LineEnd, info: CloseInfo): void {
    from.settle(info);
    const { clock } = this.#weather;
    clock.setTimer(() => this.#finish(info), this.#weather.segmentDelay());
  }

  /** Silence in both directions, of which neither end is told. */
  stall(): void {
    this.#stalled = true;
    for (const stream of this.#streams) stream.stalled = true;
  }

  /** The client takes nothing in any more, and may go on talking. */
  clog(): void {
    for (const stream of this.#down) stream.stalled = true;
  }

  /** The other machine has gone without a word: silence for good. */
  orphan(): void {
    this.stall();
    this.#orphaned = true;
  }

  resume(): void {
    if (this.#orphaned) return;
    this.#stalled = false;
    for (const stream of this.#streams) stream.resume();
    if (this.#ending) this.#finish(this.#ending);
  }

  /** The line dies, and both ends learn it; what was under way arrives in part. */
  cut(): void {
    if (this.#over) return;
    this.#over = true;
    const { faults, trace, clock } = this.#weather;
    trace.add(clock.now(), `${this.#name} cut`);
    faults.count('connections cut');
    const reason = new Error('The line was cut.');
    const inside = this.#streams.map((stream) => stream.cut(reason));
    if (inside.includes(true)) faults.count('connections cut inside a frame');
    this.client.settle(LOST);
    this.server.settle(LOST);
  }

  #finish(info: CloseInfo): void {
    if (this.#over) return;
    if (this.#stalled) {
      this.#ending = info;
      return;
    }
    this.#over = true;
    for (const stream of this.#streams) stream.end();
    this.client.settle(info);
    this.server.settle(info);
  }
}
