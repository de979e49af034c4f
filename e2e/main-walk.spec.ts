import { describeMainWalk } from './support/main-walk.ts';

describeMainWalk({ renderer: 'webgl', transport: 'webtransport' });
