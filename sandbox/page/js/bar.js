// The bar above everything: where one is, what time it is, and the ways to the tour and under the hood.

import { byId, h, iconButton } from './dom.js';
import { goTo } from './route.js';
import { on, store } from './store.js';
import { themeButton } from './theme.js';
import { timeButton } from './time.js';

export function startBar() {
  const toSide = iconButton('menu', 'Conversations', () => document.body.classList.toggle('with-side'), { class: 'icon only-narrow' });
  const toHood = iconButton('gauge', 'Under the hood', () => store.toggleHood(), { id: 'to-hood', 'aria-pressed': 'false' });
  byId('bar').replaceChildren(
    toSide,
    h('p', { class: 'brand' }, h('img', { src: '/icon.svg', alt: '' }), h('span', { id: 'team' })),
    h('span', { class: 'offline', id: 'offline', hidden: true, role: 'status' }, 'Not connected'),
    timeButton(),
    h('div', { class: 'bar-tools' }, iconButton('map', 'Guided tour', () => store.toggleTour(), { id: 'to-tour', hidden: true }), toHood, themeButton()),
  );
  document.querySelector('.skip').addEventListener('click', skip);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && stepBack(event));
  on('state', () => {
    byId('team').textContent = store.state.team_name;
    document.title = `${store.state.team_name} · local Slack`;
  });
  on('place thread me', () => document.body.classList.remove('with-side'));
}

/** By hand: the address says who one is and where, so a link within the page would lead away. */
function skip(event) {
  event.preventDefault();
  (byId('composer') ?? byId('room')).focus();
}

/** Escape closes what lies on top; forms and popovers see to themselves, and so does a list of suggestions. */
function stepBack(event) {
  if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
  if (document.body.classList.contains('with-side')) {
    document.body.classList.remove('with-side');
    document.querySelector('.only-narrow').focus();
  } else if (!byId('hood').hidden && (!store.thread || byId('hood').contains(document.activeElement))) {
    store.toggleHood();
    byId('to-hood').focus();
  } else if (store.thread) {
    goTo(store.place);
    (byId('composer') ?? byId('room')).focus();
  }
}

export function showConnection(isThere) {
  byId('offline').hidden = isThere;
}
