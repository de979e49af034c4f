import { ThetaError } from '../../shared/errors.ts';

/** A well-formed message whose contents make no sense: the verifier lets it pass, we do not. */
export class WireFault extends ThetaError<'invalid_value' | 'unknown_component'> {}

export function wireFault(code: 'invalid_value' | 'unknown_component'): never {
  throw new WireFault(
    code,
    code === 'unknown_component'
      ? 'It speaks of a component that this version does not know.'
      : 'It has a value that its field does not take.',
  );
}
