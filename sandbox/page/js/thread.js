// A thread beside its conversation.

import { composer } from './composer.js';
import { byId, h, iconButton, reconcile } from './dom.js';
import { messageItem, titleOf } from './room.js';
import { goTo } from './route.js';
import { on, place, store } from './store.js';

export const ROOM_FOR_BOTH = 1500;
let shown = null;

export function startThread() {
  on('place me thread', draw);
  on('messages', fill);
  on('replied', () => requestAnimationFrame(toEnd));
  addEventListener('resize', makeRoom);
}

function draw() {
  const panel = byId('thread');
  const where = place();
  panel.hidden = !store.thread || !where;
  const key = [store.me, store.place, store.thread].join('/');
  if (panel.hidden || key === shown) {
    shown = panel.hidden ? null : key;
    return;
  }
  shown = key;
  makeRoom();
  const list = h('div', { class: 'list', role: 'log', 'aria-label': 'Thread' });
  const close = iconButton('close', 'Close thread', () => goTo(store.place));
  panel.replaceChildren(
    h('header', { class: 'room-head' }, h('h2', {}, 'Thread'), h('p', { class: 'topic' }, titleOf(where)), close),
    h('div', { class: 'scroller' }, list),
  );
  if (where.is_member && !where.is_archived) {
    panel.append(composer({ channel: where.id, thread: store.thread, name: 'Reply…', id: 'reply' }));
  }
  fill();
  (byId('reply') ?? close).focus({ preventScroll: true });
}

function fill() {
  const panel = byId('thread');
  if (panel.hidden) return;
  const list = panel.querySelector('.list');
  const { thread } = store;
  const scroller = list.parentElement;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const said = store.messages.filter((each) => each.ts === thread || each.thread_ts === thread);
  reconcile(list, said.map((message) => messageItem(message, [], false, true)), (item) => item.draw());
  if (atEnd) requestAnimationFrame(toEnd);
}

function toEnd() {
  const scroller = byId('thread').querySelector('.scroller');
  scroller?.scrollTo({ top: scroller.scrollHeight });
}

/** Beside both a thread and what is under the hood the conversation would be a strip. */
function makeRoom() {
  if (innerWidth < ROOM_FOR_BOTH && !byId('thread').hidden && !byId('hood').hidden) store.toggleHood();
}
