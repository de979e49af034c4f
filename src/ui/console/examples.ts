import page from '../../../docs/scripting.md?raw';
import { type DocExample, examplesOf } from './doc-examples.ts';

/** The examples of docs/scripting.md: text and panel never differ. */
export const EXAMPLES: readonly DocExample[] = examplesOf(page);
