import { useState } from 'react';
import { messageOf } from '../../shared/errors.ts';
import { Dialog } from '../primitives/dialog.tsx';
import { useAction } from '../use-action.ts';
import styles from './identity.module.css';
import { BringForm, SaveForm } from './identity-forms.tsx';
import type { IdentityView } from './identity-view.ts';

/** The action that opens it, for buttons elsewhere. */
export const SHOW_IDENTITY = 'session.identity';

/** Who one is here, and the file that makes one the same in another browser. */
export function IdentityDialog({ identity }: { readonly identity: IdentityView }) {
  const [open, setOpen] = useState(false);
  useAction({
    id: SHOW_IDENTITY,
    label: 'Your identity…',
    group: 'Session',
    icon: 'key-round',
    keys: [],
    enabled: () => true,
    run: () => setOpen(true),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Your identity"
      description="A key that this browser made signs every edit of yours. Roles and undo go with it."
    >
      <p className={styles.key} title={identity.key}>
        {identity.key}
      </p>
      <Section
        title="Take it to another browser"
        note="It has your key, your links, and what you can undo."
      >
        {(attempt) => (
          <SaveForm onSave={(passphrase) => attempt(() => identity.save(passphrase))} />
        )}
      </Section>
      <Section
        title="Bring one from another browser"
        note="It takes the place of this one, which is gone unless you have saved it. The page loads anew."
      >
        {(attempt) => (
          <BringForm
            onBring={(file, passphrase) => attempt(() => identity.bring(file, passphrase))}
          />
        )}
      </Section>
    </Dialog>
  );
}

interface SectionProps {
  readonly title: string;
  readonly note: string;
  readonly children: (attempt: (run: () => Promise<void>) => void) => React.ReactNode;
}

/** One thing to do, and what came of it. */
function Section({ title, note, children }: SectionProps) {
  const [problem, setProblem] = useState('');
  const attempt = (run: () => Promise<void>): void => {
    setProblem('');
    run().catch((thrown: unknown) => setProblem(messageOf(thrown)));
  };
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.note}>{note}</p>
      {children(attempt)}
      {problem !== '' && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
