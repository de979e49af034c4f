import styles from './keys.module.css';

/** The keys of a shortcut, as `ActionRegistry.shortcutOf` words them. */
export function Keys({ keys }: { readonly keys: string }) {
  return <kbd className={styles.keys}>{keys}</kbd>;
}
