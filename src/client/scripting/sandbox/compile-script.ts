import { type JsToken, jsTokens } from '../../../ui/console/js-tokens.ts';

/** A script, ready to run. */
export interface CompiledScript {
  /**
   * Runs it; gives the value of its last statement where that is an expression. What it declares at its
   * top is kept in `scope`; what is in there it sees by name, and behind it what is in `globals`.
   */
  run(scope: Scope, globals?: Scope): Promise<unknown>;
}

export type Scope = Record<string, unknown>;

type Body = (globals: Scope, scope: Scope, keep: (values: () => Scope) => void) => Promise<unknown>;

const AsyncFunction = (async () => undefined).constructor as new (...parts: string[]) => Body;

const GLOBALS = '$globals';
const SCOPE = '$scope';
const KEEP = '$keep';
const DECLARING = new Set(['const', 'let', 'var']);

/**
 * Compiles a script as a console does: `await` stands anywhere, the last expression is the result, and
 * names live on. Nothing of it is written anew; it is only told apart where it may end.
 * @throws {SyntaxError}
 */
export function compileScript(source: string): CompiledScript {
  const tokens = jsTokens(source);
  const keep = keeping(declaredNames(tokens));
  const body = withResult(source, tokens, keep) ?? compile(`${source}\n${keep}`);
  return {
    run: (scope, globals = {}) =>
      body(globals, scope, (values) => void Object.assign(scope, values())),
  };
}

/** The names that a script declares at its top. */
export function declaredNames(tokens: readonly JsToken[]): readonly string[] {
  const names: string[] = [];
  for (const [at, { text, kind, depth }] of tokens.entries()) {
    const next = tokens[at + 1];
    if (depth !== 0 || kind !== 'name' || tokens[at - 1]?.text === '.' || !next) continue;
    if (DECLARING.has(text)) names.push(...bindings(tokens, at + 1));
    else if (text === 'class' || text === 'function') {
      const name = next.text === '*' ? tokens[at + 2] : next;
      if (name?.kind === 'name' && beginsStatement(tokens, at)) names.push(name.text);
    }
  }
  return [...new Set(names)];
}

/** Whether a `class` or `function` declares rather than gives a value. */
function beginsStatement(tokens: readonly JsToken[], at: number): boolean {
  const before = tokens[at - 1];
  if (before?.text === 'async' && !tokens[at]!.newLine) return beginsStatement(tokens, at - 1);
  return before === undefined || before.text === ';' || before.text === '}' || tokens[at]!.newLine;
}

/** The names of a `const`, `let` or `var`, from the first of them on. */
function bindings(tokens: readonly JsToken[], from: number): readonly string[] {
  const names: string[] = [];
  let expected = true;
  for (let at = from; at < tokens.length; at++) {
    const { text, kind, depth } = tokens[at]!;
    if (depth > 0) continue;
    if (expected) {
      if (kind === 'name') names.push(text);
      else if (text === '{' || text === '[') names.push(...patternNames(tokens, at));
      else break;
      expected = false;
    } else if (text === ';' || (kind === 'name' && tokens[at]!.newLine)) break;
    else if (text === ',') expected = true;
  }
  return names;
}

/** The names of a pattern such as `{ a, b: [c], ...rest }`, whose bracket is at `open`. */
function patternNames(tokens: readonly JsToken[], open: number): readonly string[] {
  const names: string[] = [];
  const within = tokens[open]!.depth;
  /** How deep the default value is that is being passed over. */
  let passing: number | undefined;
  for (let at = open + 1; at < tokens.length && tokens[at]!.depth > within; at++) {
    const { text, kind, depth } = tokens[at]!;
    if (passing !== undefined && (depth > passing || (depth === passing && text !== ','))) {
      if (tokens[at + 1] && tokens[at + 1]!.depth < passing) passing = undefined;
      continue;
    }
    passing = undefined;
    if (text === '=') passing = depth;
    else if (kind === 'name' && tokens[at + 1]?.text !== ':') names.push(text);
  }
  return names;
}

function keeping(names: readonly string[]): string {
  return names.length === 0 ? '' : `;${KEEP}(() => ({ ${names.join(', ')} }));`;
}

/**
 * With its last statement given back, if that is an expression. It begins at the first place where a
 * statement may begin, from where on all of the rest is one expression, and before which all is whole.
 */
function withResult(source: string, tokens: readonly JsToken[], keep: string): Body | undefined {
  const last = tokens.at(-1);
  const end = last?.text === ';' && last.depth === 0 ? last.start : (last?.end ?? 0);
  for (const start of statementStarts(tokens)) {
    const [head, tail] = [source.slice(0, start), source.slice(start, end)];
    if (attempt(`return (${tail}\n)`) === undefined || attempt(head) === undefined) continue;
    // What was declared is kept before the last expression: it may not come to an end.
    return attempt(`${head}\n${keep}\nreturn (${tail}\n)`);
  }
  return undefined;
}

/** Where an expression may begin that is a statement. A brace is an object where nothing is before it. */
function statementStarts(tokens: readonly JsToken[]): readonly number[] {
  return tokens
    .filter(({ depth, newLine, text }, at) => {
      const before = tokens[at - 1];
      if (before === undefined) return !declares(tokens, at);
      const parted = newLine || before.text === ';' || before.text === '}';
      return depth === 0 && parted && text !== ';' && text !== '{' && !declares(tokens, at);
    })
    .map(({ start }) => start);
}

function declares(tokens: readonly JsToken[], at: number): boolean {
  const [{ text }, next] = [tokens[at]!, tokens[at + 1]?.text];
  return text === 'class' || text === 'function' || (text === 'async' && next === 'function');
}

function attempt(code: string): Body | undefined {
  try {
    return compile(code);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function compile(code: string): Body {
  // The first compiles the script alone, so that no bracket of it ends what stands around it.
  new AsyncFunction(code);
  return new AsyncFunction(
    ...[GLOBALS, SCOPE, KEEP],
    `with (${GLOBALS}) with (${SCOPE}) {\n${code}\n}`,
  );
}
