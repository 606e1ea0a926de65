// App Home: what the app shows to one person alone.

import { blockNodes } from './blocks.js';
import { byId, h } from './dom.js';
import { viewHolder } from './holders.js';
import { store } from './store.js';

export function homeNode() {
  return h('div', { class: 'scroller', id: 'home-view' }, inside());
}

/** Drawn anew within what one has scrolled. */
export function fillHome() {
  byId('home-view')?.replaceChildren(inside());
}

function inside() {
  const { home } = store.views;
  const shown = home
    ? blockNodes(home.blocks, viewHolder(home))
    : [h('p', { class: 'quiet' }, `${store.state.app.name} has not published a Home for this person yet.`)];
  return h('div', { class: 'home blocks' }, shown);
}
