/** @typedef {Node | string | number | undefined | false} Child */

/**
 * An element. Text is only ever set as text, so nothing in a report can become markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>} attributes
 *   functions become listeners of the event that they are named after
 * @param {readonly Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false).map(toNode));
  return element;
}

/** @param {string | number | Node | undefined | false} child */
function toNode(child) {
  return child instanceof Node ? child : String(child);
}

/**
 * An element of the page itself.
 *
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/**
 * A link to a page that can be read; other addresses, such as those that run code, stay text.
 *
 * @param {string} address
 * @param {string} text
 */
export function link(address, text) {
  if (!/^https?:\/\//i.test(address)) return h('span', {}, text);
  return h('a', { href: address, rel: 'noreferrer', target: '_blank' }, text);
}
