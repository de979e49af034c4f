import { messageOf } from '../../shared/errors.ts';

/** D2: what it means to a person that the browser does not store an edit. */
export function storageWords(thrown: unknown): string {
  const full = thrown instanceof Error && thrown.name === 'QuotaExceededError';
  const why = full
    ? 'The storage of this browser is full'
    : `This browser does not store edits now (${messageOf(thrown)})`;
  return `${why}. Edits are sent as always, but keep this page open until none is waiting: those that wait would be lost with it.`;
}
