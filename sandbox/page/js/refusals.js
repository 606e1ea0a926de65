// What the app tried and Slack would refuse: shown where it would have appeared, and never hidden.

import { look } from './api.js';
import { button, h } from './dom.js';
import { notify } from './toast.js';
import { on, store, tell } from './store.js';

const SHOWN = /^(chat\.|views\.|response_url)/;
const NOT_ITS_FAULT = new Set(['ratelimited', null]);
let known = null;

const isRefusal = (entry) => entry.kind !== 'envelope' && entry.ok === false && entry.ms !== null
  && !entry.fault && SHOWN.test(entry.method) && !NOT_ITS_FAULT.has(entry.error);

export function refusalsIn(where) {
  const direct = store.desk.find((each) => each.id === where && each.kind === 'im');
  const names = new Set([where, ...(direct ? [store.me] : [])]);
  return store.entries.filter((entry) => isRefusal(entry) && names.has(entry.args?.channel))
    .map((entry) => ({ ts: (Date.parse(entry.at) / 1000).toFixed(6), entry }));
}

export function refusalNode(entry) {
  const more = h('ul');
  look(`journal/${entry.n}`).then(({ answer }) => {
    more.append(...(answer?.response_metadata?.messages ?? answer?.errors ?? []).map((words) => h('li', {}, words)));
  }, () => {});
  return h('div', { class: 'refusal', role: 'note' },
    h('p', {}, h('strong', {}, `Slack would refuse this: ${entry.error}`)),
    h('p', {}, `The app called ${entry.method}. In Slack nobody would see anything here.`), more,
    button('Look under the hood', () => openAt(entry), { class: 'link' }));
}

function openAt(entry) {
  store.wanted = entry.n;
  tell('hood');
}

/** New ones are also said aloud, because most of them have no place of their own. */
export function watchRefusals() {
  on('journal', () => {
    const found = store.entries.filter(isRefusal).map((entry) => entry.n);
    const fresh = known ? store.entries.filter((entry) => isRefusal(entry) && !known.has(entry.n)) : [];
    known = new Set(found);
    for (const entry of fresh) {
      notify(`Slack would refuse ${entry.method}: ${entry.error}. `, 'bad', button('Look', () => openAt(entry), { class: 'link' }));
    }
  });
}
