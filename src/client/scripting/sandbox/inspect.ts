/** How much of a value is shown. */
export interface InspectOptions {
  /** Characters that a line holds before what is on it is set one below the other. */
  readonly width: number;
  readonly depth: number;
  /** Elements of a list, and properties of an object. */
  readonly items: number;
  /** Characters of a text within something. */
  readonly text: number;
}

export const INSPECT_DEFAULTS: InspectOptions = { width: 76, depth: 6, items: 100, text: 2000 };

/** Of typed arrays, which tend to be long and tell little. */
const BYTES_SHOWN = 24;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A value as text that one can read: nested, and never longer than its limits allow. Never throws. */
export function inspect(value: unknown, options: InspectOptions = INSPECT_DEFAULTS): string {
  return show(value, options, [], 0);
}

type Above = readonly object[];

function show(value: unknown, options: InspectOptions, above: Above, indent: number): string {
  if (typeof value === 'string') return quoted(shortened(value, options.text));
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'function') return named('Function', value.name);
  if (typeof value !== 'object' || value === null) return String(value);
  if (above.includes(value)) return '[Circular]';
  try {
    return showObject(value, options, above, indent);
  } catch (thrown) {
    return `[${describeError(thrown)}]`;
  }
}

function showObject(value: object, options: InspectOptions, above: Above, indent: number): string {
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(+value) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return 'Promise';
  if (typeof File !== 'undefined' && value instanceof File)
    return `File ${quoted(value.name)} (${value.size} bytes)`;
  if (value instanceof Blob) return `Blob (${value.size} bytes)`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer (${value.byteLength} bytes)`;
  const name = value.constructor?.name ?? '';
  if (above.length >= options.depth) return Array.isArray(value) ? '[…]' : `${titled(name)}{…}`;
  const inner = (each: unknown): string => show(each, options, [...above, value], indent + 2);
  const listed = elementsOf(value, options, inner);
  if (listed !== undefined) {
    const [open, close] = value instanceof Map || value instanceof Set ? '{}' : '[]';
    return laidOut(`${listed.title}${open}`, listed.lines, close!, options, indent);
  }
  const lines = propertiesOf(value, options, inner);
  return laidOut(`${titled(name)}{`, lines, '}', options, indent, ' ');
}

interface Listed {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a list, map or set holds; undefined for anything else. */
function elementsOf(
  value: object,
  options: InspectOptions,
  inner: (each: unknown) => string,
): Listed | undefined {
  if (Array.isArray(value))
    return { title: '', lines: limited(value, options.items, inner, value.length) };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const typed = value as Uint8Array;
    const title = `${typed.constructor.name}(${typed.length}) `;
    return { title, lines: limited(typed, BYTES_SHOWN, inner, typed.length) };
  }
  if (value instanceof Map) {
    const pair = ([key, each]: [unknown, unknown]): string => `${inner(key)} => ${inner(each)}`;
    return { title: `Map(${value.size}) `, lines: limited(value, options.items, pair, value.size) };
  }
  if (value instanceof Set)
    return {
      title: `Set(${value.size}) `,
      lines: limited(value, options.items, inner, value.size),
    };
  return undefined;
}

function propertiesOf(
  value: object,
  { items }: InspectOptions,
  inner: (each: unknown) => string,
): readonly string[] {
  const keys = Object.keys(value);
  const line = (key: string): string => {
    const { get } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    const shown = get === undefined ? inner(value[key as keyof typeof value]) : '[Getter]';
    return `${IDENTIFIER.test(key) ? key : quoted(key)}: ${shown}`;
  };
  return limited(keys, items, line, keys.length);
}

function limited<Item>(
  all: Iterable<Item>,
  most: number,
  line: (item: Item) => string,
  count: number,
): readonly string[] {
  const lines: string[] = [];
  for (const item of all) {
    if (lines.length === most) break;
    lines.push(line(item));
  }
  if (count > most) lines.push(`… ${count - most} more`);
  return lines;
}

/** On one line where it fits; numbers go on in rows, anything else stands one below the other. */
function laidOut(
  open: string,
  lines: readonly string[],
  close: string,
  { width }: InspectOptions,
  indent: number,
  space = '',
): string {
  if (lines.length === 0) return open + close;
  const flat = `${open}${space}${lines.join(', ')}${space}${close}`;
  if (flat.length + indent <= width && !flat.includes('\n')) return flat;
  const pad = ' '.repeat(indent + 2);
  const rows = lines.every((each) => /^(-?[\d.e+-]+|… .*)$/.test(each))
    ? filled(lines, width - indent)
    : lines;
  return `${open}\n${rows.map((each) => pad + each).join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function filled(lines: readonly string[], width: number): readonly string[] {
  const rows: string[] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + line.length + 2 <= width)
      rows[rows.length - 1] = `${last}, ${line}`;
    else rows.push(line);
  }
  return rows;
}

/** An error as a person is told of it: what kind, and what it says. */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `Thrown: ${inspect(thrown)}`;
  return thrown.message === '' ? thrown.name : `${thrown.name}: ${thrown.message}`;
}

function titled(name: string): string {
  return name === '' || name === 'Object' ? '' : `${name} `;
}

function named(kind: string, name: string): string {
  return name === '' ? `[${kind}]` : `[${kind}: ${name}]`;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}… ${text.length - most} more` : text;
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return text.includes("'") && !text.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** Rows of values as lines of text, their columns one below the other. */
export function inspectTable(data: unknown, items = INSPECT_DEFAULTS.items): string {
  if (typeof data !== 'object' || data === null) return inspect(data);
  const rows = Object.entries(data).slice(0, items);
  const isPlain = (row: unknown): row is object => typeof row === 'object' && row !== null;
  const columns = [...new Set(rows.flatMap(([, row]) => (isPlain(row) ? Object.keys(row) : [])))];
  const cell = (value: unknown): string =>
    value === undefined ? '' : typeof value === 'string' ? value : inspect(value);
  const lines = rows.map(([index, row]) =>
    isPlain(row)
      ? [index, ...columns.map((column) => cell(row[column as keyof typeof row]))]
      : [index, cell(row)],
  );
  const table = [['', ...columns], ...lines];
  const widths = table.reduce<number[]>(
    (all, line) => line.map((text, at) => Math.max(text.length, all[at] ?? 0)),
    columns.map((name) => name.length),
  );
  return table
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
