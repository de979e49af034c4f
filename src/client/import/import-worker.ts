import { serveImport } from './serve-import.ts';
import type { ImportRequest } from './worker-messages.ts';

// The compiler knows `self` as a window here, whose `postMessage` takes the same options.
self.onmessage = (event: MessageEvent<ImportRequest>) => {
  void serveImport(event.data, (reply, transfer) => self.postMessage(reply, { transfer }));
};
