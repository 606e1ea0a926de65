// The field in which people write messages and commands.

import { act } from './api.js';
import { completion } from './completion.js';
import { h, iconButton } from './dom.js';
import { pickEmoji } from './emoji.js';
import { menu } from './floating.js';
import { loadMessages, loadViews, store, tell } from './store.js';
import { notify } from './toast.js';

const drafts = new Map();
const sentBefore = new Map(); // by person, for the arrow up

export function composer({ channel, thread = null, name, id }) {
  const key = [store.me, channel, thread].join('/');
  const field = h('textarea', { id, rows: 1, dir: 'auto', placeholder: name, 'aria-label': name, value: drafts.get(key) ?? '' });
  const hints = completion(field, { withCommands: !thread });
  const form = h('form', { class: 'composer' }, hints.list, field, h('div', { class: 'composer-tools' },
    iconButton('smile', 'Insert emoji', (event) => pickEmoji(event.currentTarget, (emoji) => insert(field, `:${emoji}: `))),
    !thread && iconButton('bolt', 'Commands and shortcuts', (event) => menu(event.currentTarget, offers(field), 'Commands and shortcuts')),
    h('span', { class: 'usage', id: `${id}-usage` }),
    iconButton('send', 'Send', () => form.requestSubmit(), { class: 'icon send' })));
  field.setAttribute('aria-describedby', `${id}-usage`);
  const changed = () => {
    drafts.set(key, field.value);
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
    form.querySelector('.usage').textContent = thread ? '' : usage(field.value);
  };
  field.addEventListener('input', changed);
  field.addEventListener('keydown', (event) => {
    if (hints.handles(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'ArrowUp' && !field.value) {
      field.value = sentBefore.get(store.me)?.at(-1) ?? '';
      changed();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    hints.hide();
    changed();
    sentBefore.set(store.me, [...(sentBefore.get(store.me) ?? []), text]);
    if (!await send(text, channel, thread)) {
      field.value = text;
      changed();
    }
  });
  queueMicrotask(changed);
  return form;
}

function insert(field, words) {
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input'));
  field.focus();
}

function usage(text) {
  const typed = text.match(/^(\/\S+)\s/)?.[1];
  const known = store.state.app.commands.find((each) => each.command === typed);
  return known ? `${known.command} ${known.usage_hint}` : '';
}

/** Answers whether it went out. */
async function send(text, channel, thread) {
  const typed = text.match(/^(\/[\w-]+)\s*([\s\S]*)$/);
  if (typed && thread) return refuse('Slack has no slash commands in threads. Use one in the channel.');
  if (typed) return command(typed[1], typed[2], channel);
  const body = { user: store.me, channel, text: asSlackWrites(text), ...(thread ? { thread_ts: thread } : {}) };
  return afterwards(await act('message', body), thread);
}

async function command(name, text, channel) {
  if (!store.state.app.commands.some((each) => each.command === name)) {
    return refuse(`${name} is not a command of ${store.state.app.name}.`);
  }
  return afterwards(await act('command', { user: store.me, channel, command: name, text }));
}

function refuse(words) {
  notify(words, 'bad');
  return false;
}

/** Whoever has said something sees it, and what is answered, however far up they were reading. */
async function afterwards(answer, thread = null) {
  if (answer) {
    await Promise.all([loadMessages(), loadViews()]);
    tell(thread ? 'replied' : 'said');
  }
  return Boolean(answer);
}

/** As a Slack client sends typed text: three signs escaped, names and channels as references. */
export function asSlackWrites(text) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before, handle) => {
      const found = [...store.people.values()].find((each) => each.name === handle.toLowerCase());
      return found ? `${before}<@${found.id}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before, name) => {
      const found = store.desk.find((each) => each.kind === 'channel' && each.name === name);
      return found ? `${before}<#${found.id}|${found.name}>` : whole;
    });
}

function offers(field) {
  const { commands, shortcuts } = store.state.app;
  const begin = (name) => {
    field.value = `${name} `;
    field.focus();
    field.dispatchEvent(new Event('input'));
  };
  const run = async (each) => {
    await act('shortcut', { user: store.me, callback_id: each.callback_id });
    await loadViews();
  };
  return [
    ...shortcuts.filter((each) => each.type === 'global').map((each) => ({ label: each.name, hint: each.description, run: () => run(each) })),
    ...commands.map((each) => ({ label: each.command, hint: each.description, run: () => begin(each.command) })),
  ];
}
