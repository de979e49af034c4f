#!/usr/bin/env node
/** The quick part of `npm test`, for while one works: generated files, linter and types. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticChecks } from './lib/static-checks.mjs';
import { runSteps } from './lib/steps.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const { failed } = await runSteps(staticChecks(ROOT));
process.exitCode = failed === 0 ? 0 : 1;
