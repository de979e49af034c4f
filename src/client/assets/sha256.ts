import { toHex } from '../../shared/bytes.ts';

/** SHA-256 of the bytes in lower-case hexadecimal: the name under which an asset travels. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
