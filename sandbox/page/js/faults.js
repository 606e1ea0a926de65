// Buttons for what can go wrong between Slack and the app.

import { act } from './api.js';
import { button, h } from './dom.js';
import { loadState, store } from './store.js';
import { notify } from './toast.js';

const METHODS = ['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'views.open', 'views.publish', 'conversations.open', 'response_url', '*'];
/** What becomes of a call. */
export const FAULTS = {
  429: 'is told to slow down for 30 s',
  500: 'gets a 500, not accepted',
  '500_accepted': 'gets a 500, but it was accepted',
  ok_false: 'gets internal_error',
  garbage: 'gets half a page of HTML',
  drop_before: 'loses the connection before',
  drop_after: 'loses the connection after it was accepted',
  late: 'loses the connection, and it is accepted 20 s later',
  slow: 'waits 2 s for the answer',
};

const select = (id, label, options, value) => {
  const node = h('select', { id, 'aria-label': label }, Object.entries(options).map(([name, words]) => h('option', { value: name }, words)));
  node.value = value;
  return node;
};

const chosen = { method: 'chat.postMessage', kind: 'drop_after', times: '1' };

export function faultForm() {
  const methods = Object.fromEntries(METHODS.map((name) => [name, name === '*' ? 'any method' : name]));
  const method = select('fault-method', 'Method', methods, chosen.method);
  const kind = select('fault-kind', 'What happens', FAULTS, chosen.kind);
  const times = h('input', { type: 'number', min: '1', max: '50', 'aria-label': 'How often', value: chosen.times });
  const remember = () => Object.assign(chosen, { method: method.value, kind: kind.value, times: times.value });
  const form = h('form', { class: 'faults' }, h('span', {}, 'The next'), times, h('span', {}, 'calls of'), method, kind,
    h('button', { type: 'submit', class: 'danger' }, 'Break it'));
  form.addEventListener('input', remember);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await act('fault', { method: method.value, kind: kind.value, times: Number(times.value) || 1 });
    await loadState();
  });
  return h('div', { class: 'fault-box' }, form, h('div', { class: 'fault-row' }, ...more()), pending());
}

function more() {
  const cut = async (body, words) => {
    const done = await act('socket', body);
    if (done) notify(words, 'good');
  };
  return [
    button('Cut the connections', () => cut({ cut: 'all', abruptly: true }, 'All connections were cut. The app has to come back by itself.'), { class: 'secondary' }),
    button('Refresh them', () => cut({ warn: true }, 'The app was asked to connect anew, as Slack does every few hours.'), { class: 'secondary' }),
    button('Deliver the last event again', () => act('redeliver', {}), { class: 'secondary' }),
  ];
}

function pending() {
  if (!store.state.faults.length) return null;
  return h('div', { class: 'pending' },
    h('ul', {}, store.state.faults.map((fault) => h('li', {}, `${fault.method}: ${FAULTS[fault.kind] ?? fault.kind}, ${fault.times} ×`))),
    button('Take all back', async () => {
      await act('fault', { clear: true });
      await loadState();
    }, { class: 'link' }));
}
