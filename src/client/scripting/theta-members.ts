import type { ThetaApi } from './theta-api.ts';

/** How a script's own copy of `theta` answers, in a realm that cannot reach the page's. */
export type Answer =
  /** From what it was last told, at once. */
  | 'known'
  /** By asking the page: always a promise. */
  | 'asked';

export interface ThetaMember {
  readonly name: Exclude<keyof ThetaApi, 'emit'>;
  /** The parameters; absent for what is read rather than called. */
  readonly parameters?: string;
  readonly summary: string;
  readonly answer: Answer;
}

/** Everything on `theta` that is for scripts (docs/scripting.md), as completion lists it. */
export const THETA_MEMBERS: readonly ThetaMember[] = [
  known('session', undefined, 'id, role, people, connection'),
  known('entities', '', 'ids of what is in the scene'),
  known('get', 'id', 'a copy of an entity'),
  asked('execute', 'type, params', 'carry out a command'),
  asked('transaction', 'label, build', 'several commands as one step'),
  asked('undo', '', 'take back the own last step'),
  asked('redo', '', 'do it again'),
  known('select', 'ids', 'select entities'),
  known('commands', undefined, 'every command and its parameters'),
  asked('importFile', 'file', 'add a model'),
  asked('exportScene', 'format', 'the scene as a file'),
  asked('history', '', 'every entry of the session'),
  asked('verifyHistory', 'options', 'check every signature'),
  known('on', 'event, listener', 'be told of changes'),
  asked('stored', '', 'wait until edits are kept'),
  known('worldHash', '', 'SHA-256 of the document'),
  known('telemetry', '', 'what the page counts'),
  known('view', '', 'where the camera is'),
  known('renderer', undefined, 'webgpu or webgl'),
  known('headset', undefined, 'what the headset offers'),
  asked('startTrace', '', 'record times'),
  asked('stopTrace', '', 'end it; a file of JSON'),
  asked('startHeadsetRecording', '', 'record the hands'),
  asked('stopHeadsetRecording', '', 'end it; a text of JSON'),
];

function known(name: ThetaMember['name'], parameters: string | undefined, summary: string) {
  return member(name, parameters, summary, 'known');
}

function asked(name: ThetaMember['name'], parameters: string, summary: string) {
  return member(name, parameters, summary, 'asked');
}

function member(
  name: ThetaMember['name'],
  parameters: string | undefined,
  summary: string,
  answer: Answer,
): ThetaMember {
  return { name, summary, answer, ...(parameters !== undefined && { parameters }) };
}
