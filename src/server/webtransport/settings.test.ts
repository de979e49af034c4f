import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex } from '../../shared/bytes.ts';
import { encodeVarint } from '../../transport/varint.ts';
import { WEBTRANSPORT_LIMITS } from './limits.ts';
import {
  decodeSettings,
  encodeSettings,
  requireWebTransport,
  SETTING,
  serverSettings,
} from './settings.ts';
import { onlyRefuses, refusal } from './testing/refusals.ts';

const setting = (id: number, value: number): Uint8Array =>
  concatBytes(encodeVarint(id), encodeVarint(value));

describe('SETTINGS', () => {
  it('come back as they were', () => {
    const ours = serverSettings(WEBTRANSPORT_LIMITS);
    expect(decodeSettings(encodeSettings(ours), WEBTRANSPORT_LIMITS)).toEqual(ours);
    expect(ours.get(SETTING.enableWebTransport)).toBe(1);
    expect(ours.get(SETTING.qpackMaxTableCapacity)).toBe(0);
  });

  it('take grease as large as a varint can be', () => {
    const payload = concatBytes(fromHex('ffffffffffffffff')!, fromHex('ffffffffffffffff')!);
    expect(decodeSettings(payload, WEBTRANSPORT_LIMITS).size).toBe(1);
  });

  it('S5: are refused cut short, doubled, reserved or without end', () => {
    const decode = (payload: Uint8Array) => () => decodeSettings(payload, WEBTRANSPORT_LIMITS);
    const datagram = setting(SETTING.h3Datagram, 1);
    expect(decode(datagram.subarray(0, 1))).toThrow(refusal('settings-malformed'));
    expect(decode(concatBytes(datagram, datagram))).toThrow(refusal('settings-duplicate'));
    expect(decode(setting(0x04, 1))).toThrow(refusal('settings-malformed'));
    const many = Array.from({ length: 33 }, (_, i) => setting(1000 + i, 0));
    expect(decode(concatBytes(...many))).toThrow(refusal('settings-malformed'));
  });

  it('must allow datagrams, by the old name or the new', () => {
    expect(() => requireWebTransport(new Map())).toThrow(refusal('settings-unsupported'));
    const refused = new Map([[SETTING.h3Datagram, 0]]);
    expect(() => requireWebTransport(refused)).toThrow(refusal('settings-unsupported'));
    requireWebTransport(new Map([[SETTING.h3Datagram, 1]]));
    requireWebTransport(new Map([[SETTING.h3DatagramDraft04, 1]]));
  });

  it('S5: any bytes give settings or a named refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        onlyRefuses(() => decodeSettings(noise, WEBTRANSPORT_LIMITS));
      }),
    );
  });
});
