/** S6: what every answer carries. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** An answer that is data: nothing in it may run, whatever it turns out to be. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Of an answer outside the app, with nothing in it: before it, where connections are taken over. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON_HEADERS,
  'Content-Security-Policy': DATA_POLICY,
  'Cache-Control': 'no-store',
};

/** A script: in a worker of its own it may load others of this origin, and ask this origin. */
export const SCRIPT_POLICY = `${DATA_POLICY}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`;

/** Uploaded bytes: besides, a browser that shows them all the same shows them in a sandbox. */
export const UPLOAD_POLICY = `${DATA_POLICY}; sandbox`;

/**
 * Where the console runs scripts that people write: code is made of text there, so it has nobody's origin,
 * even when it is opened by itself, and reaches nothing: no network, no storage, no page.
 */
export const SCRIPT_FRAME_POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; " +
  "frame-ancestors 'self'; sandbox allow-scripts";

/** What the page may use of the machine: the headset, and no camera, microphone or place. */
export const PERMISSIONS_POLICY =
  'xr-spatial-tracking=(self), fullscreen=(self), clipboard-read=(self), clipboard-write=(self), ' +
  'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()';

/**
 * The page's policy. Scripts come from this origin alone; WebAssembly may compile. Styles may be
 * inline because the dialog and toast libraries set theirs so, and a style cannot run.
 * @param connectTo origins, besides its own, that the page may open connections to
 */
export function pagePolicy(connectTo: readonly string[]): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'worker-src': ["'self'", 'blob:'],
    // The console's sandbox; every other answer says that it is no frame.
    'frame-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'media-src': ["'self'", 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", 'blob:', 'data:', ...connectTo],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
