// The middle of the page: a conversation with its messages, App Home, or the list of channels.

import { act } from './api.js';
import { composer } from './composer.js';
import { dayHeading, dayKey, tsToMs } from './dates.js';
import { button, byId, drawing, h, reconcile } from './dom.js';
import { fillHome, homeNode } from './home.js';
import { messageNode } from './message.js';
import { refusalNode, refusalsIn } from './refusals.js';
import { goTo } from './route.js';
import { bot, loadDesk, me, nameOf, on, person, place, store } from './store.js';

let list = null;
let readTo = null;
let marked = null; // what was last said to be read

export function startRoom() {
  on('place me', draw);
  on('messages journal state', fill);
  on('desk', () => {
    heading();
    markRead();
  });
  on('said', () => list && requestAnimationFrame(() => scrollToEnd(list.parentElement)));
  document.addEventListener('visibilitychange', markRead);
  on('views', fillHome);
}

function draw() {
  list = null;
  readTo = place()?.read ?? null;
  const room = byId('room');
  room.replaceChildren(h('header', { class: 'room-head', id: 'room-head' }));
  heading();
  if (store.place === 'home') room.append(homeNode());
  else if (store.place === 'browse') room.append(browser());
  else room.append(...conversationNodes());
}

function conversationNodes() {
  const where = place();
  list = h('div', { class: 'list', role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  const scroller = h('div', { class: 'scroller' }, beginning(where), list);
  fill();
  return [scroller, foot(where)];
}

function foot(where) {
  const note = (words, more) => h('div', { class: 'closed' }, h('p', {}, words), more);
  if (!where) return note('This conversation is not to be seen by this person.');
  if (where.is_archived) return note('This channel is archived. It can be read, and no more.');
  if (!where.is_member) {
    const join = () => act('channel', { id: where.id, add: [store.me] }).then(loadDesk).then(draw);
    return note(`You are looking at #${where.name}.`, button('Join the channel', join, { class: 'primary' }));
  }
  if (where.kind === 'im' && store.state.app.messages_read_only) {
    return note(`${store.state.app.name} does not read messages sent here. Its buttons work, and so do slash commands anywhere else.`);
  }
  return composer({ channel: where.id, name: `Message ${titleOf(where)}`, id: 'composer' });
}

export function titleOf(where) {
  if (where.kind === 'channel') return `#${where.name}`;
  const others = where.members.filter((id) => id !== store.me && (where.kind === 'im' || id !== bot()));
  return others.map((id) => (where.kind === 'im' ? nameOf(id) : nameOf(id).split(' ')[0])).join(', ');
}

function heading() {
  const head = byId('room-head');
  if (!head) return;
  const where = place();
  const isApp = store.place === 'home' || where?.kind === 'im';
  if (store.place === 'browse') return head.replaceChildren(h('h1', {}, 'Channels'));
  if (isApp) return head.replaceChildren(h('h1', {}, store.state.app.name), tabs());
  if (!where) return head.replaceChildren(h('h1', {}, 'Not here'));
  const icon = where.kind === 'channel' && drawing(where.is_private ? 'lock' : 'hash');
  return head.replaceChildren(
    h('h1', {}, icon || '', where.kind === 'channel' ? where.name : titleOf(where)),
    h('p', { class: 'topic' }, where.topic),
    h('span', { class: 'count', title: peopleIn(where).map(nameOf).join(', ') }, `${peopleIn(where).length} people`));
}

const peopleIn = (where) => where.members.filter((id) => !person(id)?.is_bot);

function tabs() {
  const direct = store.desk.find((each) => each.kind === 'im');
  const tab = (label, where, run) => button(label, run, { role: 'tab', 'aria-selected': String(store.place === where), class: 'tab' });
  return h('div', { role: 'tablist', class: 'tabs', 'aria-label': store.state.app.name },
    store.state.app.home_tab && tab('Home', 'home', () => goTo('home')),
    tab('Messages', direct?.id, () => openMessages()));
}

export async function openMessages() {
  await act('home', { user: store.me, tab: 'messages' });
  await loadDesk();
  const direct = store.desk.find((each) => each.kind === 'im');
  if (direct) await goTo(direct.id);
}

function beginning(where) {
  if (!where) return null;
  const words = where.kind === 'channel' ? `This is the very beginning of #${where.name}.` : 'This is the beginning of your conversation.';
  return h('p', { class: 'beginning quiet' }, words);
}

// --- messages -----------------------------------------------------------------------------------

function fill() {
  if (!list?.isConnected && !list) return;
  const scroller = list.parentElement;
  const atEnd = !scroller?.isConnected || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const fresh = !list.children.length;
  reconcile(list, items(), (item) => item.draw());
  if (atEnd || fresh) requestAnimationFrame(() => scrollToNews(scroller, fresh));
  markRead();
}

function scrollToNews(scroller, fresh) {
  const news = fresh && scroller.querySelector('.new-line');
  if (news) news.scrollIntoView({ block: 'center' });
  else scrollToEnd(scroller);
}

const scrollToEnd = (scroller) => scroller?.scrollTo({ top: scroller.scrollHeight });

function items() {
  const shown = [];
  const top = store.messages.filter((each) => !isReply(each));
  const replies = Map.groupBy(store.messages.filter(isReply), (each) => each.thread_ts);
  const all = [...top.map((message) => ({ ts: message.ts, message })), ...refusalsIn(store.place)];
  all.sort((one, other) => (one.ts < other.ts ? -1 : 1));
  let last = null;
  let newLine = false;
  for (const { ts, message, entry } of all) {
    const ms = tsToMs(ts);
    if (!last || dayKey(ms) !== dayKey(tsToMs(last.ts))) shown.push(dayLine(ms));
    const dayBroke = shown.at(-1)?.key.startsWith('day');
    if (!newLine && readTo && ts > readTo && message && message.user !== store.me && last) {
      newLine = true;
      shown.push({ key: 'new', print: '', draw: () => h('div', { class: 'new-line', role: 'separator' }, h('span', {}, 'New')) });
    }
    const follows = !dayBroke && shown.at(-1)?.key !== 'new' && isClose(last?.message, message);
    shown.push(entry ? refusalItem(entry) : messageItem(message, replies.get(ts) ?? [], follows));
    last = { ts, message };
  }
  return shown;
}

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

function isClose(one, other) {
  if (!one || !other || one.user !== other.user || one.ephemeral || other.ephemeral) return false;
  return Number(other.ts) - Number(one.ts) < 300 && !one.blocks?.length;
}

function dayLine(ms) {
  const words = dayHeading(ms);
  return { key: `day-${dayKey(ms)}`, print: words, draw: () => h('div', { class: 'day-line', role: 'separator' }, h('span', {}, words)) };
}

const refusalItem = (entry) => ({ key: `refusal-${entry.n}`, print: '', draw: () => refusalNode(entry) });

export function messageItem(message, replies, follows, inThread = false) {
  const channel = store.place;
  const about = replies.map((each) => each.ts);
  const print = JSON.stringify([message, about, follows, store.me, me()?.tz, person(message.user)?.real_name]);
  return { key: message.ts, print, draw: () => messageNode(message, { channel, follows, replies, inThread }) };
}

/** What is on screen in a window that somebody looks at is read, whichever is known first: the message, or that it is new. */
function markRead() {
  const where = place();
  if (!where?.is_member || document.hidden || !store.messages.length) return;
  const newest = store.messages.at(-1).ts;
  const mark = [store.run, store.me, where.id, newest].join('/');
  if (!where.unread || newest <= where.read || mark === marked) return;
  marked = mark;
  act('read', { user: store.me, channel: where.id, ts: newest });
}

function browser() {
  const channels = store.desk.filter((each) => each.kind === 'channel');
  return h('div', { class: 'scroller' }, h('ul', { class: 'browse' }, channels.map((each) => h('li', {},
    button([h('strong', {}, `#${each.name}`), h('span', { class: 'quiet' }, each.topic),
      h('small', {}, each.is_archived ? 'archived' : each.is_member ? 'you are in it' : `${peopleIn(each).length} people`)],
    () => goTo(each.id))))));
}
