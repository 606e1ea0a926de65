// The time machine: moves the clock forward, and says what happened in between.

import { act, attempt, gestures, look } from './api.js';
import { fullMoment, instantOf, localOf, shortMoment, timeOf, tsToMs } from './dates.js';
import { button, byId, drawing, h } from './dom.js';
import { popover } from './floating.js';
import { mrkdwn } from './mrkdwn.js';
import { become, goTo } from './route.js';
import { heardTime, loadState, me, nameOf, now, on, person, store } from './store.js';
import { notify } from './toast.js';

const MOST = 500; // characters of a message in the report

export function timeButton() {
  const words = h('span', { id: 'clock' });
  const shown = button([drawing('clock'), words], (event) => open(event.currentTarget), { class: 'time', id: 'time', 'aria-haspopup': 'dialog' });
  const tick = () => {
    if (!store.state || !me()) return;
    words.textContent = shortMoment(now());
    shown.setAttribute('aria-label', `It is ${fullMoment(now())}. Time machine`);
  };
  on('state clock me place', tick);
  setInterval(tick, 1000);
  return shown;
}

function open(anchor) {
  popover(anchor, 'machine', (box, close) => {
    const go = (label, body) => button(label, () => travel(body, close), { class: 'secondary' });
    const field = h('input', { type: 'datetime-local', id: 'travel-to', value: localOf(now()), min: localOf(now()) });
    const soon = h('ul', { class: 'soon' });
    box.append(
      h('h2', {}, fullMoment(now())),
      h('p', { class: 'quiet' }, `As ${me().real_name} sees it (${me().tz}). It never goes back. `, holding(close)),
      h('div', { class: 'steps' }, go('+1 hour', { advance: 3600 }), go('+1 day', { advance: 86400 }), go('+1 week', { advance: 604800 }), next(close)),
      h('form', { class: 'travel' }, h('label', { for: 'travel-to' }, 'Until'), field, h('button', { type: 'submit', class: 'primary' }, 'Travel')),
      h('h3', {}, 'What will happen'), soon);
    box.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      if (field.value) travel({ to: new Date(instantOf(field.value)).toISOString() }, close);
    });
    upcoming(soon);
  });
}

function holding(close) {
  const { held } = store.state;
  return button(held ? 'It stands still: let it run' : 'It runs: stop it', async () => {
    close();
    if (await act('clock', { held: !held })) await loadState();
  }, { class: 'link' });
}

function next(close) {
  return button('To the next thing that will happen', () => travel({ to_next: true }, close), { class: 'secondary wide' });
}

/** What the app itself names; asking moves nothing. */
async function upcoming(list) {
  try {
    const told = await attempt('clock', { held: store.state.held });
    const ahead = told.upcoming.filter((each) => Date.parse(each.at) > now());
    list.replaceChildren(...ahead.slice(0, 6).map((each) => h('li', {}, h('span', {}, each.words ?? each.what), h('time', {}, shortMoment(Date.parse(each.at))))));
    if (!ahead.length) list.append(h('li', { class: 'quiet' }, 'Nothing that the app knows of.'));
  } catch (refusal) {
    list.replaceChildren(h('li', { class: 'quiet' }, refusal.message));
  }
}

/** Moves the clock and shows what happened meanwhile. */
export async function travel(body, close = () => {}) {
  const from = now();
  close();
  const button = byId('time');
  button.setAttribute('aria-busy', 'true');
  try {
    const before = await look('news?since=9999999999.000000').then((found) => found.newest);
    const told = await attempt('clock', body);
    heardTime({ now: told.now, held: store.state.held });
    for (const trouble of told.troubles) notify(`${trouble.url} ${trouble.error}`, 'bad');
    const { conversations } = await look(`news?since=${before}`);
    report(from, conversations);
    gestures.dispatchEvent(new CustomEvent('done', { detail: { name: 'travel', body, answer: told } }));
  } catch (refusal) {
    notify(refusal.message, 'bad');
  }
  button.removeAttribute('aria-busy');
}

// --- what happened in between -------------------------------------------------------------------

function report(from, conversations) {
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'between-title' });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  dialog.addEventListener('close', () => dialog.remove());
  const count = conversations.reduce((sum, each) => sum + each.messages.length, 0);
  dialog.append(
    h('header', {}, h('div', {}, h('h2', { id: 'between-title' }, 'What happened in between'),
      h('p', { class: 'quiet' }, `${shortMoment(from)} → ${shortMoment(now())}`))),
    h('div', { class: 'modal-body between' }, count ? inOrder(conversations).map((each) => part(each, close)) : h('p', {}, 'Nothing was said to anybody.')),
    h('footer', {}, button('Go on', close, { class: 'primary', autofocus: true })),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function part(found, close) {
  const channel = store.state.channels.find((each) => each.id === found.id);
  const people = found.members.filter((id) => !person(id)?.is_bot);
  const title = channel ? `#${channel.name}` : `Direct: ${people.map(nameOf).join(', ')}`;
  const reader = found.messages.find((each) => each.for)?.for ?? (people.includes(store.me) ? store.me : people[0]);
  const look = async () => {
    close();
    await become(reader);
    await goTo(found.id);
  };
  return h('section', {},
    h('h3', {}, title, ' ', button(reader === store.me ? 'Look' : `Look as ${nameOf(reader)}`, look, { class: 'link' })),
    found.messages.slice(0, 5).map((message) => h('div', { class: 'glimpse' },
      h('time', {}, `${shortMoment(tsToMs(message.ts)).split(',').slice(0, 2).join(',')}, ${timeOf(tsToMs(message.ts))}`),
      h('div', {}, h('strong', {}, nameOf(message.user)), message.for && h('span', { class: 'quiet' }, ` to ${nameOf(message.for)} alone`),
        h('div', { class: 'words', dir: 'auto' }, mrkdwn(shorten(message.text)))))),
    found.messages.length > 5 && h('p', { class: 'quiet' }, `and ${found.messages.length - 5} more`));
}

const inOrder = (conversations) => [...conversations].sort((one, other) => (one.messages[0].ts < other.messages[0].ts ? -1 : 1));

/** Whole, or up to the end of a line, a sentence or at least a word; never within a link or an escaped sign. */
function shorten(text) {
  if (text.length <= MOST) return text;
  const head = text.slice(0, MOST).replace(/[<&][^<&>;]*$/, '');
  const ends = [...head.matchAll(/[^\n](?=\n)|[.?!](?=\s)/g)].map((found) => found.index + 1);
  const end = ends.findLast((place) => place > MOST / 2) ?? head.lastIndexOf(' ');
  return `${head.slice(0, end > 0 ? end : head.length).trimEnd()}\n…`;
}
