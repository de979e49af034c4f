import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../editor/editor.ts';
import { Button } from '../primitives/button.tsx';
import { Select } from '../primitives/select.tsx';
import field from '../primitives/text-field.module.css';
import styles from './access.module.css';
import type { NewLink } from './access-view.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_LABEL = 64;

const ROLES = [
  { value: 'viewer', label: 'Viewer' },
  { value: 'editor', label: 'Editor' },
  { value: 'admin', label: 'Admin' },
];

const LIVES: readonly { readonly value: string; readonly label: string; readonly ms?: number }[] = [
  { value: 'ever', label: 'No end' },
  { value: 'hour', label: 'For an hour', ms: HOUR_MS },
  { value: 'day', label: 'For a day', ms: DAY_MS },
  { value: 'week', label: 'For a week', ms: 7 * DAY_MS },
  { value: 'month', label: 'For 30 days', ms: 30 * DAY_MS },
];

/** Makes a link: of what role, for how long, and called what. */
export function LinkForm({ onCreate }: { readonly onCreate: (link: NewLink) => void }) {
  const [role, setRole] = useState<Role>('editor');
  const [life, setLife] = useState('ever');
  const [label, setLabel] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCreate({ role, label: label.trim(), lifeMs: LIVES.find(({ value }) => value === life)?.ms });
    setLabel('');
  };
  return (
    <form className={styles.form} aria-label="New link" onSubmit={submit}>
      <input
        className={field.field}
        aria-label="What the link is for"
        placeholder="What it is for"
        maxLength={MAX_LABEL}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Select
        label="Role of the link"
        value={role}
        options={ROLES}
        onChange={(value) => setRole(value as Role)}
      />
      <Select label="How long it lets people in" value={life} options={LIVES} onChange={setLife} />
      <Button look="primary" type="submit">
        <Plus size={14} aria-hidden />
        New link
      </Button>
    </form>
  );
}
