import { z } from 'zod';
import { MAX_LABEL_BYTES } from '../../protocol/limits.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { invalidParams } from '../params.ts';

const params = z.object({
  seq: z.number().int().min(0).describe('of the last entry that the version has'),
  name: z.string().trim().describe('empty takes the name away'),
});

export interface VersionNameOp {
  readonly seq: number;
  readonly name: string;
}

/** D4: what people call a moment stands in the log alone; the document knows nothing of it. */
export const versionName: CommandDefinition<z.infer<typeof params>, VersionNameOp> = {
  type: 'version.name',
  version: 1,
  ops: 'VersionName1',
  summary: 'Gives a moment of the history a name, or takes it away.',
  role: 'editor',
  scope: 'session',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Name a version',
  undoable: false,

  resolve({ seq, name }) {
    if (new TextEncoder().encode(name).length > MAX_LABEL_BYTES) {
      invalidParams('The name of a version is at most 256 bytes long.');
    }
    return { ops: [{ seq, name }] };
  },

  apply: () => APPLIED,

  codec: itemCodec<'VersionName1', VersionNameOp>(
    'VersionName1',
    (_document, { seq, name }) => ({ seq, name }),
    (_document, { seq, name }) => ({ seq, name }),
  ),
};
