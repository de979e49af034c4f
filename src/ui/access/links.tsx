import { Check, Copy, Link2Off } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../primitives/button.tsx';
import { useCopied } from '../share/use-copied.ts';
import { counted, sentenceCase } from '../wording.ts';
import styles from './access.module.css';
import type { AccessLink, AccessView } from './access-view.ts';
import { Confirm } from './confirm.tsx';
import { LinkForm } from './link-form.tsx';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Every way in: to make, to hand on, to take back. */
export function Links({ access }: { readonly access: AccessView }) {
  const links = useStore(access.state, (state) => state.links);
  const open = links.filter(({ state }) => state === 'open');
  const ended = links.length - open.length;
  return (
    <>
      <LinkForm onCreate={(link) => access.createLink(link)} />
      <ul className={styles.list} aria-label="Links">
        {open.map((link) => (
          <LinkLine key={link.id} link={link} access={access} />
        ))}
      </ul>
      {open.length === 0 && <p className={styles.note}>No link lets anybody in now.</p>}
      {ended > 0 && (
        <p className={styles.note}>{counted(ended, 'link')} revoked or expired before.</p>
      )}
    </>
  );
}

function LinkLine({ link, access }: { readonly link: AccessLink; readonly access: AccessView }) {
  const [doubt, setDoubt] = useState(false);
  const name = nameOf(link);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <p className={styles.name}>
          <span className={styles.clipped}>{name}</span>
        </p>
        <p className={styles.detail}>{doubt ? consequenceOf(link) : termOf(link)}</p>
      </div>
      {doubt ? (
        <Confirm
          action="Revoke"
          of={name}
          onYes={() => {
            setDoubt(false);
            access.revoke(link.id);
          }}
          onNo={() => setDoubt(false)}
        />
      ) : (
        <>
          {link.url === undefined ? (
            <span className={styles.faint}>Made elsewhere</span>
          ) : (
            <CopyLink name={name} url={link.url} />
          )}
          <Button aria-label={`Revoke: ${name}`} onClick={() => setDoubt(true)}>
            <Link2Off size={14} aria-hidden />
            Revoke
          </Button>
        </>
      )}
    </li>
  );
}

function CopyLink({ name, url }: { readonly name: string; readonly url: string }) {
  const { stateOf, copy } = useCopied();
  const state = stateOf(url);
  const Icon = state === 'copied' ? Check : Copy;
  const words = state === 'copied' ? 'Copied' : state === 'failed' ? 'Not allowed' : 'Copy';
  return (
    <Button
      look="secondary"
      className={styles.copy}
      aria-label={`${words}: ${name}`}
      onClick={() => copy(url)}
    >
      <Icon size={14} aria-hidden />
      <span aria-live="polite">{words}</span>
    </Button>
  );
}

function nameOf({ role, label }: AccessLink): string {
  return label === '' ? `${sentenceCase(role)} link` : `${label} (${role})`;
}

function termOf({ expiresAt, people }: AccessLink): string {
  const came =
    people === 0 ? 'nobody else came by it' : `${counted(people, 'person', 'people')} by it`;
  const term = expiresAt === undefined ? 'No end' : `Until ${WHEN.format(expiresAt)}`;
  return `${term}, ${came}`;
}

function consequenceOf({ people }: AccessLink): string {
  if (people === 0) return 'It lets nobody in any more.';
  return people === 1 ? 'One person loses their role.' : `${people} people lose their roles.`;
}
