import { DOCUMENT_COMPONENTS } from '../ecs/components/index.ts';

/** Components by name, as `entity.create` takes them: entities by the text of their ids. */
export type PlainComponents = Record<string, Record<string, unknown>>;

/** Fields that name another entity, by component. */
const LINKS = DOCUMENT_COMPONENTS.flatMap(({ name, managed, fields }) =>
  managed
    ? []
    : fields
        .filter(({ kind }) => kind === 'entity')
        .map((field) => ({ component: name, field: field.name })),
);

/**
 * A copy of an entity's components for another place, in which what it names goes by the id there. A
 * component that names what is not there goes.
 */
export function translateLinks(
  components: PlainComponents,
  idThere: (id: string) => string | undefined,
): PlainComponents {
  const translated = structuredClone(components);
  for (const { component, field } of LINKS) {
    const value = translated[component];
    if (value === undefined) continue;
    const target = idThere(String(value[field]));
    if (target === undefined) delete translated[component];
    else value[field] = target;
  }
  return translated;
}
