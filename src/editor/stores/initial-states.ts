import type { ConnectionState, Person, ToolsState } from './states.ts';

export const INITIAL_TOOLS: ToolsState = {
  tool: 'select',
  space: 'world',
  snap: { enabled: false, position: 0.25, angle: 15, scale: 0.1 },
  gesture: null,
  marquee: null,
};

export function initialConnection(self: Person): ConnectionState {
  return {
    status: 'connecting',
    transport: self.transport,
    role: self.role,
    pending: 0,
    sessionId: '',
  };
}
