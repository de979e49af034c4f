import type { Governance } from '../../ecs/document/governance.ts';
import type { CommandDefinition } from '../definition.ts';
import { APPLIED } from '../effect.ts';

type Given = 'type' | 'ops' | 'summary' | 'label' | 'params' | 'resolve' | 'codec';

export interface AdminCommandParts<Params, Op> extends Pick<CommandDefinition<Params, Op>, Given> {
  /**
   * What becomes of the governance.
   * @param by the key of the admin, hexadecimal; undefined for the session itself
   * @throws {Refusal}
   */
  change(governance: Governance, op: Op, by: string | undefined): Governance;
}

/**
 * S2: a command about who may be here. It changes nothing that undo gives back: an admin who wants
 * another state says so by another command.
 */
export function adminCommand<Params, Op>({
  change,
  ...parts
}: AdminCommandParts<Params, Op>): CommandDefinition<Params, Op> {
  return {
    ...parts,
    version: 1,
    role: 'admin',
    scope: 'session',
    strategy: 'merge',
    durability: 'logged',
    undoable: false,
    apply(document, op, by) {
      const author = document.sites.authorOf(by.site);
      const key = [...document.governance.members.keys()].find((each) => each.startsWith(author));
      document.writeGovernance(change(document.governance, op, key));
      return APPLIED;
    },
  };
}
