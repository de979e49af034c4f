import { existsSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join('bench', 'results');
const CSV_COLUMNS = ['measuredAt', 'commit', 'cpu', 'cores', 'bench', 'label', 'value', 'unit'];

/**
 * Writes `latest.json` and `latest.md`, and adds a line for each figure to `history.csv`.
 * @returns the folder, from the root
 */
export async function writeResults(root, machine, reports) {
  const folder = join(root, FOLDER);
  await mkdir(folder, { recursive: true });
  const json = JSON.stringify({ machine, reports }, undefined, 2);
  await writeFile(join(folder, 'latest.json'), `${json}\n`);
  await writeFile(join(folder, 'latest.md'), resultsPage(machine, reports));
  const history = join(folder, 'history.csv');
  const heading = existsSync(history) ? '' : `${CSV_COLUMNS.join(',')}\n`;
  await appendFile(history, heading + historyLines(machine, reports));
  return FOLDER;
}

/** The results as a page to read. */
export function resultsPage(machine, reports) {
  const facts = Object.entries(machine).map(([name, value]) => `| ${name} | ${value} |`);
  const parts = ['# Benchmark results', '', '| Machine | |', '| --- | --- |', ...facts, ''];
  return `${[...parts, ...reports.flatMap(reportSection)].join('\n').trimEnd()}\n`;
}

function reportSection({ name, rows, notes }) {
  const heading = [`## ${name}`, '', '| | Median | Middle half | Ratio | Goal | |'];
  const lines = rows.map((row) => `| ${cellsOf(row).map(escaped).join(' | ')} |`);
  return [...heading, '| --- | --: | --: | --: | --- | --- |', ...lines, '', ...bullets(notes)];
}

function cellsOf({ label, value, unit, spread, ratio, goal, pass }) {
  const range = spread === undefined ? '' : spread.map(figure).join(' – ');
  const times = ratio === undefined ? '' : `${figure(ratio)} ×`;
  const verdict = pass === undefined ? '' : pass ? 'met' : 'missed';
  return [label, `${figure(value)} ${unit}`, range, times, goal ?? '', verdict];
}

function bullets(notes) {
  return notes.length === 0 ? [] : [...notes.map((note) => `- ${note}`), ''];
}

function figure(value) {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

function escaped(text) {
  return text.replaceAll('|', '\\|');
}

/** A line for each figure, in the order of `CSV_COLUMNS`. */
export function historyLines({ measuredAt, commit, cpu, cores }, reports) {
  const lines = reports.flatMap(({ name, rows }) =>
    rows.map(({ label, value, unit }) =>
      [measuredAt, commit, cpu, cores, name, label, value, unit].map(csvCell).join(','),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function csvCell(value) {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
