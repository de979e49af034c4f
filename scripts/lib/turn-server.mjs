import { installHint, installPackage, isOnPath } from './system-packages.mjs';

const PROGRAM = 'turnserver';
const PACKAGE = 'coturn';

/**
 * Finds coturn, which the tests of WebRTC through a relay need, or else installs the system's package
 * where we have the right to.
 * @returns the program's name, on the path
 * @throws Error that names the package to install
 */
export async function ensureTurnServer() {
  if (!isOnPath(PROGRAM)) await installPackage(PACKAGE);
  if (isOnPath(PROGRAM)) return PROGRAM;
  throw new Error(
    'The end-to-end tests need a TURN server, and it cannot be installed from here. ' +
      `Install the package "${PACKAGE}"${installHint(PACKAGE)}.`,
  );
}
