/** Withdraws the link of a role: `revoke-link.ts <database> <session> <role>`, run by Deno. */
import { planLinkRevocation } from '../../src/server/governance.ts';
import { DenoSqliteStorage } from '../../src/server/storage/deno-sqlite-storage.ts';

const [path, sessionId, role] = Deno.args;
if (path === undefined || sessionId === undefined)
  throw new Error('Name a database and a session.');
const storage = new DenoSqliteStorage(path);
const link = (await storage.listLinks(sessionId)).find((each) => each.role === role);
if (link === undefined) throw new Error(`The session has no link for ${role}.`);
const { links, members } = await planLinkRevocation(storage, sessionId, link.id, Date.now());
for (const each of links) await storage.putLink(each);
for (const each of members) await storage.putMember(each);
await storage.close();
