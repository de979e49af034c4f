import type { CSSProperties } from 'react';
import type { RowPeer } from '../../editor/editor.ts';
import { initialsOf } from '../people/initials.ts';
import { inkOn } from '../people/ink-on.ts';
import styles from './outliner.module.css';

/** Beyond so many only their number is told. */
const MOST_SHOWN = 3;

/** Who else is at an object: initials on their colour, a ring while they drag it. */
export function RowPeers({ peers }: { readonly peers: readonly RowPeer[] }) {
  if (peers.length === 0) return null;
  const words = peers.map(wordsOf).join(', ');
  return (
    <span className={styles.peers} role="img" aria-label={words} title={words}>
      {peers.slice(0, MOST_SHOWN).map(({ peer, name, color, dragging }) => (
        <span
          key={peer}
          className={styles.peer}
          data-dragging={dragging}
          style={{ '--person': color, '--person-ink': inkOn(color) } as CSSProperties}
        >
          {initialsOf(name)}
        </span>
      ))}
      {peers.length > MOST_SHOWN && <span>+{peers.length - MOST_SHOWN}</span>}
    </span>
  );
}

function wordsOf({ name, dragging }: RowPeer): string {
  return dragging ? `${name} is moving it` : `${name} has it selected`;
}
