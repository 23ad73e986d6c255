import { byId, h } from './dom.js';
import { exchange } from './exchange.js';
import { fromAddress, noFilter, toAddress } from './filter.js';
import { matrix } from './matrix.js';
import { notices, summary } from './summary.js';
import { verdictNames, verdictWords } from './verdicts.js';

/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {import('../page-data.ts').PageRow} PageRow */
/** @typedef {import('./filter.js').Filter} Filter */

/** @type {PageData} */
const data = JSON.parse(byId('data').textContent ?? '');
const dialog = /** @type {HTMLDialogElement} */ (byId('dialog'));
const textInput = /** @type {HTMLInputElement} */ (byId('text'));

/** @type {Filter} */
let filter = noFilter;
/** @type {readonly PageRow[]} */
let rowsNow = [];
/** What the dialog shows: a case's id, a client and a carrier. @type {readonly string[]} */
let opened = [];

/** @param {Partial<Filter>} change */
function choose(change) {
  filter = { ...filter, ...change };
  keepAddress();
  showMatrix();
}

function keepAddress() {
  const parameters = toAddress(filter);
  for (const part of opened) parameters.append('open', part);
  const text = String(parameters);
  history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
}

function showMatrix() {
  const { table, rows } = matrix(data, filter, ({ row, column }) => {
    const cell = row.cells[column];
    const position = cell && positionIn(cell);
    if (position !== undefined) open(position);
  });
  rowsNow = rows;
  byId('matrix').replaceChildren(
    rows.length > 0 ? table : h('p', { class: 'empty' }, 'Nothing matches. ', clearButton()),
  );
  byId('count').textContent = `${rows.length} of ${data.rows.length} behaviors`;
  showControls();
}

function clearButton() {
  return h(
    'button',
    {
      type: 'button',
      click: () => {
        textInput.value = '';
        choose(noFilter);
      },
    },
    'Show everything',
  );
}

function showControls() {
  const { run, results, rows } = data;
  byId('summary').replaceChildren(...summary(data, { chosen: filter.clients, toggle: toggleClient }));
  const known = verdictNames.filter((verdict) => results.some((result) => result.verdict === verdict));
  byId('verdicts').replaceChildren(
    ...known.map((verdict) => {
      const count = rows.filter(({ cells }) => cells.some((cell) => cell.verdict === verdict)).length;
      const { sign, name, meaning } = verdictWords[verdict];
      return chip(verdict, { text: `${sign} ${name} ${count}`, title: meaning });
    }),
  );
  select('wire', 'All wires', [...new Set(run.clients.map(({ wireFormat }) => wireFormat))]);
  select('group', 'All groups', [...new Set(rows.map(({ group }) => group))]);
}

/**
 * @param {string} verdict
 * @param {{ readonly text: string, readonly title: string }} words
 */
function chip(verdict, { text, title }) {
  return h(
    'button',
    {
      type: 'button',
      class: `chip ${verdict}`,
      title,
      'data-verdict': verdict,
      'aria-pressed': String(filter.verdicts.includes(verdict)),
      click() {
        choose({ verdicts: toggled(filter.verdicts, verdict) });
        focusAgain(`[data-verdict="${verdict}"]`);
      },
    },
    text,
  );
}

/** @param {string} client */
function toggleClient(client) {
  choose({ clients: toggled(filter.clients, client) });
  focusAgain(`[data-client="${CSS.escape(client)}"]`);
}

/**
 * @param {readonly string[]} list
 * @param {string} value
 */
function toggled(list, value) {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/**
 * A control that was made anew keeps the focus.
 *
 * @param {string} selector
 */
function focusAgain(selector) {
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
}

/**
 * @param {'wire' | 'group'} id
 * @param {string} all
 * @param {readonly string[]} values
 */
function select(id, all, values) {
  const element = /** @type {HTMLSelectElement} */ (byId(id));
  element.replaceChildren(
    h('option', { value: '' }, all),
    ...values.map((value) => h('option', { value }, value)),
  );
  element.value = filter[id];
}

/** @param {number} position of a result */
function open(position) {
  const result = data.results[position];
  const row = data.rows.find(({ cells }) => cells.some(({ results }) => results.includes(position)));
  if (!result || !row) return;
  opened = [result.case, result.client, result.carrier];
  keepAddress();
  byId('dialog-title').textContent = row.title;
  byId('dialog-case').textContent = result.case;
  showChoices(row, position);
  byId('dialog-steps').replaceChildren(stepButton(row, position, -1), stepButton(row, position, 1));
  byId('dialog-body').replaceChildren(...exchange(data, result));
  byId('dialog-body').scrollTop = 0;
  if (dialog.open) return;
  dialog.showModal();
  byId('dialog-body').focus();
}

/**
 * The clients that took part in a row, and the carriers over which one did.
 *
 * @param {PageRow} row
 * @param {number} position
 */
function showChoices({ cells }, position) {
  const clients = /** @type {HTMLSelectElement} */ (byId('dialog-client'));
  clients.replaceChildren(
    ...cells.flatMap((cell, column) => {
      const first = positionIn(cell);
      if (first === undefined || !cell.verdict) return [];
      const { name = '', version = '' } = data.run.clients[column] ?? {};
      const own = cell.results.includes(position);
      const { sign } = verdictWords[cell.verdict];
      return [h('option', { value: own ? position : first, selected: own }, `${sign} ${name} ${version}`)];
    }),
  );
  const ofClient = cells.find(({ results }) => results.includes(position))?.results ?? [];
  byId('dialog-carriers').replaceChildren(...ofClient.map((other) => carrierChip(other, position)));
}

/**
 * The result that gives a cell its verdict.
 *
 * @param {import('../page-data.ts').PageCell} cell
 */
function positionIn({ results, verdict }) {
  return results.find((position) => data.results[position]?.verdict === verdict);
}

/**
 * @param {number} position
 * @param {number} current
 */
function carrierChip(position, current) {
  const result = data.results[position];
  if (!result) return '';
  const { sign, name } = verdictWords[result.verdict];
  return h(
    'button',
    {
      type: 'button',
      class: 'chip',
      'aria-pressed': String(position === current),
      'aria-label': `${result.carrier}: ${name}`,
      click() {
        open(position);
        focusAgain('#dialog-carriers [aria-pressed="true"]');
      },
    },
    `${sign} ${result.carrier}`,
  );
}

/**
 * To the same client's result in the row before or after, among the rows that the filter shows.
 *
 * @param {PageRow} row
 * @param {number} position
 * @param {-1 | 1} step
 */
function stepButton(row, position, step) {
  const column = row.cells.findIndex(({ results }) => results.includes(position));
  const rows = rowsNow.filter(({ cells }) => (cells[column]?.results.length ?? 0) > 0);
  const next = rows[rows.indexOf(row) + step]?.cells[column]?.results[0];
  const label = step < 0 ? 'Previous behavior' : 'Next behavior';
  return h(
    'button',
    {
      type: 'button',
      'aria-label': label,
      title: step < 0 ? 'Previous (k)' : 'Next (j)',
      'data-step': step,
      disabled: next === undefined || !rows.includes(row),
      click() {
        if (next !== undefined) open(next);
      },
    },
    step < 0 ? '←' : '→',
  );
}

function readAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  filter = fromAddress(parameters);
  textInput.value = filter.text;
  opened = [];
  showMatrix();
  const [id, client, carrier] = parameters.getAll('open');
  const position = data.results.findIndex(
    (result) => result.case === id && result.client === client && result.carrier === carrier,
  );
  if (position >= 0) open(position);
  else dialog.close();
}

function showRun() {
  const { run } = data;
  const day = run.startedAt.slice(0, 16).replace('T', ' ');
  byId('made').textContent =
    `Made on ${day} UTC in ${(run.durationMs / 1000).toFixed(1)} s with suite ${run.suiteVersion}, cases ${run.casesDigest}, ` +
    `Node ${run.node}, MSW ${run.msw}, carriers ${run.carriers.join(' and ')}.`;
  byId('notices').replaceChildren(...notices(run));
  byId('meanings').replaceChildren(
    ...verdictNames.flatMap((verdict) => {
      const { sign, name, meaning } = verdictWords[verdict];
      return [h('dt', { class: `verdict ${verdict}` }, `${sign} ${name}`), h('dd', {}, meaning)];
    }),
  );
}

textInput.addEventListener('input', () => choose({ text: textInput.value }));
for (const id of /** @type {const} */ (['wire', 'group'])) {
  byId(id).addEventListener('change', ({ target }) =>
    choose({ [id]: /** @type {HTMLSelectElement} */ (target).value }),
  );
}
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  /** @type {HTMLElement | null} */ (document.querySelector('#matrix [tabindex="0"]'))?.focus();
});
byId('dialog-client').addEventListener('change', ({ target }) =>
  open(Number(/** @type {HTMLSelectElement} */ (target).value)),
);
byId('dialog-close').addEventListener('click', () => dialog.close());
// A click beside the dialog's content is one on the dialog itself.
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close();
});
dialog.addEventListener('close', () => {
  opened = [];
  keepAddress();
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog.open) {
    const step = { k: '-1', j: '1' }[event.key];
    /** @type {HTMLElement | null} */ (step ? dialog.querySelector(`[data-step="${step}"]`) : null)?.click();
  } else if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    textInput.focus();
  }
});
addEventListener('hashchange', readAddress);

// What scrolls can be reached by keyboard in every browser.
byId('dialog-body').tabIndex = 0;
showRun();
readAddress();
