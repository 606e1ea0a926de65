// What this page knows: the workspace, who one is, where one looks. Parts listen for what concerns them.

import { act, look } from './api.js';

export const store = {
  state: null, // /control/state
  guide: {},
  me: null, // a user id
  place: null, // a conversation's id, 'home', or 'browse'
  thread: null, // the ts of a thread's first message
  desk: [],
  messages: [],
  views: { home: null, modals: [] },
  entries: [],
  run: null,
  movedAt: 0, // performance.now() when `now` was heard
};

const listeners = new Map();

export function on(topics, run) {
  for (const topic of topics.split(' ')) listeners.set(topic, [...(listeners.get(topic) ?? []), run]);
}

export function tell(...topics) {
  const due = new Set(topics.flatMap((topic) => listeners.get(topic) ?? []));
  for (const run of due) run();
}

export const person = (id) => store.people?.get(id);
export const me = () => person(store.me);
export const bot = () => store.state.bot_user;
export const conversation = (id) => store.desk.find((each) => each.id === id);
export const place = () => conversation(store.place);

export function nameOf(id) {
  const found = person(id);
  if (!found) return id === 'USLACKBOT' ? 'Slack' : id;
  return found.real_name || found.name;
}

/** The instant of the local Slack's clock. */
export function now() {
  const told = Date.parse(store.state.now);
  return store.state.held ? told : told + performance.now() - store.movedAt;
}

export function heardTime(notice) {
  store.state.now = notice.now;
  store.state.held = notice.held;
  store.movedAt = performance.now();
}

const asked = new Map(); // by what is looked at, how often
const heard = new Map(); // and the newest look that was answered

/** Null if a younger look was answered first: what is older must not come after it. */
async function lookInOrder(what, path) {
  const own = (asked.get(what) ?? 0) + 1;
  asked.set(what, own);
  const found = await look(path);
  if (own < (heard.get(what) ?? 0)) return null;
  heard.set(what, own);
  return found;
}

export async function loadState() {
  const state = await lookInOrder('state', 'state');
  if (!state) return;
  store.state = state;
  store.movedAt = performance.now();
  store.people = new Map(state.people.map((each) => [each.id, each]));
  tell('state');
}

export async function loadDesk() {
  const user = store.me;
  const found = await lookInOrder('desk', `desk/${user}`);
  if (!found || user !== store.me) return;
  store.desk = found.conversations;
  store.others = found.others;
  tell('desk');
}

export async function loadMessages() {
  const { me: user, place: where } = store;
  if (!where || where === 'home' || where === 'browse') return;
  const found = await lookInOrder('messages', `messages/${where}?as=${user}`);
  if (!found || user !== store.me || where !== store.place) return;
  store.messages = found.messages;
  tell('messages');
}

export async function loadViews() {
  const user = store.me;
  const found = await lookInOrder('views', `views/${user}`);
  if (!found || user !== store.me) return;
  store.views = { home: found.home, modals: found.modals };
  tell('views');
}

/** From the first entry that was not complete when last seen. */
export async function loadJournal() {
  const open = store.entries.findIndex((entry) => entry.ms === null);
  const from = open < 0 ? store.entries.length : open;
  const found = await lookInOrder('journal', `journal?since=${from}`);
  if (!found) return;
  store.entries = [...store.entries.slice(0, from), ...found.entries];
  tell('journal');
}

export async function loadEverything() {
  store.entries = [];
  await loadState();
  if (!person(store.me)) store.me = store.state.people.find((each) => !each.is_bot && !each.deleted).id;
  store.guide = (await look('guide')).guide;
  await loadDesk();
  if (!conversation(store.place) && store.place !== 'home' && store.place !== 'browse') {
    store.place = store.desk.find((each) => each.is_member)?.id ?? 'browse';
  }
  tell('place');
  await Promise.all([loadMessages(), visitHome(), loadJournal()]);
}

/** Whoever looks at App Home opens it, so that the app hears of it; people of other workspaces have none. */
export async function visitHome() {
  if (store.place === 'home' && store.state.app.home_tab && !me()?.team) await act('home', { user: store.me });
  await loadViews();
}

/** Looks again at what a notice names, if it is in sight. */
export async function heed(notice) {
  const first = notice.run && notice.run !== store.run;
  store.run = notice.run ?? store.run;
  if (first || notice.changed.includes('everything')) return loadEverything();
  heardTime(notice);
  const changed = new Set(notice.changed);
  const any = (...names) => names.some((name) => changed.has(name));
  const work = [];
  if (any('people', 'faults', 'sockets')) work.push(loadState());
  if (any('journal')) work.push(loadJournal());
  if (any(`home/${store.me}`, `modals/${store.me}`)) work.push(loadViews());
  if (any('marks') || store.desk.some((each) => changed.has(each.id)) || notice.changed.some(isConversation)) {
    work.push(loadDesk());
  }
  if (any(store.place)) work.push(loadMessages());
  if (any('clock')) tell('clock');
  return Promise.all(work);
}

const isConversation = (name) => /^[CDG]_/.test(name);
