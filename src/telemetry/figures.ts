import type { TelemetrySnapshot } from './snapshot.ts';

/** A snapshot, and when it was taken. */
export interface Sample {
  /** Milliseconds since the page was opened. */
  readonly atMs: number;
  readonly snapshot: TelemetrySnapshot;
}

export type Level = 'good' | 'amber' | 'red';
export type FigureGroup = 'Frame' | 'Network' | 'Commands';

/** Something that is read off samples, shown over time, and judged. */
export interface Figure {
  readonly id: string;
  readonly group: FigureGroup;
  readonly label: string;
  readonly unit: string;
  /** From a sample and the one before; undefined where it cannot be known. */
  readonly read: (now: Sample, before: Sample) => number | undefined;
  /** From here on it is amber, or red. docs/telemetry.md says why. */
  readonly amber?: number;
  readonly red?: number;
  /** What to do then. */
  readonly advice?: string;
}

type Counter = (snapshot: TelemetrySnapshot) => number;

/** How much a counter rose in a second. */
function rate(counter: Counter): Figure['read'] {
  return (now, before) => {
    const seconds = (now.atMs - before.atMs) / 1000;
    return seconds > 0 ? (counter(now.snapshot) - counter(before.snapshot)) / seconds : undefined;
  };
}

function value(read: (snapshot: TelemetrySnapshot) => number | undefined): Figure['read'] {
  return ({ snapshot }) => read(snapshot);
}

/** A stage's systems, on average. */
function stage(name: string): Figure['read'] {
  return value(({ frame }) => frame.stages.find((each) => each.name === name)?.averageMs);
}

function cpuMs({ frame }: TelemetrySnapshot): number {
  return frame.stages.reduce((sum, { averageMs }) => sum + averageMs, frame.renderMs);
}

const FEWER = 'Hide or isolate parts of the scene, or use fewer materials.';
const NETWORK = 'Edits go through, late. Come closer to the access point, or use a cable.';
const TOO_MUCH = 'Scripts and tools of yours send more than the server takes: let them wait.';
const ASK_HOST =
  'Reload. If it comes back, somebody is forging messages: tell who runs the server.';

/** All figures, in the order in which they are shown. */
export const FIGURES: readonly Figure[] = [
  {
    ...{ id: 'frame.cpuMs', group: 'Frame', label: 'Frame on the CPU', unit: 'ms' },
    ...{ read: value(cpuMs), amber: 8, red: 16, advice: FEWER },
  },
  {
    ...{ id: 'frame.simulationMs', group: 'Frame', label: 'Simulation', unit: 'ms' },
    ...{ read: stage('simulation'), amber: 4, red: 8, advice: FEWER },
  },
  {
    ...{ id: 'frame.editorMs', group: 'Frame', label: 'Editor', unit: 'ms' },
    ...{ read: stage('editor'), amber: 4, red: 8, advice: 'Select fewer objects at once.' },
  },
  {
    ...{ id: 'frame.sceneMs', group: 'Frame', label: 'Scene', unit: 'ms' },
    ...{ read: stage('render'), amber: 4, red: 8, advice: FEWER },
  },
  {
    ...{ id: 'frame.renderMs', group: 'Frame', label: 'Renderer', unit: 'ms' },
    ...{ read: value(({ frame }) => frame.renderMs), amber: 6, red: 12, advice: FEWER },
  },
  {
    ...{ id: 'frame.gpuMs', group: 'Frame', label: 'GPU', unit: 'ms' },
    ...{ read: value(({ frame }) => frame.gpuMs), amber: 12, red: 25 },
    advice: 'Make the window smaller, or switch off shadows and large textures.',
  },
  {
    ...{ id: 'frame.drawnPerSec', group: 'Frame', label: 'Frames drawn', unit: '/s' },
    read: rate(({ frame }) => frame.drawn),
  },
  {
    ...{ id: 'frame.drawCalls', group: 'Frame', label: 'Draw calls', unit: '' },
    ...{ read: value(({ frame }) => frame.drawCalls), amber: 1000, red: 3000, advice: FEWER },
  },
  {
    ...{ id: 'frame.triangles', group: 'Frame', label: 'Triangles', unit: '' },
    ...{ read: value(({ frame }) => frame.triangles), amber: 5e6, red: 20e6 },
    advice: 'Simplify what has the most triangles before it is imported.',
  },
  {
    ...{ id: 'frame.heapMb', group: 'Frame', label: 'Heap', unit: 'MB' },
    read: value(({ frame }) => frame.heapBytes && frame.heapBytes / 1e6),
    ...{ amber: 1000, red: 2000, advice: 'Reload the page; edits are kept.' },
  },
  {
    ...{ id: 'transport.rttMs', group: 'Network', label: 'Round trip', unit: 'ms' },
    ...{ read: value(({ transport }) => transport.rttMs), amber: 150, red: 400, advice: NETWORK },
  },
  {
    ...{ id: 'transport.jitterMs', group: 'Network', label: 'Jitter', unit: 'ms' },
    ...{ read: value(({ transport }) => transport.jitterMs), amber: 30, red: 100 },
    advice: NETWORK,
  },
  {
    ...{ id: 'transport.sentPerSec', group: 'Network', label: 'Packets out', unit: '/s' },
    ...{ read: rate(({ transport }) => transport.packetsSent), amber: 9, red: 12 },
    advice: TOO_MUCH,
  },
  {
    ...{ id: 'transport.receivedPerSec', group: 'Network', label: 'Messages in', unit: '/s' },
    read: rate(({ transport }) => transport.packetsReceived),
  },
  {
    ...{ id: 'transport.outKbPerSec', group: 'Network', label: 'Up', unit: 'kB/s' },
    ...{ read: rate(({ transport }) => transport.bytesSent / 1000), amber: 100, red: 250 },
    advice: TOO_MUCH,
  },
  {
    ...{ id: 'transport.inKbPerSec', group: 'Network', label: 'Down', unit: 'kB/s' },
    ...{ read: rate(({ transport }) => transport.bytesReceived / 1000), amber: 500, red: 2000 },
    advice: 'Many people move at once: hide your presence, or split the session.',
  },
  {
    ...{ id: 'transport.compressionRatio', group: 'Network', label: 'Compression', unit: '×' },
    read: value(({ transport }) => transport.compressionRatio),
  },
  {
    ...{
      id: 'transport.compressionMs',
      group: 'Network',
      label: 'Compressing',
      unit: 'ms',
    },
    read: value(({ transport }) => transport.compressionMs),
  },
  {
    ...{ id: 'commands.appendRatePerSec', group: 'Commands', label: 'Appended', unit: '/s' },
    read: rate(({ commands }) => commands.totalAppended),
  },
  {
    ...{ id: 'commands.queueDepth', group: 'Commands', label: 'Waiting', unit: '' },
    ...{ read: value(({ commands }) => commands.queueDepth), amber: 50, red: 500 },
    advice: 'They are kept in this browser and sent when the server is there. Leave the tab open.',
  },
  {
    ...{ id: 'commands.verifyMs', group: 'Commands', label: 'Signature check', unit: 'ms' },
    ...{ read: value(({ commands }) => commands.signatureVerifyLatencyMs), amber: 5, red: 20 },
    advice: 'Use a browser with Ed25519 in WebCrypto, or close what keeps this machine busy.',
  },
  {
    ...{ id: 'commands.conflictRejections', group: 'Commands', label: 'Refused', unit: '' },
    ...{ read: value(({ commands }) => commands.conflictRejections), amber: 1, red: 25 },
    advice: 'Look into the tray: there they can be tried again. Tell each other who edits what.',
  },
  {
    ...{ id: 'commands.conflicts.lww', group: 'Commands', label: 'Overtaken (lww)', unit: '' },
    read: value(({ commands }) => commands.conflicts.lww),
  },
  {
    ...{ id: 'commands.conflicts.merge', group: 'Commands', label: 'Not merged', unit: '' },
    read: value(({ commands }) => commands.conflicts.merge),
  },
  {
    ...{ id: 'commands.conflicts.reject', group: 'Commands', label: 'Too late (reject)', unit: '' },
    read: value(({ commands }) => commands.conflicts.reject),
  },
  {
    ...{ id: 'commands.rateLimitDrops', group: 'Commands', label: 'Put off for rate', unit: '' },
    ...{ read: value(({ commands }) => commands.rateLimitDrops), amber: 1, red: 20 },
    advice: TOO_MUCH,
  },
  {
    ...{ id: 'commands.replayRejections', group: 'Commands', label: 'Replays', unit: '' },
    ...{ read: value(({ commands }) => commands.replayRejections), amber: 1, red: 1 },
    advice: 'This identity is used from a copied profile: give each browser its own, and reload.',
  },
  {
    ...{ id: 'commands.payloadGuardDrops', group: 'Commands', label: 'Too large', unit: '' },
    ...{ read: value(({ commands }) => commands.payloadGuardDrops), amber: 1, red: 5 },
    advice: 'Split the import or the paste into smaller parts.',
  },
  {
    ...{ id: 'commands.signatureRejections', group: 'Commands', label: 'Bad signatures', unit: '' },
    ...{ read: value(({ commands }) => commands.signatureRejections), amber: 1, red: 1 },
    advice: ASK_HOST,
  },
  {
    ...{ id: 'commands.faults', group: 'Commands', label: 'Faults', unit: '' },
    ...{ read: value(({ commands }) => commands.faults), amber: 1, red: 5, advice: ASK_HOST },
  },
];

/** How a value of a figure is to be taken. */
export function levelOf({ amber, red }: Figure, shown: number | undefined): Level {
  if (shown === undefined) return 'good';
  if (red !== undefined && shown >= red) return 'red';
  return amber !== undefined && shown >= amber ? 'amber' : 'good';
}
