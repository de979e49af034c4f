/** What the server uses of `node:sqlite`, which Deno 2.9 has and Node 20's types do not. */
declare module 'node:sqlite' {
  type SqlValue = null | number | bigint | string | Uint8Array;
  type SqlRow = Record<string, null | number | string | Uint8Array<ArrayBuffer>>;

  class StatementSync {
    get(...parameters: SqlValue[]): SqlRow | undefined;
    all(...parameters: SqlValue[]): SqlRow[];
    run(...parameters: SqlValue[]): { changes: number; lastInsertRowid: number };
  }

  class DatabaseSync {
    constructor(path: string, options?: { readOnly?: boolean });
    readonly isTransaction: boolean;
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
    close(): void;
  }
}
