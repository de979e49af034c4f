import type { z } from 'zod';
import type { Bytes } from '../../../shared/bytes.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { ImportRun } from '../import-run.ts';
import { type Gltf, gltfSchema } from './gltf-schema.ts';

/**
 * The JSON of a glTF file, every part of it that is read checked for its type.
 * @throws {ThetaError<ImportCode>} `malformed`, `cut_off` or `unsupported_format`
 */
export function parseGltfJson(bytes: Bytes, run: ImportRun): Gltf {
  const json = parseJson(decodeText(bytes, run), run);
  const version = versionOf(json);
  if (version !== undefined && !version.startsWith('2.')) {
    throw run.fault('unsupported_format', `is glTF version ${version}; only version 2 can be read`);
  }
  const result = gltfSchema.safeParse(json);
  if (result.success) return result.data;
  throw run.fault('malformed', `is not valid glTF: ${firstProblem(result.error)}`);
}

function decodeText(bytes: Bytes, run: ImportRun): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw run.fault('malformed', 'is not valid glTF: it is not text in UTF-8', { cause });
  }
}

function parseJson(text: string, run: ImportRun): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isWhole = text.trimEnd().endsWith('}');
    if (!isWhole) throw run.fault('cut_off', 'is cut off: its JSON has no end', { cause });
    throw run.fault('malformed', `is not valid JSON (${messageOf(cause)})`, { cause });
  }
}

function versionOf(json: unknown): string | undefined {
  const asset = (json as { asset?: { version?: unknown } } | null)?.asset;
  return typeof asset?.version === 'string' ? asset.version : undefined;
}

/** The first problem, as `nodes[3].mesh: …`. */
function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'its structure is wrong';
  const path = issue.path.map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
  );
  const place = path.join('').replace(/^\./, '');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
