/** A piece of JavaScript that means something; spaces and comments are left out. */
export interface JsToken {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'mark';
  readonly text: string;
  readonly start: number;
  /** One behind its last character. */
  readonly end: number;
  /** How many brackets are open around it; a bracket itself counts as outside of what it encloses. */
  readonly depth: number;
  /** Whether a line ended between it and the one before. */
  readonly newLine: boolean;
  /** Whether a string, template or pattern lacks its end. */
  readonly open: boolean;
}

const SPACE = /\s/;
const NAME_START = /[\p{ID_Start}$_#]/u;
const NAME = /[\p{ID_Continue}$#]+/uy;
const NUMBER = /[0-9](?:[eE][+-]|[\w.])*/y;
const OPENING = '([{';
const CLOSING = ')]}';
/** After these a slash begins a pattern, though they look like values. */
const BEFORE_PATTERN = new Set(
  'await case delete do else in instanceof new of return throw typeof void yield'.split(' '),
);

/**
 * Takes a script apart, as far as finding its statements and its brackets needs it. It never fails: what
 * is no JavaScript becomes marks, and what is not ended ends with the text. (A slash after `)` is taken
 * for a division, after `}` for the beginning of a pattern.)
 */
export function jsTokens(source: string): readonly JsToken[] {
  const tokens: JsToken[] = [];
  let depth = 0;
  let newLine = false;
  let at = 0;
  const add = (kind: JsToken['kind'], end: number, open = false): void => {
    tokens.push({ kind, text: source.slice(at, end), start: at, end, depth, newLine, open });
    newLine = false;
    at = end;
  };
  while (at < source.length) {
    const char = source[at]!;
    const two = source.slice(at, at + 2);
    if (SPACE.test(char)) {
      newLine ||= char === '\n';
      at++;
    } else if (two === '//' || two === '/*') {
      const end = commentEnd(source, at);
      newLine ||= source.slice(at, end).includes('\n');
      at = end;
    } else if (char === '"' || char === "'") {
      const { end, closed } = stringEnd(source, at);
      add('string', end, !closed);
    } else if (char === '`') {
      const { end, closed } = templateEnd(source, at);
      add('template', end, !closed);
    } else if (/[0-9]/.test(char)) add('number', matchEnd(NUMBER, source, at));
    else if (NAME_START.test(char)) add('name', matchEnd(NAME, source, at));
    else if (char === '/' && beginsPattern(tokens.at(-1))) {
      const { end, closed } = patternEnd(source, at);
      add('regex', end, !closed);
    } else if (OPENING.includes(char)) {
      add('mark', at + 1);
      depth++;
    } else if (CLOSING.includes(char)) {
      depth = Math.max(0, depth - 1);
      add('mark', at + 1);
    } else add('mark', at + (/^(=>|\?\.|\.\.\.)/.exec(source.slice(at, at + 3))?.[0].length ?? 1));
  }
  return tokens;
}

/** Whether a place in a script lies in a comment. */
export function isInComment(source: string, place: number): boolean {
  const before = source.slice(0, place);
  const last = jsTokens(before).at(-1);
  if (last?.open === true) return false;
  const rest = before.slice(last?.end ?? 0);
  const line = rest.slice(rest.lastIndexOf('\n') + 1);
  return line.includes('//') || rest.lastIndexOf('/*') > rest.lastIndexOf('*/');
}

interface End {
  readonly end: number;
  readonly closed: boolean;
}

function commentEnd(source: string, start: number): number {
  const [mark, length] = source[start + 1] === '/' ? ['\n', 0] : ['*/', 2];
  const end = source.indexOf(mark, start + 2);
  return end < 0 ? source.length : end + length;
}

function stringEnd(source: string, start: number): End {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === quote) return { end: at + 1, closed: true };
    else if (source[at] === '\n') return { end: at, closed: false };
  }
  return { end: source.length, closed: false };
}

/** With the scripts within it, and the templates within those. */
function templateEnd(source: string, start: number): End {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') return { end: at + 1, closed: true };
    else if (source.startsWith('${', at)) at = holeEnd(source, at + 2) - 1;
  }
  return { end: source.length, closed: false };
}

/** One behind the brace that ends the script in a template. */
function holeEnd(source: string, start: number): number {
  let open = 1;
  for (let at = start; at < source.length; at++) {
    const char = source[at];
    if (char === '"' || char === "'") at = stringEnd(source, at).end - 1;
    else if (char === '`') at = templateEnd(source, at).end - 1;
    else if (char === '{') open++;
    else if (char === '}') open--;
    if (open === 0) return at + 1;
  }
  return source.length;
}

function patternEnd(source: string, start: number): End {
  let inClass = false;
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
    else if (source[at] === '/' && !inClass)
      return { end: matchEnd(/\w*/y, source, at + 1), closed: true };
  }
  return { end: start + 1, closed: true };
}

function beginsPattern(before: JsToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'name') return BEFORE_PATTERN.has(before.text);
  return before.kind === 'mark' && before.text !== ')' && before.text !== ']';
}

function matchEnd(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return at + Math.max(pattern.exec(source)?.[0].length ?? 0, pattern.source === '\\w*' ? 0 : 1);
}
