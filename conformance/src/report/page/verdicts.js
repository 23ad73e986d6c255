/** @typedef {import('../../judge.ts').Verdict} Verdict */

/**
 * How each verdict is shown: never by its color alone.
 *
 * @type {Readonly<Record<Verdict, { readonly sign: string, readonly name: string, readonly meaning: string }>>}
 */
export const verdictWords = {
  pass: { sign: '✓', name: 'pass', meaning: 'The outcome is as expected, and so is every request' },
  fail: { sign: '✗', name: 'FAIL', meaning: 'The outcome or a request is not as expected' },
  deviation: { sign: '≠', name: 'deviation', meaning: 'It fails exactly as a known deviation records' },
  'not-applicable': {
    sign: '–',
    name: 'n/a',
    meaning: 'The client declares that it cannot do this, and refuses it before anything is sent',
  },
  'harness-error': { sign: '!', name: 'ERROR', meaning: 'The harness itself failed, so there is no verdict' },
};

export const verdictNames = /** @type {Verdict[]} */ (Object.keys(verdictWords));
