import { h } from './dom.js';
import { verdictNames, verdictWords } from './verdicts.js';

/** @typedef {import('../page-data.ts').PageData} PageData */

/**
 * One card for each client: how often which verdict was given. Choosing some shows only these.
 *
 * @param {PageData} data
 * @param {{ readonly chosen: readonly string[], readonly toggle: (client: string) => void }} choice
 */
export function summary({ run, results }, { chosen, toggle }) {
  return run.clients.map(({ name, version, wireFormat }) => {
    const own = results.filter(({ client }) => client === name);
    const counts = verdictNames
      .map((verdict) => ({ verdict, count: own.filter((result) => result.verdict === verdict).length }))
      .filter(({ count }) => count > 0);
    return h(
      'button',
      {
        type: 'button',
        class: 'card',
        'aria-pressed': String(chosen.includes(name)),
        'data-client': name,
        title: 'Show only the clients that are chosen',
        click: () => toggle(name),
      },
      h('strong', {}, name),
      h('span', { class: 'dim' }, `${version} · ${wireFormat}`),
      bar(counts),
      h(
        'span',
        { class: 'counts' },
        ...counts.map(({ verdict, count }) => {
          const { sign, name: word } = verdictWords[verdict];
          return h('span', { class: `verdict ${verdict}` }, `${sign} ${count} ${word}`);
        }),
        counts.length === 0 && h('span', { class: 'dim' }, 'no case was run'),
      ),
    );
  });
}

/** @param {readonly { readonly verdict: string, readonly count: number }[]} counts */
function bar(counts) {
  const parts = counts.map(({ verdict, count }) => {
    const part = h('span', { class: verdict });
    part.style.flexGrow = String(count);
    return part;
  });
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, ...parts);
}

/**
 * What is wrong with the run itself, and what to look at soon.
 *
 * @param {PageData['run']} run
 */
export function notices({ problems, warnings }) {
  return [
    ...problems.map((text) => h('p', { class: 'notice problem', role: 'alert' }, text)),
    ...warnings.map((text) => h('p', { class: 'notice warning' }, text)),
  ];
}
