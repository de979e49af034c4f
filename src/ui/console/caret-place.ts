import { isInComment, type JsToken, jsTokens } from './js-tokens.ts';

/** What a script is in the middle of saying where its caret is. */
export type CaretPlace = {
  /** What is written already of the word to come. */
  readonly typed: string;
  /** Where that begins. */
  readonly from: number;
  /** Whether it stands in quotes, and whether those are closed behind the caret. */
  readonly quoted: false | 'open' | 'closed';
} & (
  | { readonly kind: 'member'; readonly path: readonly string[] }
  | { readonly kind: 'command' }
  | {
      readonly kind: 'key' | 'value';
      readonly command: string;
      /** From the parameters inwards; `[]` is an element of a list. Of a value, its own key too. */
      readonly path: readonly string[];
      /** The keys that its object has already. */
      readonly taken: readonly string[];
    }
  | { readonly kind: 'name' }
);

/** Where the caret is; undefined where nothing is to be completed, as in comments and texts. */
export function caretPlace(source: string, caret: number): CaretPlace | undefined {
  if (isInComment(source, caret)) return undefined;
  const tokens = jsTokens(source.slice(0, caret));
  const last = tokens.at(-1);
  const touches = last?.end === caret;
  if (touches && last.kind === 'string' && last.open) {
    const quoted = jsTokens(source).some((each) => each.start === last.start && !each.open)
      ? 'closed'
      : 'open';
    const place = argumentPlace(tokens.slice(0, -1));
    if (place === undefined || place.kind === 'key') return undefined;
    return { ...place, typed: last.text.slice(1), from: last.start + 1, quoted };
  }
  if (touches && last.kind !== 'name' && last.kind !== 'mark') return undefined;
  const word = touches && last.kind === 'name' ? last : undefined;
  const before = word ? tokens.slice(0, -1) : tokens;
  const written = { typed: word?.text ?? '', from: word?.start ?? caret, quoted: false } as const;
  if (isDot(before.at(-1))) return { ...written, kind: 'member', path: chainBefore(before) };
  const place = argumentPlace(before);
  if (place !== undefined) return { ...written, ...place };
  return { ...written, kind: 'name' };
}

function isDot(token: JsToken | undefined): boolean {
  return token?.text === '.' || token?.text === '?.';
}

/** The names before a dot: `theta.session.` gives `theta` and `session`. */
function chainBefore(tokens: readonly JsToken[]): readonly string[] {
  const path: string[] = [];
  let at = tokens.length;
  while (isDot(tokens[at - 1]) && tokens[at - 2]?.kind === 'name') {
    path.unshift(tokens[at - 2]!.text);
    at -= 2;
  }
  // What is before it is not known: `made().theta.`.
  return isDot(tokens[at - 1]) ? [] : path;
}

type ArgumentPlace =
  | { readonly kind: 'command' }
  | {
      readonly kind: 'key' | 'value';
      readonly command: string;
      readonly path: readonly string[];
      readonly taken: readonly string[];
    };

/** A place in the arguments of an `execute`, undefined anywhere else. */
function argumentPlace(tokens: readonly JsToken[]): ArgumentPlace | undefined {
  const open = openBrackets(tokens);
  const at = open.findLastIndex((index) => tokens[index]!.text === '(');
  const call = open[at];
  if (call === undefined || !isExecute(tokens, call)) return undefined;
  const inner = open.slice(at + 1);
  const [type, ...others] = parts(tokens, call);
  if (inner.length === 0 && others.length === 0)
    return type?.length === 0 ? { kind: 'command' } : undefined;
  const command = type?.[0];
  if (others.length !== 1 || command?.kind !== 'string' || inner.length === 0) return undefined;
  if (tokens[inner[0]!]!.text !== '{') return undefined;
  return withinParams(tokens, inner, command.text.slice(1, -1));
}

function withinParams(
  tokens: readonly JsToken[],
  open: readonly number[],
  command: string,
): ArgumentPlace | undefined {
  const path: string[] = [];
  for (const bracket of open.slice(0, -1)) path.push(keyAt(tokens, bracket));
  const innermost = open.at(-1)!;
  const segments = parts(tokens, innermost);
  const current = segments.at(-1) ?? [];
  const taken = segments.slice(0, -1).flatMap(([key]) => (key ? [unquoted(key)] : []));
  if (tokens[innermost]!.text === '[')
    return current.length === 0
      ? { kind: 'value', command, path: [...path, '[]'], taken }
      : undefined;
  if (current.length === 0) return { kind: 'key', command, path, taken };
  if (current.length !== 2 || current[1]?.text !== ':') return undefined;
  return { kind: 'value', command, path: [...path, unquoted(current[0]!)], taken };
}

/** The key in an object, or `[]` in a list, whose value is being written in a bracket. */
function keyAt(tokens: readonly JsToken[], bracket: number): string {
  if (tokens[bracket]!.text === '[') return '[]';
  const key = parts(tokens, bracket).at(-1)?.[0];
  return key === undefined ? '' : unquoted(key);
}

function unquoted({ kind, text }: JsToken): string {
  return kind === 'string' ? text.slice(1, -1) : text;
}

/** The places of the brackets that are still open, from the outermost. */
function openBrackets(tokens: readonly JsToken[]): readonly number[] {
  const open: number[] = [];
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue;
    if ('([{'.includes(text)) open.push(at);
    else if (')]}'.includes(text)) open.pop();
  }
  return open;
}

/** What an open bracket holds so far, parted by its commas; of what is nested, everything. */
function parts(tokens: readonly JsToken[], bracket: number): readonly (readonly JsToken[])[] {
  const found: JsToken[][] = [[]];
  const depth = tokens[bracket]!.depth + 1;
  for (const token of tokens.slice(bracket + 1)) {
    if (token.depth === depth && token.text === ',') found.push([]);
    else found.at(-1)!.push(token);
  }
  return found;
}

function isExecute(tokens: readonly JsToken[], bracket: number): boolean {
  return tokens[bracket - 1]?.text === 'execute' && isDot(tokens[bracket - 2]);
}
