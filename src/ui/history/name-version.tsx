import { BookmarkPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { TimeTravel } from '../../editor/history/time-travel.ts';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import styles from './history.module.css';

const MAX_NAME = 80;

/** Asks for a name for the moment that is shown, or for now. */
export function NameVersion({
  travel,
  label,
}: {
  readonly travel: TimeTravel;
  readonly label: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    travel.nameMoment(name.trim());
    setName('');
    setOpen(false);
  };
  return (
    <>
      <Button look="secondary" onClick={() => setOpen(true)}>
        <BookmarkPlus size={14} aria-hidden />
        {label}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Name this version"
        description="Everybody in the session finds it in the history under this name."
      >
        <form className={styles.naming} onSubmit={onSubmit}>
          <input
            aria-label="Name of the version"
            autoComplete="off"
            maxLength={MAX_NAME}
            placeholder="First draft"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button look="primary" type="submit" disabled={name.trim() === ''}>
            Save name
          </Button>
        </form>
      </Dialog>
    </>
  );
}
