import { Check, Copy, Info } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import { QrCode } from './qr-code.tsx';
import styles from './share.module.css';
import type { OfferedLink } from './share-links.ts';
import { type CopyState, useCopied } from './use-copied.ts';

const QR_SIZE_PX = 132;

export interface ShareFormProps {
  readonly links: readonly OfferedLink[];
  /** Where other devices open the page, when this page's own address means nothing to them. */
  readonly networkOrigin?: string | undefined;
}

/** The links, what each gives, and the chosen one as a QR code for a headset. */
export function ShareForm({ links, networkOrigin }: ShareFormProps) {
  const group = useId();
  const { stateOf, copy } = useCopied();
  const [chosenRole, setChosenRole] = useState('editor');
  const chosen = links.find(({ role }) => role === chosenRole) ?? links[links.length - 1];
  if (!chosen) return <NoLinks />;
  return (
    <>
      <div className={styles.links} role="radiogroup" aria-label="Link">
        {links.map((link) => (
          <div key={link.role} className={styles.link}>
            <label className={styles.choice}>
              <input
                type="radio"
                name={group}
                checked={link === chosen}
                onChange={() => setChosenRole(link.role)}
              />
              <span className={styles.role}>{link.title}</span>
              <span className={styles.grants}>{link.grants}</span>
            </label>
            <CopyButton
              title={link.title}
              state={stateOf(link.url)}
              onCopy={() => copy(link.url)}
            />
          </div>
        ))}
      </div>
      <div className={styles.headset}>
        <QrCode url={urlForOthers(chosen.url, networkOrigin)} size={QR_SIZE_PX} />
        <div className={styles.headsetText}>
          <p className={styles.headsetTitle}>Open it in a headset or on a phone</p>
          <p>
            Point its camera at the code to join as {chosen.title.toLowerCase()}, or send it this:
          </p>
          <p className={styles.url}>{urlForOthers(chosen.url, networkOrigin)}</p>
        </div>
      </div>
    </>
  );
}

/** The same link at an address that other devices reach. */
function urlForOthers(url: string, origin: string | undefined): string {
  if (origin === undefined) return url;
  const { pathname, search, hash } = new URL(url);
  return new URL(pathname + search + hash, origin).href;
}

interface CopyButtonProps {
  readonly title: string;
  readonly state: CopyState;
  readonly onCopy: () => void;
}

const COPY_WORDS: Readonly<Record<CopyState, string>> = {
  idle: 'Copy link',
  copied: 'Copied',
  failed: 'Not allowed',
};

function CopyButton({ title, state, onCopy }: CopyButtonProps) {
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <Button
      look="secondary"
      className={classNames(styles.copy, state === 'copied' && styles.copied)}
      aria-label={`${COPY_WORDS[state]}: ${title}`}
      onClick={onCopy}
    >
      <Icon size={14} aria-hidden />
      <span aria-live="polite">{COPY_WORDS[state]}</span>
    </Button>
  );
}

function NoLinks() {
  return (
    <p className={styles.note}>
      <Info size={14} aria-hidden />
      This browser knows no link of the session. Ask who invited you for one.
    </p>
  );
}
