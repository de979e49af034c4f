import { useMemo } from 'react';
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';

const QUIET_ZONE_MODULES = 2;

/** A URL to point a camera at. Always dark on light: many scanners read nothing else. */
export function QrCode({ url, size }: { readonly url: string; readonly size: number }) {
  const code = useMemo(() => encode(url, { ecc: 'M', border: QUIET_ZONE_MODULES }), [url]);
  return (
    <svg
      role="img"
      aria-label="QR code of the link"
      width={size}
      height={size}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
    >
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={qrPath(code.data)} fill="#101114" />
    </svg>
  );
}
