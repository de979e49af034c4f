/** Marks the file as ours: 'Thta'. */
export const APPLICATION_ID = 0x54687461;

/** Raised by one with every entry added to `MIGRATIONS`. */
export const SCHEMA_VERSION = 3;

/** What each version adds to the one before; the first makes an empty file ours. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    public_key BLOB NOT NULL,
    private_key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    genesis BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE links (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (session_id, id),
    UNIQUE (session_id, token_hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE members (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    role TEXT CHECK (role IN ('viewer', 'editor', 'admin')),
    via_link TEXT,
    banned_at INTEGER,
    name TEXT,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (session_id, author)
  ) STRICT, WITHOUT ROWID;

  -- The column is "position": "index" is a keyword. Packets are large, so this table keeps its rowid.
  CREATE TABLE log (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    entry_count INTEGER NOT NULL,
    author TEXT NOT NULL,
    replica INTEGER NOT NULL,
    nonce INTEGER NOT NULL,
    packet BLOB NOT NULL,
    judgement BLOB NOT NULL,
    head BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, position),
    UNIQUE (session_id, author, replica, nonce)
  ) STRICT;

  CREATE TABLE snapshots (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    log_index INTEGER NOT NULL,
    head BLOB NOT NULL,
    bytes BLOB NOT NULL,
    world_hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, seq)
  ) STRICT;

  CREATE TABLE blob_grants (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, hash)
  ) STRICT, WITHOUT ROWID;
  `,
  // S2: roles, links and locks are in the log; of links only the first ones, which begin it, are here.
  `
  DROP TABLE members;
  DELETE FROM links WHERE revoked_at IS NOT NULL;
  ALTER TABLE links DROP COLUMN expires_at;
  ALTER TABLE links DROP COLUMN revoked_at;
  ALTER TABLE sessions DROP COLUMN locked;
  `,
  `
  ALTER TABLE log ADD COLUMN checksum BLOB;
  ALTER TABLE snapshots ADD COLUMN size INTEGER NOT NULL DEFAULT 0;

  -- What the history lists. All of it follows from the log.
  CREATE TABLE steps (
    session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    position INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    type TEXT NOT NULL,
    label TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    version_seq INTEGER,
    version_name TEXT,
    PRIMARY KEY (session_id, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX versions ON steps (session_id, ordinal) WHERE version_seq IS NOT NULL;
  `,
];
