import dracoWasm from 'draco3dgltf/draco_decoder_gltf.wasm?url';
import { serveImport } from './serve-import.ts';
import type { ImportRequest } from './worker-messages.ts';

async function fetchDraco(): Promise<ArrayBuffer> {
  const response = await fetch(dracoWasm);
  if (!response.ok) throw new Error(`The decoder could not be fetched (${response.status})`);
  return response.arrayBuffer();
}

// The compiler knows `self` as a window here, whose `postMessage` takes the same options.
self.onmessage = (event: MessageEvent<ImportRequest>) => {
  void serveImport(
    event.data,
    (reply, transfer) => self.postMessage(reply, { transfer }),
    fetchDraco,
  );
};
