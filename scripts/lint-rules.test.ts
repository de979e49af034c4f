import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Shows that `biome.json` refuses what the rooms of the house forbid: a scratch repository with our
 * configuration, a file for each import that someone might write, and one run of the linter over all.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESTRICTED = 'lint/style/noRestrictedImports';
const CYCLE = 'lint/suspicious/noImportCycles';

/** Whom each room may import, beside itself (docs/architecture.md). */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  ecs: ['shared'],
  mesh: ['shared'],
  protocol: ['shared'],
  commands: ['shared', 'ecs', 'mesh', 'protocol', 'replication'],
  replication: ['shared', 'ecs', 'protocol'],
  transport: ['shared'],
  telemetry: ['shared'],
  editor: ['shared', 'commands', 'ecs', 'mesh'],
  render: ['shared', 'ecs', 'mesh'],
  xr: ['shared', 'editor', 'render', 'ecs'],
  ui: ['shared', 'editor', 'telemetry'],
  client: [
    ...['shared', 'ecs', 'mesh', 'protocol', 'commands', 'replication', 'transport'],
    ...['telemetry', 'editor', 'render', 'xr', 'ui'],
  ],
  server: [
    ...['shared', 'commands', 'ecs', 'mesh', 'protocol', 'replication', 'transport'],
    'telemetry',
  ],
};
const NAMES = Object.keys(ROOMS);

/** Rooms that draw nothing, and so run in a server too. */
const HEADLESS = NAMES.filter((name) => !['render', 'xr', 'ui', 'client'].includes(name));

/** Every way to write an import, each from a file of `from`. */
const WAYS: Readonly<Record<string, (to: string) => string>> = {
  'plain.ts': (to) => `import { thing } from '../${to}/thing.ts';\nexport const held = thing;\n`,
  'type.ts': (to) => `import type { Thing } from '../${to}/thing.ts';\nexport type Held = Thing;\n`,
  'again.ts': (to) => `export { thing } from '../${to}/thing.ts';\n`,
  'later.ts': (to) => `export const load = () => import('../${to}/thing.ts');\n`,
  'below/deep.ts': (to) =>
    `import { thing } from '../../${to}/thing.ts';\nexport const held = thing;\n`,
};

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

let folder: string;
let found: Map<string, Set<string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-lint-'));
  for (const file of ['biome.json', '.gitignore', 'package.json'])
    await cp(join(ROOT, file), join(folder, file));
  for (const [path, text] of fixtures()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  found = lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function fixtures(): Map<string, string> {
  const files = new Map<string, string>();
  const thing = 'export interface Thing {\n  readonly name: string;\n}\nexport const thing = 1;\n';
  for (const from of NAMES) {
    files.set(`src/${from}/thing.ts`, thing);
    for (const to of NAMES.filter((name) => name !== from))
      for (const [file, text] of Object.entries(WAYS))
        files.set(importer(from, to, file), text(to));
    for (const library of ['three', 'react'])
      files.set(`src/${from}/uses-${library}.ts`, `export * from '${library}';\n`);
  }
  for (const [path, text] of Object.entries(REFUSED)) files.set(path, text.join('\n'));
  return files;
}

function importer(from: string, to: string, file: string): string {
  const [name, ...folders] = file.split('/').reverse();
  return ['src', from, ...folders.reverse(), `${to}-${name}`].join('/');
}

/** Files that break one other rule each. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'src/ecs/cycle-a.ts': ["import { b } from './cycle-b.ts';", 'export const a = () => b;'],
  'src/ecs/cycle-b.ts': ["import { a } from './cycle-a.ts';", 'export const b = () => a;'],
  'src/ecs/floating.ts': [
    'async function work(): Promise<number> {',
    '  return 1;',
    '}',
    'export function start(): void {',
    '  work();',
    '}',
  ],
  'src/ecs/any.ts': ['export const loose = (value: any) => value;'],
  'src/ecs/unused-import.ts': ["import { thing } from './thing.ts';", 'export const two = 2;'],
  'src/ecs/unused-variable.ts': ['export function two() {', '  const one = 1;', '  return 2;', '}'],
  'src/ecs/default-export.ts': ['export default 1;'],
  'src/ecs/empty-catch.ts': [
    'export function two() {',
    '  try {',
    '    return 2;',
    '  } catch {}',
    '}',
  ],
  'src/ecs/enumeration.ts': ['export enum Color {', '  Red = 1,', '}'],
  'src/ecs/no-extension.ts': ["export { thing } from './thing';"],
  'src/ecs/CamelCase.ts': ['export const one = 1;'],
  'src/ecs/left-out.test.ts': [
    "import { it } from 'vitest';",
    "it.skip('works', () => undefined);",
  ],
  'src/ecs/alone.test.ts': ["import { it } from 'vitest';", "it.only('works', () => undefined);"],
};

/** The rules that each file breaks. */
function lint(): Map<string, Set<string>> {
  const manifest = createRequire(import.meta.url).resolve('@biomejs/biome/package.json');
  const biome = join(dirname(manifest), 'bin', 'biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.includes('"diagnostics"')) throw new Error(`Biome gave no report:\n${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  const rules = new Map<string, Set<string>>();
  for (const { category, location } of diagnostics) {
    const path = location.path.replaceAll('\\', '/');
    rules.set(path, (rules.get(path) ?? new Set()).add(category));
  }
  return rules;
}

function isRefused(path: string, rule: string): boolean {
  return found.get(path)?.has(rule) ?? false;
}

describe('rooms of the house', () => {
  it.each(NAMES)('%s imports the rooms that it may, and no other, in whatever way', (from) => {
    const others = NAMES.filter((name) => name !== from);
    for (const file of Object.keys(WAYS)) {
      const open = others.filter((to) => !isRefused(importer(from, to, file), RESTRICTED));
      expect(open.sort(), `src/${from}: ${file}`).toEqual([...ROOMS[from]!].sort());
    }
  });

  it.each(HEADLESS)('%s knows nothing of three or React', (name) => {
    expect(isRefused(`src/${name}/uses-three.ts`, RESTRICTED)).toBe(true);
    expect(isRefused(`src/${name}/uses-react.ts`, RESTRICTED)).toBe(true);
  });

  it('render may use three, and ui may use React', () => {
    expect(isRefused('src/render/uses-three.ts', RESTRICTED)).toBe(false);
    expect(isRefused('src/ui/uses-react.ts', RESTRICTED)).toBe(false);
  });

  it('a cycle is refused in both of its files', () => {
    expect(isRefused('src/ecs/cycle-a.ts', CYCLE)).toBe(true);
    expect(isRefused('src/ecs/cycle-b.ts', CYCLE)).toBe(true);
  });
});

describe('what no file may do', () => {
  it.each([
    ['leave a promise floating', 'floating.ts', 'lint/nursery/noFloatingPromises'],
    ['use any', 'any.ts', 'lint/suspicious/noExplicitAny'],
    ['import what it does not use', 'unused-import.ts', 'lint/correctness/noUnusedImports'],
    ['keep unused variables', 'unused-variable.ts', 'lint/correctness/noUnusedVariables'],
    ['export a default', 'default-export.ts', 'lint/style/noDefaultExport'],
    ['swallow errors', 'empty-catch.ts', 'lint/suspicious/noEmptyBlockStatements'],
    ['declare an enum', 'enumeration.ts', 'lint/style/noEnum'],
    ['import without an extension', 'no-extension.ts', 'lint/correctness/useImportExtensions'],
    ['have another case', 'CamelCase.ts', 'lint/style/useFilenamingConvention'],
    ['skip a test', 'left-out.test.ts', 'lint/suspicious/noSkippedTests'],
    ['run one test alone', 'alone.test.ts', 'lint/suspicious/noFocusedTests'],
  ])('%s', (_what, file, rule) => {
    expect([...(found.get(`src/ecs/${file}`) ?? [])]).toContain(rule);
  });
});
