import { h } from './dom.js';
import { shownColumns, shownRows } from './filter.js';
import { verdictWords } from './verdicts.js';

/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {import('../page-data.ts').PageRow} PageRow */
/** @typedef {import('./filter.js').Filter} Filter */

/** @typedef {(place: { readonly row: PageRow, readonly column: number }) => void} Open */

/**
 * Behaviors down, clients across. Arrow keys go from cell to cell, so the table is one stop of the tab key.
 *
 * @param {PageData} data
 * @param {Filter} filter
 * @param {Open} open
 */
export function matrix(data, filter, open) {
  const columns = shownColumns(data, filter);
  const rows = shownRows(data, filter);
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  const table = h(
    'table',
    { class: columns.length > 2 ? 'matrix many' : 'matrix', keydown: moveByArrow },
    head(data, columns),
    ...[...groups].map(([group, ofGroup]) =>
      h(
        'tbody',
        {},
        groupRow(group, ofGroup, columns),
        ...ofGroup.map((/** @type {PageRow} */ row) => behaviorRow(data, row, { columns, open })),
      ),
    ),
  );
  table.querySelector('td button')?.setAttribute('tabindex', '0');
  return { table, rows };
}

/**
 * @param {PageData} data
 * @param {readonly number[]} columns
 */
function head({ run }, columns) {
  return h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('th', { scope: 'col', class: 'behavior' }, 'Behavior'),
      ...columns.map((column) => {
        const { name, version, wireFormat } = run.clients[column] ?? {
          name: '',
          version: '',
          wireFormat: '',
        };
        return h(
          'th',
          { scope: 'col', class: 'client', title: `${name} ${version}, ${wireFormat}` },
          h('span', {}, name),
        );
      }),
      h('th', { scope: 'col', class: 'wires' }, 'Wires'),
    ),
  );
}

/**
 * @param {string} group
 * @param {readonly PageRow[]} rows
 * @param {readonly number[]} columns
 */
function groupRow(group, rows, columns) {
  return h(
    'tr',
    { class: 'group' },
    h('th', { scope: 'rowgroup', class: 'behavior' }, group, h('span', { class: 'dim' }, ` ${rows.length}`)),
    ...columns.map((column) => {
      const run = rows.filter(({ cells }) => cells[column]?.verdict !== undefined);
      const passed = run.filter(({ cells }) => cells[column]?.verdict === 'pass');
      return h('td', { class: 'dim' }, run.length > 0 && `${passed.length}/${run.length}`);
    }),
    h('td', { class: 'wires' }),
  );
}

/** @type {import('../page-data.ts').PageCell} */
const noCell = { text: '-', results: [] };

/**
 * @param {PageData} data
 * @param {PageRow} row
 * @param {{ readonly columns: readonly number[], readonly open: Open }} view
 */
function behaviorRow({ run }, row, { columns, open }) {
  const { behavior, title, cells, wires } = row;
  return h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'behavior' }, title, h('code', {}, behavior)),
    ...columns.map((column) => {
      const { text, verdict, because, results } = cells[column] ?? noCell;
      if (!verdict || results.length === 0)
        return h('td', { class: 'dim', title: because }, text === '-' ? '' : text);
      const { sign, name } = verdictWords[verdict];
      const rest = text.slice(name.length).trim();
      const label = `${behavior}, ${run.clients[column]?.name}: ${text}`;
      return h(
        'td',
        {},
        h(
          'button',
          {
            type: 'button',
            tabindex: -1,
            class: `verdict ${verdict}`,
            'aria-label': label,
            click: () => open({ row, column }),
          },
          `${sign} `,
          h('span', { class: 'word' }, name, rest && h('small', {}, ` ${rest}`)),
        ),
      );
    }),
    h('td', { class: `wires${wires === 'differs' ? ' differs' : ' dim'}` }, wires === '-' ? '' : wires),
  );
}

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {Event} event */
function moveByArrow(event) {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement)) return;
  const step = steps[event.key];
  const cell = event.target.closest('td');
  const table = event.target.closest('table');
  if (!step || !cell || !table) return;
  event.preventDefault();
  const next = findButton(table, cell, step);
  if (!next) return;
  for (const button of table.querySelectorAll('[tabindex="0"]')) button.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

/**
 * The next button in a direction; cells without one are passed over.
 *
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement} cell
 * @param {readonly [number, number]} step
 */
function findButton(table, cell, [down, across]) {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  let y = row.rowIndex;
  let x = cell.cellIndex;
  for (;;) {
    y += down;
    x += across;
    const next = table.rows[y]?.cells[x];
    if (!next) return undefined;
    const button = next.querySelector('button');
    if (button) return button;
  }
}
