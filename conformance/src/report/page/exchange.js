import { bytesOf, cutBytes, readable } from './bytes.js';
import { h, link } from './dom.js';
import { verdictWords } from './verdicts.js';

/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {import('../page-data.ts').PageResult} PageResult */
/** @typedef {import('../page-data.ts').PageCase} PageCase */
/** @typedef {import('../page-data.ts').PageReply} PageReply */
/** @typedef {import('../page-data.ts').PageRequest} PageRequest */
/** @typedef {import('../suite-report.ts').ReportedRequest} ReportedRequest */

/**
 * Everything about one client, one case and one carrier.
 *
 * @param {PageData} data
 * @param {PageResult} result
 */
export function exchange({ run, cases, values }, result) {
  const testCase = cases[result.case];
  return [
    ...verdictPart(result),
    ...differencePart(result),
    ...(result.requests.length > 0
      ? result.requests.flatMap((request, position) =>
          exchangePart(unpack(request, values), testCase?.replies[position], {
            position,
            total: result.requests.length,
          }),
        )
      : [h('h3', {}, 'Exchange'), h('p', { class: 'dim' }, 'Nothing was sent.')]),
    h('h3', {}, 'Outcome'),
    h(
      'div',
      { class: 'sides' },
      folded(
        'What the caller saw',
        result.outcome === undefined ? 'no outcome' : values[result.outcome],
        result.differences.length > 0,
      ),
      testCase && folded('What is expected', testCase.expect, result.differences.length > 0),
    ),
    ...(testCase?.alsoAllowed.map((other) => folded('Also allowed', other, false)) ?? []),
    ...(testCase
      ? [h('h3', {}, 'The case'), folded('What the client is told to do', testCase.call, false)]
      : []),
    ...(testCase ? originPart(testCase, run.sources) : []),
  ];
}

/**
 * A request with what it shares with others.
 *
 * @param {PageRequest} request
 * @param {PageData['values']} values
 * @returns {ReportedRequest}
 */
function unpack({ method, url, headers, body, state, sizes, times }, values) {
  const sentAt = /** @type {readonly number[]} */ (values[times]);
  const chunks = /** @type {readonly number[]} */ (values[sizes]).map((bytes, index) => ({
    bytes,
    atMs: sentAt[index] ?? 0,
  }));
  return {
    method,
    url,
    headers: /** @type {Readonly<Record<string, string>>} */ (values[headers]),
    body: values[body],
    reply: { state, chunks },
  };
}

/** @param {PageResult} result */
function verdictPart({ verdict, because, durationMs, fails }) {
  const { sign, name, meaning } = verdictWords[verdict];
  const mild =
    verdict === 'fail' && !fails && ' It does not fail the run: the case is tentative, or only may hold.';
  return [
    h(
      'p',
      { class: 'verdict-line' },
      h('strong', { class: `verdict ${verdict}` }, `${sign} ${name}`),
      ` ${meaning}.${mild || ''} `,
      h('span', { class: 'dim' }, `${durationMs} ms`),
    ),
    ...(because ? [h('pre', { class: 'because' }, because)] : []),
  ];
}

/** @param {PageResult} result */
function differencePart({ differences }) {
  if (differences.length === 0) return [];
  return [
    h('h3', {}, differences.length === 1 ? 'Difference' : `${differences.length} differences`),
    ...differences.map(({ path, expected, actual }) =>
      h(
        'div',
        { class: 'difference' },
        h('code', { class: 'path' }, path),
        h(
          'div',
          { class: 'expected' },
          h('span', { class: 'label' }, 'expected'),
          h('pre', {}, asText(expected)),
        ),
        h('div', { class: 'actual' }, h('span', { class: 'label' }, 'got'), h('pre', {}, asText(actual))),
      ),
    ),
  ];
}

/**
 * @param {ReportedRequest} request
 * @param {PageReply | undefined} reply
 * @param {{ readonly position: number, readonly total: number }} place
 */
function exchangePart(request, reply, { position, total }) {
  const number = total > 1 ? ` ${position + 1} of ${total}` : '';
  return [
    h('h3', {}, `Request${number}`),
    h('p', { class: 'address' }, h('strong', {}, request.method), ` ${request.url}`),
    headerTable(request.headers),
    h('pre', { class: 'body' }, ...clipped(asText(request.body))),
    h('h3', {}, `Reply${number}`),
    ...replyPart(reply, request.reply),
  ];
}

/** @type {Readonly<Record<string, string>>} */
const states = {
  waiting: 'The client still waited when the case was over.',
  sending: 'The client still held the connection when the case was over.',
  finished: 'It was sent to its end.',
  released: 'The client let go of the connection before the end.',
};

/** @type {Readonly<Record<string, string>>} */
const ends = {
  close: '',
  disconnect: 'The connection is cut after the last byte. ',
  stall: 'It stays open and silent after the last byte. ',
};

/**
 * @param {PageReply | undefined} reply
 * @param {ReportedRequest['reply']} delivered
 */
function replyPart(reply, { state, chunks }) {
  if (!reply) return [h('p', {}, 'The case states no reply to this request.')];
  if (reply.kind === 'connection-failed') return [h('p', {}, 'The connection breaks before any byte.')];
  if (reply.kind === 'silence')
    return [h('p', {}, `The request is never answered. ${states[state] ?? state}`)];
  const bytes = bytesOf(reply.body);
  return [
    h('p', { class: 'address' }, h('strong', {}, 'HTTP'), ` ${reply.status}`),
    headerTable(reply.headers),
    bytes.length === 0 ? h('p', { class: 'dim' }, 'The body is empty.') : chunkList(bytes, chunks),
    h('p', { class: 'dim' }, `${ends[reply.end] ?? ''}${states[state] ?? state}`),
  ];
}

/** @param {Readonly<Record<string, string>>} headers */
function headerTable(headers) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return h('p', { class: 'dim' }, 'no headers');
  return h(
    'table',
    { class: 'headers' },
    h(
      'tbody',
      {},
      ...entries.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value))),
    ),
  );
}

// So many chunks of so few bytes are easier to read as one text with marks in it.
const manyChunks = 24;

/**
 * @param {Uint8Array} bytes
 * @param {readonly { readonly bytes: number, readonly atMs: number }[]} chunks
 */
function chunkList(bytes, chunks) {
  const { sent, unsent } = cutBytes(bytes, chunks);
  const count = `${bytes.length} bytes, ${sent.length === 1 ? '1 chunk' : `${sent.length} chunks`}`;
  const last = sent.at(-1);
  const small = sent.length > manyChunks && bytes.length / sent.length < 16;
  return h(
    'div',
    { class: 'chunks' },
    h('p', { class: 'dim' }, count, small && last && `, sent within ${last.atMs} ms; each cut is marked`),
    small
      ? h(
          'pre',
          { class: 'body' },
          ...sent.flatMap((chunk, index) => [
            ...(index > 0 ? [h('i', { class: 'cut' })] : []),
            ...shown(chunk.bytes),
          ]),
        )
      : h('ol', {}, ...sent.map((chunk) => chunkItem(chunk))),
    unsent > 0 && h('p', { class: 'dim' }, `${unsent} bytes were not sent.`),
  );
}

/** @param {{ readonly bytes: Uint8Array, readonly atMs: number }} chunk */
function chunkItem({ bytes, atMs }) {
  return h(
    'li',
    {},
    h('span', { class: 'time' }, `+${atMs} ms`, h('small', {}, `${bytes.length} B`)),
    h('pre', { class: 'body' }, ...clippedBytes(bytes)),
  );
}

const longText = 4000;

/** @param {Uint8Array} bytes */
function clippedBytes(bytes) {
  if (bytes.length <= longText) return shown(bytes);
  return [...shown(bytes.subarray(0, longText)), more(`all ${bytes.length} bytes`, () => shown(bytes))];
}

/** @param {string} text */
function clipped(text) {
  if (text.length <= longText) return [text];
  return [text.slice(0, longText), more(`all ${text.length} characters`, () => [text])];
}

/**
 * A button that shows everything in its element's place.
 *
 * @param {string} what
 * @param {() => (Node | string)[]} all
 */
function more(what, all) {
  const button = h(
    'button',
    { type: 'button', class: 'more', click: () => button.parentElement?.replaceChildren(...all()) },
    `… show ${what}`,
  );
  return button;
}

/** @param {Uint8Array} bytes */
function shown(bytes) {
  return readable(bytes).map(({ text, escaped }) => (escaped ? h('span', { class: 'escape' }, text) : text));
}

/**
 * @param {PageCase} testCase
 * @param {PageData['run']['sources']} catalog
 */
function originPart({ sources, provenance, bytes, level, status }, catalog) {
  return [
    h('h3', {}, 'Where this is written'),
    h(
      'ul',
      { class: 'sources' },
      ...sources.map(({ source, section, supports }) => {
        const { [source]: entry } = catalog;
        const dates = entry && [
          `read on ${entry.retrievedOn}`,
          entry.documentUpdatedOn && `updated on ${entry.documentUpdatedOn}`,
        ];
        return h(
          'li',
          {},
          entry ? link(entry.url, entry.title) : source,
          section && `, ${section}`,
          h(
            'small',
            { class: 'dim' },
            [` for the ${supports}`, ...(dates ?? [])].filter(Boolean).join(' · '),
          ),
        );
      }),
    ),
    h('p', {}, h('strong', {}, provenance), `: ${provenances[provenance]}. `, bytesWords[bytes]),
    h('p', { class: 'dim' }, `Level: ${level}. Status: ${status}.`),
  ];
}

/** @type {Readonly<Record<string, string>>} */
const provenances = {
  documented: 'every member, code and framing detail of the reply stands in the source',
  recorded: "the reply's shape comes from a published recording",
  reported: "the reply's shape was pasted in a public issue",
  derived: "the reply's shape is concluded from several sources",
  synthetic: 'no document shows this reply; the source is the rule that it follows from',
};

/** @type {Readonly<Record<string, string>>} */
const bytesWords = {
  authored: 'Its text and ids are our own.',
  verbatim: 'Its bytes are our own recording.',
};

/**
 * @param {string} title
 * @param {unknown} value
 * @param {boolean} open
 */
function folded(title, value, open) {
  return h(
    'details',
    { open },
    h('summary', {}, title),
    h('pre', { class: 'body' }, ...clipped(asText(value))),
  );
}

/** @param {unknown} value */
function asText(value) {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
