// What stands behind the elements of a message or a view: their state, and what becomes of a press.

import { act } from './api.js';
import { loadMessages, loadViews, store, tell } from './store.js';

const remembered = new Map(); // what was chosen in a message's menus, while this page is open

/** What the app answers in another message is brought into sight. */
async function seen(answer, again) {
  if (!answer) return answer;
  const isNew = answer.saw?.some(({ channel, ts }) => channel === store.place && !store.messages.some((each) => each.ts === ts));
  await Promise.all([loadViews(), again?.()]);
  if (isNew) tell('said');
  return answer;
}

/** Elements of a message act at once. */
export function messageHolder(channel, message) {
  const where = { user: store.me, channel, ts: message.ts };
  const key = (block, element) => [store.me, channel, message.ts, block.block_id, element.action_id].join('/');
  return {
    id: message.ts.replace('.', '-'),
    chosen: (block, element) => remembered.get(key(block, element)) ?? initial(element),
    async act(block, element, what) {
      if ('selected' in what) remembered.set(key(block, element), stateLike(element, what.selected));
      const body = { ...where, ...spot(message.blocks, block, element), ...told(what) };
      return seen(await act('action', body), loadMessages);
    },
    changed(block, element, selected) {
      return this.act(block, element, { selected });
    },
    suggest: (block, element, value) => act('suggest', { ...where, ...spot(message.blocks, block, element), value }),
  };
}

/** An app may have drawn the same anew meanwhile, with new names for its blocks: they are given only in doubt. */
function spot(blocks, block, element) {
  const parts = blocks.flatMap((each) => [...(each.elements ?? []), each.accessory, each.element]);
  const alike = parts.filter((each) => each?.action_id === element.action_id);
  return { action_id: element.action_id, ...(alike.length > 1 ? { block_id: block.block_id } : {}) };
}

const told = (what) => Object.fromEntries(Object.entries(what).filter(([, value]) => value !== undefined));

/** Elements of a view: what is filled in goes to the local Slack in order, and only then an act. */
export function viewHolder(view) {
  const where = { user: store.me, view_id: view.id };
  const values = {};
  const words = {};
  let line = Promise.resolve();
  const next = (run) => {
    line = line.then(run, run);
    return line;
  };
  const send = (block, element, what) => next(() => act('action', { ...where, ...spot(view.blocks, block, element), ...told(what) }));
  return {
    id: view.id,
    values,
    errors: null,
    chosen: (block, element) => {
      const state = view.state.values[block.block_id]?.[element.action_id] ?? initial(element);
      return element.action_id in (words[block.block_id] ?? {}) ? { ...state, value: words[block.block_id][element.action_id] } : state;
    },
    typed(block, element, value) {
      words[block.block_id] = { [element.action_id]: value };
      if (block.type === 'input') values[block.block_id] = value;
    },
    keepFrom: (older) => Object.assign(words, older?.words),
    words,
    async act(block, element, what) {
      return seen(await send(block, element, what));
    },
    changed(block, element, selected) {
      if (block.type === 'input') values[block.block_id] = selected;
      const empty = selected === null && !block.optional;
      return empty ? undefined : this.act(block, element, { selected });
    },
    suggest: (block, element, value) => act('suggest', { ...where, ...spot(view.blocks, block, element), value }),
    settled: () => line,
  };
}

const INITIAL = {
  initial_option: 'selected_option', initial_options: 'selected_options', initial_user: 'selected_user',
  initial_users: 'selected_users', initial_channel: 'selected_channel', initial_channels: 'selected_channels',
  initial_conversation: 'selected_conversation', initial_conversations: 'selected_conversations',
  initial_date: 'selected_date', initial_time: 'selected_time', initial_date_time: 'selected_date_time', initial_value: 'value',
};

function initial(element) {
  const given = Object.entries(INITIAL).filter(([name]) => name in element);
  return given.length ? Object.fromEntries(given.map(([name, field]) => [field, element[name]])) : undefined;
}

function stateLike(element, selected) {
  const options = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const option = (value) => options.find((each) => each.value === value);
  const kind = element.type.replace('multi_', '');
  if (['static_select', 'radio_buttons'].includes(kind) && !Array.isArray(selected)) return { selected_option: option(selected) };
  if (['static_select', 'checkboxes'].includes(kind)) return { selected_options: selected.map(option).filter(Boolean) };
  if (kind.endsWith('picker')) return { [`selected_${{ datepicker: 'date', timepicker: 'time', datetimepicker: 'date_time' }[kind]}`]: selected };
  const noun = kind.replace('_select', '').replace('users', 'user').replace('channels', 'channel').replace('conversations', 'conversation');
  return Array.isArray(selected) ? { [`selected_${noun}s`]: selected } : { [`selected_${noun}`]: selected };
}
