// Who one is and where one looks, kept in the address: a reload and the back button know it.

import { loadDesk, loadMessages, store, tell, visitHome } from './store.js';

export function readAddress() {
  const [user, where, thread] = location.hash.replace(/^#\/?/, '').split('/');
  return { user: user || null, place: where || null, thread: thread || null };
}

export function writeAddress(push = false) {
  const parts = [store.me, store.place, store.thread].filter(Boolean);
  const address = `#/${parts.join('/')}`;
  if (address !== location.hash) history[push ? 'pushState' : 'replaceState'](null, '', address);
}

export async function become(user) {
  if (user === store.me) return;
  store.me = user;
  store.messages = [];
  store.views = { home: null, modals: [] };
  store.thread = null;
  await loadDesk();
  const known = store.desk.find((each) => each.id === store.place);
  if (!known && store.place !== 'home' && store.place !== 'browse') store.place = store.desk[0]?.id ?? 'browse';
  writeAddress(true);
  tell('me', 'place', 'messages', 'views');
  await Promise.all([loadMessages(), visitHome()]);
}

export async function goTo(where, thread = null) {
  const moved = where !== store.place;
  store.place = where;
  store.thread = thread;
  if (moved) store.messages = [];
  writeAddress(true);
  tell(...(moved ? ['place', 'messages'] : ['thread']));
  if (where === 'home') return visitHome();
  return moved ? loadMessages() : undefined;
}

export const openThread = (ts) => goTo(store.place, ts);

/** The back button, and addresses typed by hand. */
export function followAddress(changed) {
  addEventListener('popstate', () => {
    const { user, place, thread } = readAddress();
    Object.assign(store, { me: user, place, thread, messages: [] });
    changed();
  });
}
