import type { CommandListing } from '../../src/commands/registry.ts';
import { boundsText, type JsonSchema, typeText } from './parameter-type.ts';

const INTRODUCTION = `# Commands

<!-- Generated from the command registry by \`npm run generate\`. Do not edit. -->

Every change of a document is one of these commands; tools, scripts (\`theta.execute(type, params)\`) and
imports all go through them. In the browser, \`theta.commands\` lists the same.

- **Role**: the least role that may execute it.
- **Scope**: what it touches, and so what two authors may collide in.
- **Strategy**: what happens when they do. \`lww\`: the later writer by Lamport clock stands; \`merge\`:
  both stand, one applied after the other; \`reject\`: accepted only if the scope is still as its author
  had it.
- **Durability**: \`logged\` commands are ordered, stored and undoable; \`ephemeral\` ones are relayed as
  presence.
`;

/** The text of `docs/commands.md`: an overview, and each command with its parameters. */
export function commandPages(commands: readonly CommandListing[]): string {
  const parts = [INTRODUCTION, overview(commands), ...commands.map(commandSection)];
  return parts.join('\n');
}

function overview(commands: readonly CommandListing[]): string {
  const rows = commands.map(({ type, version, role, scope, strategy, durability }) => [
    `[\`${type}\`](#${anchor(type)})`,
    String(version),
    role,
    scope,
    strategy,
    durability,
  ]);
  return table(['Command', 'Version', 'Role', 'Scope', 'Strategy', 'Durability'], rows);
}

function commandSection({ type, version, summary, params }: CommandListing): string {
  const schema = params as JsonSchema;
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `\`${name}\``,
    `\`${typeText(field)}\``,
    schema.required?.includes(name) ? 'yes' : '',
    [descriptionOf(field), boundsText(field)].filter((text) => text !== '').join('; '),
  ]);
  if (schema.additionalProperties) rows.push(['…', '`any`', '', schema.description ?? '']);
  const parameters = rows.length === 0 ? 'No parameters.\n' : table(HEADINGS, rows);
  return `## ${type}\n\nVersion ${version}. ${summary}\n\n${parameters}`;
}

/** What a parameter is, or else what it is a list or a choice of. */
function descriptionOf({ description, items, anyOf = [] }: JsonSchema): string {
  if (description !== undefined) return description;
  const parts = items ? [items] : anyOf;
  return parts.flatMap((part) => part.description ?? []).join(' or ');
}

const HEADINGS = ['Parameter', 'Type', 'Required', 'Meaning'];

function table(headings: readonly string[], rows: readonly string[][]): string {
  const rule = headings.map(() => '---');
  const lines = [headings, rule, ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

/** A bar would end the cell, in code too. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The fragment that a heading of this text gets. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
