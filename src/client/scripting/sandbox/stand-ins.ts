/**
 * Ids are made by the page, which a script in the sandbox cannot ask while it fills a transaction. So
 * that the next command may use what the one before will make, it is named by a stand-in: a text that
 * becomes the id as soon as there is one.
 */
const STAND_IN = /‹made (\d+) (\w+)(?: (\d+))?›/g;
const WHOLE = new RegExp(`^${STAND_IN.source}$`);

/** What commands make, by their type: a list where the value is the parameter that it is as long as. */
const MADE: Readonly<Record<string, Readonly<Record<string, true | string>>>> = {
  'entity.create': { entity: true },
  'entity.duplicate': { entities: 'entities' },
  'asset.add': { asset: true },
  'link.create': { link: true, token: true },
  'member.remove': { link: true, token: true },
  'member.ban': { link: true, token: true },
};

/** What a step would give, made of stand-ins; undefined for a command that makes nothing. */
export function standInResult(step: number, type: string, params: unknown): unknown {
  const made = MADE[type];
  if (made === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(made).map(([field, as]) => {
      const name = `‹made ${step} ${field}`;
      if (as === true) return [field, `${name}›`];
      const source = (params as Readonly<Record<string, unknown>> | undefined)?.[as];
      const count = Array.isArray(source) ? new Set(source).size : 0;
      return [field, Array.from({ length: count }, (_, at) => `${name} ${at}›`)];
    }),
  );
}

/** What steps have made, by their numbers. */
export type Results = ReadonlyMap<number, unknown>;

/** A copy of plain data with every stand-in that is known in its own place; the rest is as it was. */
export function resolveStandIns(value: unknown, results: Results): unknown {
  if (typeof value === 'string') {
    const match = WHOLE.exec(value);
    return (match && madeBy(match, results)) ?? value;
  }
  if (Array.isArray(value)) return value.map((each) => resolveStandIns(each, results));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolveStandIns(each, results)]),
  );
}

/** A text in which stand-ins may be anywhere. */
export function resolveText(text: string, results: Results): string {
  return text.replace(STAND_IN, (...match) => madeBy(match.slice(0, 4), results) ?? match[0]);
}

function madeBy(match: readonly string[], results: Results): string | undefined {
  const [, step, field, at] = match;
  const made = results.get(Number(step)) as Readonly<Record<string, unknown>> | undefined;
  const value = made?.[field!];
  const found = at !== undefined && Array.isArray(value) ? value[Number(at)] : value;
  return typeof found === 'string' ? found : undefined;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
