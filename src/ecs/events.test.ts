import { expect, it } from 'vitest';
import { EventBus } from './events.ts';

type Events = { readonly opened: string; readonly closed: number };

it('delivers in the order of subscription, to the listeners there were', () => {
  const bus = new EventBus<Events>();
  const heard: string[] = [];
  bus.on('opened', (name) => {
    heard.push(`first ${name}`);
    bus.on('opened', (later) => heard.push(`late ${later}`));
  });
  bus.on('opened', (name) => heard.push(`second ${name}`));
  bus.on('closed', () => heard.push('closed'));
  bus.emit('opened', 'a');
  expect(heard).toEqual(['first a', 'second a']);
  bus.emit('opened', 'b');
  expect(heard.slice(2)).toEqual(['first b', 'second b', 'late b']);
});

it('takes back one subscription of a listener that has two', () => {
  const bus = new EventBus<Events>();
  let heard = 0;
  const listener = (): void => {
    heard += 1;
  };
  const stop = bus.on('closed', listener);
  bus.on('closed', listener);
  stop();
  stop();
  bus.emit('closed', 1);
  expect(heard).toBe(1);
});
