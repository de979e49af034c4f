import type { DocExample } from '../../src/ui/console/doc-examples.ts';

/** What an example says that its lines print, in comments behind them; `…` stands for any text. */
export function printsOf({ code }: DocExample): readonly RegExp[] {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(
    ([, text]) => new RegExp(`^${text!.split('…').map(literal).join('.*')}$`),
  );
}

/** The source of a pattern that means this text and no other. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Whether each pattern is met by a line of its own, in this order; other lines may lie between. */
export function inTurn(lines: readonly string[], patterns: readonly RegExp[]): boolean {
  let at = 0;
  for (const line of lines) if (patterns[at]?.test(line)) at++;
  return at === patterns.length;
}
