/** Who one is in this browser, and how that is taken to another. */
export interface IdentityView {
  /** The public key, 64 hexadecimal digits. */
  readonly key: string;
  /** Saves a file that the passphrase opens. Rejects with a sentence. */
  save(passphrase: string): Promise<void>;
  /** Becomes who the file says, and loads the page anew. Rejects with a sentence. */
  bring(file: File, passphrase: string): Promise<void>;
}
