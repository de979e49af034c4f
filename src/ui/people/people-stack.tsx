import { KeyRound, Megaphone, ShieldCheck } from 'lucide-react';
import { useStore } from 'zustand';
import type { Person } from '../../editor/editor.ts';
import { MANAGE_ACCESS } from '../access/access-dialog.tsx';
import { useEditor } from '../editor-context.tsx';
import { SHOW_IDENTITY } from '../identity/identity-dialog.tsx';
import { Button } from '../primitives/button.tsx';
import { Popover } from '../primitives/popover.tsx';
import { Switch } from '../primitives/switch.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { Tooltip } from '../primitives/tooltip.tsx';
import { counted, sentenceCase } from '../wording.ts';
import { Avatar } from './avatar.tsx';
import { doingOf } from './doing.ts';
import styles from './people.module.css';

/** More faces than this become a number. */
const FACES = 4;

/** Who is here: their faces, and a list with what each of them is doing. */
export function PeopleStack({
  onRenameSelf,
}: {
  readonly onRenameSelf: ((name: string) => void) | undefined;
}) {
  const editor = useEditor();
  const { self, others, following, unseen } = useStore(editor.people, (state) => state);
  const isAdmin = self.role === 'admin';
  const everyone = [self, ...others];
  const faces = everyone.length > FACES ? everyone.slice(0, FACES - 1) : everyone;
  const hidden = everyone.length - faces.length;
  return (
    <Popover
      label="People"
      align="end"
      className={styles.panel}
      trigger={
        <button
          type="button"
          className={styles.stack}
          aria-label={`People: ${counted(everyone.length, 'person', 'people')} here`}
        >
          {faces.map((person) => (
            <Avatar key={person.peer} name={person.name} color={person.color} />
          ))}
          {hidden > 0 && <span className={styles.more}>+{hidden}</span>}
        </button>
      }
    >
      <p className={styles.heading}>{counted(everyone.length, 'person', 'people')} here</p>
      <ul className={styles.list}>
        <PersonLine person={self} onRename={onRenameSelf} self />
        {others.map((person) => (
          <PersonLine
            key={person.peer}
            person={person}
            isFollowed={person.peer === following}
            followsMe={person.follows === self.peer && self.peer !== ''}
            onFollow={() => editor.follow(person.peer === following ? undefined : person.peer)}
          />
        ))}
      </ul>
      <div className={styles.option}>
        <div>
          <p className={styles.name}>Be unseen</p>
          <p className={styles.doing}>Nobody is shown where you look, point and select.</p>
        </div>
        <Switch label="Be unseen" checked={unseen} onChange={(on) => editor.setUnseen(on)} />
      </div>
      {isAdmin && others.length > 0 && (
        <Button className={styles.manage} disabled={unseen} onClick={() => editor.gather()}>
          <Megaphone size={15} aria-hidden />
          Gather everyone here
        </Button>
      )}
      <Button className={styles.manage} onClick={() => editor.actions.run(SHOW_IDENTITY)}>
        <KeyRound size={15} aria-hidden />
        Your identity…
      </Button>
      {isAdmin && (
        <Button className={styles.manage} onClick={() => editor.actions.run(MANAGE_ACCESS)}>
          <ShieldCheck size={15} aria-hidden />
          People and links…
        </Button>
      )}
      {others.length === 0 && (
        <p className={styles.alone}>Share a link, and others show up here and in the scene.</p>
      )}
    </Popover>
  );
}

interface PersonLineProps {
  readonly person: Person;
  readonly self?: boolean;
  readonly onRename?: ((name: string) => void) | undefined;
  readonly isFollowed?: boolean;
  readonly followsMe?: boolean;
  /** Begins to follow them, or ends it. */
  readonly onFollow?: () => void;
}

function PersonLine(props: PersonLineProps) {
  const { person, self = false, onRename, isFollowed = false, followsMe = false, onFollow } = props;
  return (
    <li className={styles.person}>
      {onFollow === undefined ? (
        <Avatar name={person.name} color={person.color} large />
      ) : (
        <Tooltip label={followWords(person, isFollowed)}>
          <button
            type="button"
            className={styles.face}
            aria-label={`Follow ${person.name}`}
            aria-pressed={isFollowed}
            disabled={person.hasView === false}
            onClick={onFollow}
          >
            <Avatar name={person.name} color={person.color} large />
          </button>
        </Tooltip>
      )}
      <div className={styles.who}>
        {self && onRename ? (
          <DraftField
            label="Your name"
            className={styles.rename}
            value={person.name}
            maxLength={40}
            onCommit={onRename}
          />
        ) : (
          <p className={styles.name}>
            {person.name}
            {self && <span className={styles.you}>(you)</span>}
          </p>
        )}
        <p className={styles.doing}>
          {self ? 'You' : `${followsMe ? 'Following you · ' : ''}${doingOf(person)}`}
        </p>
      </div>
      <span className={styles.role}>{sentenceCase(person.role)}</span>
    </li>
  );
}

function followWords({ name, hasView }: Person, isFollowed: boolean): string {
  if (hasView === false) return `${name} is unseen`;
  return isFollowed ? `Stop following ${name}` : `Follow ${name}`;
}
