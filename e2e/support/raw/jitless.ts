import { config } from 'zod';

/**
 * Before any schema is made: what is evaluated in a page from outside may compile functions at first,
 * and may not later, when its policy is in force again.
 */
config({ jitless: true });
