import { jsTokens } from './js-tokens.ts';

const INDENT = '  ';

/** Whether a script lacks the end of a bracket or a template: then it can only go on. */
export function isUnfinished(source: string): boolean {
  let open = 0;
  for (const { kind, text, open: lacksEnd } of jsTokens(source)) {
    if (kind === 'template' && lacksEnd) return true;
    if (kind !== 'mark') continue;
    if ('([{'.includes(text)) open++;
    else if (')]}'.includes(text)) open--;
  }
  return open > 0;
}

/** What a new line at the caret begins with: as far in as the line before, further after a bracket. */
export function lineBreak(source: string, caret: number): string {
  const line = source.slice(source.lastIndexOf('\n', caret - 1) + 1, caret);
  const indent = /^\s*/.exec(line)![0];
  return `\n${indent}${/[([{]\s*$/.test(line) ? INDENT : ''}`;
}

/** Where the caret is: lines from the top, characters from the left. */
export function linePlace(source: string, caret: number): { line: number; column: number } {
  const before = source.slice(0, caret).split('\n');
  return { line: before.length - 1, column: before.at(-1)!.length };
}

export function lineCount(source: string): number {
  return source.split('\n').length;
}
