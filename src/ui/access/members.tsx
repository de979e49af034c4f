import { Ban, Ellipsis, LogOut } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import type { Role } from '../../editor/editor.ts';
import { Avatar } from '../people/avatar.tsx';
import { Button } from '../primitives/button.tsx';
import { Dropdown } from '../primitives/menu.tsx';
import { Select } from '../primitives/select.tsx';
import { sentenceCase } from '../wording.ts';
import styles from './access.module.css';
import type { AccessMember, AccessView } from './access-view.ts';
import { Confirm } from './confirm.tsx';

const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'viewer', label: 'Viewer' },
  { value: 'editor', label: 'Editor' },
  { value: 'admin', label: 'Admin' },
];

const ENDINGS: Readonly<Record<NonNullable<AccessMember['ending']>, string>> = {
  revoked: 'Role ended with its link',
  removed: 'Put out',
  banned: 'Banned',
};

/** Everybody who was let in, and what an admin makes of them. */
export function Members({ access }: { readonly access: AccessView }) {
  const members = useStore(access.state, (state) => state.members);
  return (
    <ul className={styles.list} aria-label="People">
      {members.map((member) => (
        <MemberLine key={member.key} member={member} access={access} />
      ))}
    </ul>
  );
}

interface LineProps {
  readonly member: AccessMember;
  readonly access: AccessView;
}

type Doubt = 'put out' | 'ban';

function MemberLine({ member, access }: LineProps) {
  const [doubt, setDoubt] = useState<Doubt>();
  const { name, color, key } = member;
  return (
    <li className={styles.line}>
      <Avatar name={name} color={color} large />
      <div className={styles.what}>
        <p className={styles.name}>
          <span className={styles.clipped}>{name}</span>
          {member.isSelf && <span className={styles.faint}>(you)</span>}
        </p>
        <p className={styles.detail}>{standingOf(member)}</p>
      </div>
      {doubt === undefined ? (
        <Controls member={member} access={access} onDoubt={setDoubt} />
      ) : (
        <Confirm
          action={doubt === 'ban' ? 'Ban' : 'Put out'}
          of={name}
          onYes={() => {
            setDoubt(undefined);
            if (doubt === 'ban') access.ban(key);
            else access.putOut(key);
          }}
          onNo={() => setDoubt(undefined)}
        />
      )}
    </li>
  );
}

function standingOf({ isHere, ending, role }: AccessMember): string {
  if (ending) return ENDINGS[ending];
  return isHere ? 'Here now' : role === undefined ? 'No role' : 'Not here now';
}

/** What one may do about somebody: nothing about oneself, lest a session lose its admin by a slip. */
function Controls({
  member,
  access,
  onDoubt,
}: LineProps & { readonly onDoubt: (doubt: Doubt) => void }): ReactElement | null {
  const { key, name, role, ending, isSelf } = member;
  if (ending === 'banned') {
    return (
      <Button
        look="secondary"
        aria-label={`Lift the ban: ${name}`}
        onClick={() => access.unban(key)}
      >
        Lift ban
      </Button>
    );
  }
  if (isSelf) return <span className={styles.role}>{sentenceCase(role ?? '')}</span>;
  return (
    <>
      <div className={styles.roleSelect}>
        <Select
          label={`Role of ${name}`}
          value={role}
          placeholder="No role"
          options={ROLES}
          onChange={(value) => access.setRole(key, value as Role)}
        />
      </div>
      <Dropdown
        align="end"
        entries={() => [
          {
            id: 'put-out',
            label: 'Put out…',
            icon: LogOut,
            disabled: role === undefined,
            run: () => onDoubt('put out'),
          },
          { id: 'ban', label: 'Ban…', icon: Ban, run: () => onDoubt('ban') },
        ]}
      >
        <Button size="icon" aria-label={`More about ${name}`}>
          <Ellipsis size={16} aria-hidden />
        </Button>
      </Dropdown>
    </>
  );
}
