import { networkInterfaces } from 'node:os';

/**
 * The addresses by which others on the network may reach this machine, IPv4 first. Link-local IPv6
 * ones are left out: a browser cannot open them.
 */
export function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  return all
    .filter((each) => !each.internal && !each.address.startsWith('fe80:'))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map((each) => each.address);
}
