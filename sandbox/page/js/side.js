// The side of the page: who one is, and the conversations that person sees.

import { timeOf } from './dates.js';
import { button, byId, drawing, h } from './dom.js';
import { popover } from './floating.js';
import { avatar } from './message.js';
import { openMessages, titleOf } from './room.js';
import { become, goTo } from './route.js';
import { me, now, on, store } from './store.js';

export function startSide() {
  on('state desk place me clock', draw);
  setInterval(() => {
    const clock = byId('side').querySelector('.me time');
    if (clock && me()) clock.textContent = timeOf(now(), me().tz);
  }, 10000);
}

function draw() {
  if (!me()) return;
  const focused = document.activeElement?.closest('#side')?.contains(document.activeElement) && document.activeElement.dataset.where;
  const channels = store.desk.filter((each) => each.kind === 'channel' && each.is_member);
  const groups = store.desk.filter((each) => each.kind === 'mpim');
  const sort = (one, other) => one.is_archived - other.is_archived || one.name.localeCompare(other.name);
  byId('side').replaceChildren(
    switcher(),
    h('div', { class: 'side-scroll' },
      section('Apps', [appLine()]),
      section('Channels', [...channels.sort(sort).map(line), browseLine()]),
      groups.length > 0 && section('Direct messages', groups.map(line))),
  );
  if (focused) byId('side').querySelector(`[data-where="${CSS.escape(focused)}"]`)?.focus();
}

const section = (title, lines) => h('section', {}, h('h2', {}, title), h('ul', {}, lines.map((each) => h('li', {}, each))));

function line(where) {
  const icon = where.kind === 'channel' ? drawing(where.is_private ? 'lock' : 'hash') : h('span', { class: 'members', 'aria-hidden': 'true' }, String(where.members.length - 1));
  const words = where.kind === 'channel' ? where.name : titleOf(where);
  return entry(where.id, icon, words, where.unread, () => goTo(where.id), where.is_archived ? 'archived' : '');
}

function entry(where, icon, words, unread, run, more = '') {
  const isHere = store.place === where;
  return button([icon, h('span', { class: 'line-name' }, words), unread > 0 && h('span', { class: 'unread' }, String(unread))], run, {
    class: `line ${more}${unread ? ' fresh' : ''}`,
    'aria-current': isHere ? 'page' : null,
    'data-where': where,
    'aria-label': unread ? `${words}, ${unread} new` : null,
  });
}

function appLine() {
  const direct = store.desk.find((each) => each.kind === 'im');
  const unread = direct?.unread ?? 0;
  const run = () => (unread || !store.state.app.home_tab ? openMessages() : goTo('home'));
  const shown = entry('home', avatar(store.state.bot_user, 'mini'), store.state.app.name, unread, run);
  if (store.place === direct?.id) shown.setAttribute('aria-current', 'page');
  return shown;
}

const browseLine = () => entry('browse', drawing('search'), 'Browse channels', 0, () => goTo('browse'), 'quiet-line');

// --- being somebody else ------------------------------------------------------------------------

function switcher() {
  const person = me();
  return button([
    avatar(person.id),
    h('span', { class: 'who' }, h('strong', {}, person.real_name),
      h('span', { class: 'role' }, h('small', {}, person.title || person.name), h('time', {}, timeOf(now(), person.tz)))),
    drawing('down'),
  ], (event) => openSwitcher(event.currentTarget), { class: 'me', id: 'me', 'data-where': 'me', 'aria-haspopup': 'dialog', 'aria-label': `You are ${person.real_name}. Be somebody else` });
}

function openSwitcher(anchor) {
  const close = popover(anchor, 'people', (box) => {
    const field = h('input', { type: 'search', placeholder: 'Be somebody else', 'aria-label': 'Find a person', autofocus: true });
    const list = h('ul', { class: 'people-list' });
    const fill = () => {
      const typed = field.value.trim().toLowerCase();
      const found = [...store.people.values()].filter((each) => !each.is_bot && !each.deleted
        && `${each.name} ${each.real_name} ${each.title} ${each.topics.join(' ')}`.toLowerCase().includes(typed));
      list.replaceChildren(...found.map((each) => h('li', {}, personLine(each, () => {
        close();
        become(each.id);
      }))));
      if (!found.length) list.append(h('li', { class: 'quiet' }, 'Nobody here fits.'));
    };
    field.addEventListener('input', fill);
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
      event.preventDefault(); // Enter would otherwise also press what gets the focus next
      const first = list.querySelector('button');
      if (event.key === 'Enter') first?.click();
      else first?.focus();
    });
    list.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...list.querySelectorAll('button')];
      (all[all.indexOf(document.activeElement) + step] ?? field).focus();
    });
    fill();
    box.append(field, list);
  });
}

function personLine(each, run) {
  const fresh = store.others?.[each.id] ?? 0;
  const flags = [each.is_admin && 'admin', (each.is_restricted || each.is_ultra_restricted) && 'guest', each.team && 'other workspace'].filter(Boolean);
  return button([
    avatar(each.id),
    h('span', { class: 'who' }, h('strong', {}, each.real_name, flags.length > 0 && h('span', { class: 'badge' }, flags.join(', '))), h('small', {}, each.title)),
    fresh > 0 && h('span', { class: 'unread', title: `${fresh} new` }, String(fresh)),
    h('time', { title: each.tz }, timeOf(now(), each.tz)),
  ], run, { class: 'person', 'aria-current': each.id === store.me ? 'true' : null, 'data-person': each.name });
}
