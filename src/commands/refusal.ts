import { Reason } from '../protocol/generated/types.ts';
import { ThetaError } from '../shared/errors.ts';

/** What people are told when an entry is refused, by the reason in its verdict. */
const SENTENCES: Readonly<Record<Reason, string>> = {
  [Reason.none]: 'Refused.',
  [Reason.role]: 'Your role does not allow this. Ask an admin of the session.',
  [Reason.noSuchEntity]: 'The object does not exist here any more.',
  [Reason.entityExists]: 'An object with this id exists already.',
  [Reason.scopeChanged]: 'Somebody else moved or deleted the object first.',
  [Reason.cycle]: 'An object cannot be placed inside itself.',
  [Reason.parentDeleted]: 'The object it should go into has been deleted.',
  [Reason.transaction]: 'Another part of the same step was refused.',
  [Reason.unknownComponent]: 'The object has no such component.',
  [Reason.invalidValue]: 'A value is out of its range.',
  [Reason.limit]: 'This would make the scene larger than it may be.',
  [Reason.blobMissing]: 'The file that it uses has not been uploaded.',
  [Reason.blobInvalid]: 'The file that it uses is damaged.',
  [Reason.notOwn]: 'This would be done in the name of somebody else.',
  [Reason.changedSince]: 'It has been changed since by somebody else, and stays as it is.',
  [Reason.clockAhead]: 'The edit is dated too far in the future.',
  [Reason.locked]: 'An admin has locked the session: only admins can change it now.',
  [Reason.noSuchMember]: 'That person is not in this session, or is banned.',
  [Reason.noSuchLink]: 'There is no such link.',
  [Reason.lastAdmin]: 'The session would be left without an admin.',
};

const NAMES = new Map<Reason, string>(
  Object.entries(Reason).map(([name, reason]) => [
    reason,
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  ]),
);

/** The stable name of a reason, e.g. `scope_changed`. */
export function reasonName(reason: Reason): string {
  return NAMES.get(reason) ?? 'unknown';
}

export function reasonSentence(reason: Reason): string {
  return SENTENCES[reason];
}

/** An entry that must not be applied; thrown by `apply` before its first write. */
export class Refusal extends ThetaError {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reasonName(reason), reasonSentence(reason));
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export function refuse(reason: Reason): never {
  throw new Refusal(reason);
}
