import { NO_ENTITY } from '../../ecs/entity.ts';
import type { ConnectionState, Person, ToolsState, ViewState } from './states.ts';

export const INITIAL_TOOLS: ToolsState = {
  tool: 'select',
  space: 'world',
  snap: { enabled: false, to: 'grid', position: 0.25, angle: 15, scale: 0.1 },
  pivot: 'median',
  gesture: null,
  boxSelecting: false,
  marquee: null,
};

export const INITIAL_VIEW: ViewState = {
  projection: 'perspective',
  shading: 'lit',
  grid: true,
  flight: null,
  navigation: 'theta',
  units: 'm',
  scheme: 'dark',
  camera: NO_ENTITY,
  isolated: [],
  menu: null,
};

export function initialConnection(self: Person): ConnectionState {
  return {
    status: 'connecting',
    isOpen: false,
    transport: self.transport,
    role: self.role,
    pending: 0,
    sessionId: '',
  };
}
