import { hashToken, linkPath } from '../commands/governance/link-token.ts';
import type { Governance } from '../ecs/document/governance.ts';
import type { Role } from '../shared/roles.ts';
import type { Database, KnownSession } from './storage/database.ts';

/** The tokens of a session that this browser knows: those it came by, and those of links made in it. */
export class SessionLinks {
  readonly #database: Database;
  readonly #session: string;
  /** Tokens by their hashes, oldest first. */
  readonly #tokens = new Map<string, string>();

  constructor(database: Database, session: string) {
    this.#database = database;
    this.#session = session;
  }

  /** Reads what an earlier page knew, and adds what this one came by. */
  async open(token: string | undefined): Promise<void> {
    const known = await this.#database.get('sessions', this.#session);
    for (const each of tokensOf(known)) this.#tokens.set(hashToken(each), each);
    if (token !== undefined) await this.learn(token);
  }

  /** Keeps the token of a link. */
  async learn(token: string): Promise<void> {
    const hash = hashToken(token);
    if (this.#tokens.has(hash)) return;
    this.#tokens.set(hash, token);
    const tokens = [...this.#tokens.values()];
    await this.#database.put('sessions', { session: this.#session, tokens });
  }

  /** The absolute address of the link with this hash; undefined where its token is not known. */
  urlOf(tokenHash: string): string | undefined {
    const token = this.#tokens.get(tokenHash);
    return token && new URL(linkPath(this.#session, token), location.href).href;
  }

  /** The newest known link of each role that lets somebody in now. */
  offered({ links }: Governance, now: number): Readonly<Partial<Record<Role, string>>> {
    const offered: Partial<Record<Role, string>> = {};
    for (const { role, tokenHash, revoked, expiresAt } of links.values()) {
      const url = this.urlOf(tokenHash);
      const open = !revoked && (expiresAt === undefined || expiresAt > now);
      if (url !== undefined && open) offered[role] = url;
    }
    return offered;
  }
}

/** Keeps the links of a session that one has made: the server gives them only once. */
export async function rememberLinks(
  database: Database,
  session: string,
  links: Readonly<Record<Role, string>>,
): Promise<void> {
  const tokens = Object.values(links).map((path) => path.slice(path.indexOf('#') + 1));
  await database.put('sessions', { session, tokens });
}

/** Earlier versions kept one path for each role. */
function tokensOf(known: KnownSession | undefined): readonly string[] {
  const paths = Object.values(known?.links ?? {});
  return [...paths.map((path) => path.slice(path.indexOf('#') + 1)), ...(known?.tokens ?? [])];
}
