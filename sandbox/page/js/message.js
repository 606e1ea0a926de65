// One message as a person sees it.

import { act } from './api.js';
import { blockNodes } from './blocks.js';
import { shortMoment, timeOf, tsToMs } from './dates.js';
import { button, h, iconButton } from './dom.js';
import { pickEmoji } from './emoji.js';
import { menu } from './floating.js';
import { messageHolder } from './holders.js';
import { emojiNode, mrkdwn } from './mrkdwn.js';
import { openThread } from './route.js';
import { loadMessages, loadViews, nameOf, person, store } from './store.js';

export function avatar(id, size = '') {
  const known = person(id);
  const name = nameOf(id);
  const letters = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('');
  const kind = known?.is_bot || id === 'USLACKBOT' ? ' bot' : '';
  return h('span', { class: `avatar${kind} ${size}`, 'aria-hidden': 'true', hue: hueOf(id) }, letters);
}

const hueOf = (id) => String([...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 3600, 7) % 360);

/** `follows` says that the message above is by the same person and recent: no name again. */
export function messageNode(message, { channel, follows, replies = [], inThread = false }) {
  const whole = h('article', {
    class: `message${follows ? ' follows' : ''}${message.ephemeral ? ' private' : ''}`,
    'data-ts': message.ts,
    'aria-label': `${nameOf(message.user)}, ${shortMoment(tsToMs(message.ts))}`,
  });
  whole.append(...[
    follows ? h('time', { class: 'gutter' }, timeOf(tsToMs(message.ts))) : avatar(message.user),
    h('div', { class: 'said' },
      message.ephemeral && h('p', { class: 'only-you' }, 'Only visible to you'),
      !follows && byline(message),
      content(message, channel),
      reactions(message, channel),
      !inThread && replies.length > 0 && threadLink(message, replies)),
    tools(message, channel, inThread),
  ].filter(Boolean));
  return whole;
}

function byline(message) {
  const known = person(message.user);
  const isApp = known?.is_bot || message.user === 'USLACKBOT';
  return h('p', { class: 'byline' },
    h('strong', {}, nameOf(message.user)),
    isApp && h('span', { class: 'badge' }, 'App'),
    known?.deleted && h('span', { class: 'badge' }, 'Deactivated'),
    h('time', { title: shortMoment(tsToMs(message.ts)) }, timeOf(tsToMs(message.ts))));
}

function content(message, channel) {
  const edited = message.edited && !message.ephemeral && h('span', { class: 'edited' }, ' (edited)');
  if (message.blocks?.length) {
    return h('div', { class: 'blocks' }, blockNodes(message.blocks, messageHolder(channel, message)), edited);
  }
  return h('div', { class: 'words', dir: 'auto' }, mrkdwn(message.text), edited);
}

function reactions(message, channel) {
  const names = Object.entries(message.reactions ?? {});
  if (!names.length) return null;
  return h('div', { class: 'reactions' }, names.map(([name, users]) => {
    const own = users.includes(store.me);
    const who = users.map(nameOf).join(', ');
    return button([emojiNode(name), h('span', {}, String(users.length))], () => react(message, channel, name, !own), {
      class: `reaction${own ? ' own' : ''}`, 'aria-pressed': String(own), title: `${who} reacted with :${name}:`,
      'aria-label': `${name}, ${users.length}: ${who}`,
    });
  }));
}

export async function react(message, channel, name, present) {
  if (await act('reaction', { user: store.me, channel, ts: message.ts, name, present })) await loadMessages();
}

function threadLink(message, replies) {
  const people = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = replies.at(-1);
  const words = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return button([
    h('span', { class: 'faces' }, people.map((id) => avatar(id, 'mini'))),
    h('strong', {}, words),
    h('span', { class: 'quiet' }, `last ${shortMoment(tsToMs(last.ts))}`),
  ], () => openThread(message.ts), { class: 'thread-link' });
}

function tools(message, channel, inThread) {
  if (message.ephemeral) return null;
  const toReact = (event) => pickEmoji(event.currentTarget, (name) => {
    const own = message.reactions?.[name]?.includes(store.me);
    react(message, channel, name, !own);
  });
  const shortcuts = store.state.app.shortcuts.filter((each) => each.type === 'message');
  return h('div', { class: 'tools', role: 'group', 'aria-label': 'Message actions' },
    iconButton('smile', 'Add reaction', toReact),
    !inThread && iconButton('reply', 'Reply in thread', () => openThread(message.thread_ts ?? message.ts)),
    shortcuts.length > 0 && iconButton('more', 'Shortcuts', (event) => menu(event.currentTarget, shortcuts.map((each) => ({
      label: each.name, hint: `${store.state.app.name} · ${each.description}`, run: () => useShortcut(each, channel, message),
    })), 'Shortcuts')));
}

async function useShortcut(shortcut, channel, message) {
  await act('shortcut', { user: store.me, callback_id: shortcut.callback_id, channel, ts: message.ts });
  await loadViews();
}
