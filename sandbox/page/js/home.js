// App Home: what the app shows to one person alone.

import { blockNodes } from './blocks.js';
import { h } from './dom.js';
import { viewHolder } from './holders.js';
import { store } from './store.js';

export function homeNode() {
  const { home } = store.views;
  const inside = home
    ? blockNodes(home.blocks, viewHolder(home))
    : [h('p', { class: 'quiet' }, `${store.state.app.name} has not published a Home for this person yet.`)];
  return h('div', { class: 'scroller', id: 'home-view' }, h('div', { class: 'home blocks' }, inside));
}
