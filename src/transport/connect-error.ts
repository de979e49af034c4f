import { ThetaError } from '../shared/errors.ts';

/** Why there is no connection. A server's refusal looks like any other failure: browsers hide it. */
export type ConnectErrorCode = 'connect-unsupported' | 'connect-failed' | 'connect-timeout';

export function connectRefusal(
  code: ConnectErrorCode,
  message: string,
  cause?: unknown,
): ThetaError<ConnectErrorCode> {
  return new ThetaError(code, message, { cause });
}
