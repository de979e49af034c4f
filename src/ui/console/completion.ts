import { type CaretPlace, caretPlace } from './caret-place.ts';
import {
  type Command,
  choicesOf,
  kindOf,
  type Member,
  type ParamSchema,
  schemaWithin,
  type Vocabulary,
} from './vocabulary.ts';

/** One thing that could be meant. */
export interface CompletionOption {
  readonly label: string;
  /** What it is, in a few words. */
  readonly detail: string;
  /** What takes the place of what is written. */
  readonly insert: string;
  /** Where in that the caret comes to be. */
  readonly caret: number;
}

export interface Completion {
  /** Where what is written begins. */
  readonly from: number;
  /** The best first; never empty. */
  readonly options: readonly CompletionOption[];
}

/** What is asked for: by typing, which shall not be in the way, or by a key for it. */
export type CompletionCause = 'typing' | 'key';

/** Letters before a word is completed that stands alone, or has them within. */
const FEW = 2;
const GLOBALS = ['theta', 'console', 'await'] as const;

/** What could be meant at the caret; undefined where nothing is known, or nothing is left to add. */
export function complete(
  source: string,
  caret: number,
  vocabulary: Vocabulary,
  cause: CompletionCause = 'typing',
): Completion | undefined {
  const place = caretPlace(source, caret);
  if (place === undefined) return undefined;
  const rest = source.slice(caret);
  const isWord = place.kind === 'name';
  if (isWord && place.typed.length < FEW && cause === 'typing') return undefined;
  const options = matching(optionsAt(place, rest, vocabulary), place.typed, isWord);
  const isWhole = options.length === 1 && options[0]!.label === place.typed;
  if (options.length === 0 || (isWhole && cause === 'typing')) return undefined;
  return { from: place.from, options };
}

/** A script with an option in the place of what was written at the caret. */
export function accept(
  source: string,
  caret: number,
  { from }: Completion,
  option: CompletionOption,
): { readonly source: string; readonly caret: number } {
  return {
    source: source.slice(0, from) + option.insert + source.slice(caret),
    caret: from + option.caret,
  };
}

/** Those that begin so, then those that have it in them. */
function matching(options: readonly CompletionOption[], typed: string, isWord: boolean) {
  const wanted = typed.toLowerCase();
  const rank = ({ label }: CompletionOption): number => label.toLowerCase().indexOf(wanted);
  const begins = options.filter((each) => rank(each) === 0);
  if (isWord || typed.length < FEW) return begins;
  return [...begins, ...options.filter((each) => rank(each) > 0)];
}

function optionsAt(
  place: CaretPlace,
  rest: string,
  { members, commands, names }: Vocabulary,
): readonly CompletionOption[] {
  if (place.kind === 'command') return commands.map((each) => commandOption(each, place, rest));
  if (place.kind === 'member') return memberOptions(place.path, members, rest);
  if (place.kind === 'name')
    return [...GLOBALS, ...names].map((name) =>
      plain(name, names.includes(name) ? 'declared' : ''),
    );
  const params = commands.find(({ type }) => type === place.command)?.params;
  const schema = place.path.reduce(schemaWithin, params as ParamSchema | undefined);
  if (place.kind === 'value')
    return choicesOf(schema).map((value) => valueOption(value, place.quoted));
  return Object.entries(schema?.properties ?? {})
    .filter(([key]) => !place.taken.includes(key))
    .map(([key, value]) => keyOption(key, value, schema!.required?.includes(key) === true, rest));
}

function plain(label: string, detail: string): CompletionOption {
  return { label, detail, insert: label, caret: label.length };
}

function memberOptions(
  [root, ...path]: readonly string[],
  members: readonly Member[],
  rest: string,
): readonly CompletionOption[] {
  if (root !== 'theta') return [];
  if (path.length === 0) return members.map((each) => memberOption(each, rest));
  const [name] = path;
  const member = path.length === 1 ? members.find((each) => each.name === name) : undefined;
  return (member?.fields ?? []).map((field) => plain(field, ''));
}

function memberOption({ name, parameters, summary }: Member, rest: string): CompletionOption {
  if (parameters === undefined || rest.startsWith('(')) return plain(name, summary);
  const insert = `${name}()`;
  return {
    label: name,
    detail: summary,
    insert,
    caret: insert.length - (parameters === '' ? 0 : 1),
  };
}

/** With its quotes, and an object for its parameters, as far as they are not there. */
function commandOption(
  { type, summary, params }: Command,
  { quoted }: CaretPlace,
  rest: string,
): CompletionOption {
  const named = `${quoted ? '' : "'"}${type}${quoted === 'closed' ? '' : "'"}`;
  const follows = quoted === 'closed' ? rest.replace(/^[^'"]*['"]/, '') : rest;
  const hasParams = Object.keys(params.properties ?? {}).length > 0;
  const goesOn = quoted === 'closed' || !/^\s*(\)|$)/.test(follows) || !hasParams;
  // Past a quote that is there already.
  const past = quoted === 'closed' && /^['"]/.test(rest) ? 1 : 0;
  if (goesOn) return { ...plain(type, summary), insert: named, caret: named.length + past };
  const insert = `${named}, {  }${follows.trim() === '' ? ')' : ''}`;
  return { label: type, detail: summary, insert, caret: named.length + ', { '.length };
}

function valueOption(value: unknown, quoted: CaretPlace['quoted']): CompletionOption {
  if (typeof value !== 'string') return plain(String(value), '');
  const insert = `${quoted ? '' : "'"}${value}${quoted === 'closed' ? '' : "'"}`;
  return { label: value, detail: '', insert, caret: insert.length };
}

/** With what its value begins with. */
function keyOption(
  key: string,
  schema: ParamSchema,
  required: boolean,
  rest: string,
): CompletionOption {
  const about = schema.description ?? kindOf(schema);
  const detail = required ? `${about}, required` : about;
  if (/^\s*:/.test(rest)) return { ...plain(key, detail) };
  const value = { object: '{  }', array: '[]', string: "''" }[String(schema.type)] ?? '';
  const insert = `${key}: ${value}`;
  const back = value === '' ? 0 : value.length / 2;
  return { label: key, detail, insert, caret: insert.length - back };
}
