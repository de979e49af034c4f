import type { Database, KnownSession } from './storage/database.ts';

type RoleName = keyof KnownSession['links'];

/** The links to a session that this browser knows, as absolute addresses to hand on. */
export class SessionLinks {
  readonly #database: Database;
  readonly #session: string;
  #paths: KnownSession['links'] = {};

  constructor(database: Database, session: string) {
    this.#database = database;
    this.#session = session;
  }

  get urls(): Readonly<Partial<Record<RoleName, string>>> {
    return Object.fromEntries(
      Object.entries(this.#paths).map(([role, path]) => [role, new URL(path, location.href).href]),
    );
  }

  /** Keeps the link that one came by, beside those that one had. */
  async learn(role: RoleName, token: string | undefined): Promise<void> {
    const known = await this.#database.get('sessions', this.#session);
    const own = token === undefined ? {} : { [role]: `/s/${this.#session}#${token}` };
    this.#paths = { ...own, ...known?.links };
    await this.#database.put('sessions', { session: this.#session, links: this.#paths });
  }
}

/** Keeps the links of a session that one has made: the server gives them only once. */
export async function rememberLinks(
  database: Database,
  session: string,
  links: KnownSession['links'],
): Promise<void> {
  await database.put('sessions', { session, links });
}
