import { type RtcConfig, setSctpSettings } from 'node-datachannel';
import { CHANNEL_LIMITS } from '../../transport/channel-carrier.ts';
import { GatewayLine } from './gateway-line.ts';
import { GATEWAY_PROTOCOL } from './gateway-wire.ts';

/*
 * A process of its own for WebRTC: its library is native code, and the server shall not need the
 * permission to load any. It knows nothing of sessions, opens peer connections as the server says,
 * and passes bytes. It ends with its input; without the server it waits for it.
 */

const RETRY_MS = 500;
/** Room for a part of a lane and its tag. */
const MAX_MESSAGE_BYTES = CHANNEL_LIMITS.maxPartBytes + 1;

const url = Deno.env.get('THETA_GATEWAY_URL') ?? '';
const secret = Deno.env.get('THETA_GATEWAY_SECRET') ?? '';
const host = Deno.env.get('THETA_GATEWAY_HOST') || undefined;
const wantedPort = Number(Deno.env.get('THETA_GATEWAY_PORT') ?? 0);

/** Throws where the port is not to be had; the library itself would say so at the first peer only. */
function udpPort(): number {
  const socket = Deno.listenDatagram({
    transport: 'udp',
    hostname: host ?? '0.0.0.0',
    port: wantedPort,
  });
  const { port } = socket.addr as Deno.NetAddr;
  socket.close();
  return port;
}

const port = udpPort();
const config: RtcConfig = {
  iceServers: [],
  enableIceUdpMux: true,
  portRangeBegin: port,
  portRangeEnd: port,
  maxMessageSize: MAX_MESSAGE_BYTES,
  ...(host !== undefined && { bindAddress: host }),
};
// Lanes have windows of their own; what is beyond two of them is no page of ours.
setSctpSettings({ recvBufferSize: 4 * CHANNEL_LIMITS.windowBytes });

function connect(): void {
  const socket = new WebSocket(url, [GATEWAY_PROTOCOL, secret]);
  const line = new GatewayLine(socket, config, () => setTimeout(connect, RETRY_MS));
  socket.onopen = () => line.begin(port);
}

connect();
const end = (): never => Deno.exit(0);
Deno.stdin.readable.pipeTo(new WritableStream()).then(end, end);
