import { strFromU8 } from 'fflate';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { sha256Hex } from '../assets/sha256.ts';
import type { ImportRun } from '../import/import-run.ts';
import { ASSET_FOLDER, PROJECT_ENTRY, type Project, projectSchema } from './project-file.ts';
import { type UnzipCode, unzipWithin } from './unzip-within.ts';

/** A `.theta` file that has been read: its contents are what their names say. */
export interface ReadProject {
  readonly project: Project;
  readonly contents: ReadonlyMap<string, Bytes>;
}

/**
 * Reads a `.theta` file, unpacked within the limits of an import whatever the archive says of itself.
 * @throws {ThetaError<ImportCode>} naming the file and its fault
 */
export async function readProject(bytes: Bytes, run: ImportRun): Promise<ReadProject> {
  run.progress(null, 'Unpacking');
  const files = unpack(bytes, run);
  const project = parse(files.get(PROJECT_ENTRY), run);
  const contents = new Map<string, Bytes>();
  for (const { digest } of project.assets) {
    const content = files.get(`${ASSET_FOLDER}${digest}`);
    if (content === undefined) throw run.fault('missing_file', `lacks its content ${digest}`);
    if ((await sha256Hex(content)) !== digest) {
      throw run.fault('malformed', `has a content that is not what its name says: ${digest}`);
    }
    contents.set(digest, content);
  }
  checkEntities(project, run);
  return { project, contents };
}

function unpack(bytes: Bytes, run: ImportRun): ReadonlyMap<string, Bytes> {
  const { assetBytes: each, fileBytes: total } = run.limits;
  try {
    return unzipWithin(bytes, isOurs, { each, total });
  } catch (cause) {
    if (!(cause instanceof ThetaError)) throw cause;
    throw run.fault(cause.code as UnzipCode, cause.message, { cause });
  }
}

function isOurs(name: string): boolean {
  return name === PROJECT_ENTRY || name.startsWith(ASSET_FOLDER);
}

function parse(file: Uint8Array | undefined, run: ImportRun): Project {
  if (file === undefined)
    throw run.fault('malformed', `is no .theta file: it has no ${PROJECT_ENTRY}`);
  let json: unknown;
  try {
    json = JSON.parse(strFromU8(file));
  } catch (cause) {
    throw run.fault('malformed', `has a broken ${PROJECT_ENTRY}`, { cause });
  }
  const parsed = projectSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the file';
  throw run.fault('malformed', `is not as it should be: ${where}: ${issue?.message}`);
}

/** Every parent is there, before its children. */
function checkEntities({ entities }: Project, run: ImportRun): void {
  if (entities.length === 0) throw run.fault('nothing_to_import', 'has nothing in it to import');
  const seen = new Set<string>();
  for (const { id, parent } of entities) {
    if (seen.has(id)) throw run.fault('malformed', `has two objects called ${id}`);
    if (parent !== null && !seen.has(parent)) {
      throw run.fault('malformed', `has an object (${id}) before the one that it is in`);
    }
    seen.add(id);
  }
}
