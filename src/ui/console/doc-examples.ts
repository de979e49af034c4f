/** A JavaScript example of a Markdown page. */
export interface DocExample {
  /** The heading that it stands under, without its marks. */
  readonly heading: string;
  readonly code: string;
}

const HEADING = /^#+\s+(.*)$/;
const FENCE = /^```(\w*)$/;

/** The fences of `js` in a Markdown page, in their order. */
export function examplesOf(markdown: string): readonly DocExample[] {
  const examples: DocExample[] = [];
  let heading = '';
  /** The language and lines of the fence that is open. */
  let open: { readonly language: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const fence = FENCE.exec(line);
    if (fence !== null && open === undefined) open = { language: fence[1]!, lines: [] };
    else if (fence !== null) {
      if (open?.language === 'js') examples.push({ heading, code: open.lines.join('\n') });
      open = undefined;
    } else if (open !== undefined) open.lines.push(line);
    else heading = HEADING.exec(line)?.[1]?.replaceAll('`', '') ?? heading;
  }
  return examples;
}
