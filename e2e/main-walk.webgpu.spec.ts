import { describeMainWalk } from './support/main-walk.ts';

describeMainWalk({ renderer: 'webgpu', transport: 'webtransport' });
