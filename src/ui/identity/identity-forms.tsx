import { Download, Upload } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { Button } from '../primitives/button.tsx';
import field from '../primitives/text-field.module.css';
import styles from './identity.module.css';

const MIN_PASSPHRASE = 10;

/** Asks for a passphrase twice: what it seals nobody else can open. */
export function SaveForm({ onSave }: { readonly onSave: (passphrase: string) => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const ready = passphrase.length >= MIN_PASSPHRASE && passphrase === again;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave(passphrase);
    setPassphrase('');
    setAgain('');
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Passphrase
        label={`New passphrase, at least ${MIN_PASSPHRASE} characters`}
        hint={`Passphrase, ${MIN_PASSPHRASE} or longer`}
        value={passphrase}
        onChange={setPassphrase}
        isNew
      />
      <Passphrase label="The same again" value={again} onChange={setAgain} isNew />
      <Button look="secondary" type="submit" disabled={!ready}>
        <Download size={14} aria-hidden />
        Save file
      </Button>
    </form>
  );
}

export interface BringFormProps {
  readonly onBring: (file: File, passphrase: string) => void;
}

/** Asks for the file and its passphrase. */
export function BringForm({ onBring }: BringFormProps) {
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) onBring(file, passphrase);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <input
        type="file"
        className={styles.file}
        aria-label="Identity file"
        accept=".json,application/json"
        onChange={(event) => setFile(event.target.files?.[0])}
      />
      <Passphrase label="Its passphrase" value={passphrase} onChange={setPassphrase} />
      <Button look="secondary" type="submit" disabled={file === undefined || passphrase === ''}>
        <Upload size={14} aria-hidden />
        Become this
      </Button>
    </form>
  );
}

interface PassphraseProps {
  readonly label: string;
  /** Shorter than the label, where that does not fit. */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isNew?: boolean;
}

/** Keys typed here are no shortcuts of the editor. */
function keepKeys(event: KeyboardEvent): void {
  if (event.key !== 'Escape') event.stopPropagation();
}

function Passphrase({ label, hint = label, value, onChange, isNew = false }: PassphraseProps) {
  return (
    <input
      type="password"
      className={field.field}
      aria-label={label}
      placeholder={hint}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={keepKeys}
    />
  );
}
