/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {import('../page-data.ts').PageRow} PageRow */

/**
 * What a reader has chosen; empty stands for all.
 *
 * @typedef {object} Filter
 * @property {string} text
 * @property {readonly string[]} verdicts
 * @property {string} wire
 * @property {readonly string[]} clients
 * @property {string} group
 */

/** @type {Filter} */
export const noFilter = { text: '', verdicts: [], wire: '', clients: [], group: '' };

/**
 * Positions of the clients that are shown.
 *
 * @param {PageData} data
 * @param {Filter} filter
 */
export function shownColumns({ run }, { wire, clients }) {
  return run.clients
    .map(({ name, wireFormat }, column) => ({ name, wireFormat, column }))
    .filter(
      ({ name, wireFormat }) =>
        (!wire || wire === wireFormat) && (clients.length === 0 || clients.includes(name)),
    )
    .map(({ column }) => column);
}

/**
 * The rows in which a shown client has something to show.
 *
 * @param {PageData} data
 * @param {Filter} filter
 */
export function shownRows(data, filter) {
  const columns = shownColumns(data, filter);
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return data.rows.filter(({ behavior, title, group, cells }) => {
    if (filter.group && filter.group !== group) return false;
    const searched = `${behavior} ${title}`.toLowerCase();
    if (!words.every((word) => searched.includes(word))) return false;
    return columns.some((column) => {
      const cell = cells[column];
      if (!cell || cell.text === '-') return false;
      return filter.verdicts.length === 0 || filter.verdicts.includes(cell.verdict ?? '');
    });
  });
}

/**
 * The filter as the page's address holds it, so that a view can be kept and passed on.
 *
 * @param {Filter} filter
 */
export function toAddress({ text, verdicts, wire, clients, group }) {
  const parameters = new URLSearchParams();
  for (const verdict of verdicts) parameters.append('verdict', verdict);
  for (const client of clients) parameters.append('client', client);
  if (wire) parameters.set('wire', wire);
  if (group) parameters.set('group', group);
  if (text) parameters.set('text', text);
  return parameters;
}

/**
 * @param {URLSearchParams} parameters
 * @returns {Filter}
 */
export function fromAddress(parameters) {
  return {
    text: parameters.get('text') ?? '',
    verdicts: parameters.getAll('verdict'),
    wire: parameters.get('wire') ?? '',
    clients: parameters.getAll('client'),
    group: parameters.get('group') ?? '',
  };
}
