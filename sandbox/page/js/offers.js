// What a menu offers, and what is chosen in it at the start.

import { plainText } from './mrkdwn.js';
import { bot, conversation, nameOf, person, store } from './store.js';

const asOption = (option) => ({ value: option.value, words: option.text.text, hint: option.description?.text });
const asPerson = (id) => ({ value: id, words: nameOf(id), hint: person(id)?.title });

function asPlace(id) {
  const found = conversation(id);
  if (!found) return { value: id, words: id };
  if (found.kind === 'channel') return { value: id, words: `#${found.name}`, hint: found.topic };
  const others = found.members.filter((user) => user !== store.me && (found.kind === 'im' || user !== bot()));
  return { value: id, words: others.map(nameOf).join(', ') };
}

/** `current` and `load(typed)`, which answers groups of options. */
export function optionsFor(element, block, holder) {
  const kind = element.type.replace('multi_', '').replace('_select', '');
  const state = holder.chosen(block, element);
  return { current: current(state), load: LOADERS[kind](element, block, holder) };
}

function current(state) {
  if (!state) return [];
  const options = state.selected_options ?? (state.selected_option ? [state.selected_option] : []);
  const people = state.selected_users ?? (state.selected_user ? [state.selected_user] : []);
  const places = [
    ...(state.selected_conversations ?? []), ...(state.selected_channels ?? []),
    ...[state.selected_conversation, state.selected_channel].filter(Boolean),
  ];
  return [...options.map(asOption), ...people.map(asPerson), ...places.map(asPlace)];
}

const one = (options) => [{ options }];

function given(element) {
  const groups = element.option_groups?.map((group) => ({ label: group.label.text, options: group.options.map(asOption) }));
  return groups ?? one((element.options ?? []).map(asOption));
}

const LOADERS = {
  static: (element) => async () => given(element),
  external: (element, block, holder) => async (typed) => {
    if (typed.length < (element.min_query_length ?? 3)) return [{ label: 'Type to search', options: [] }];
    const found = await holder.suggest(block, element, typed);
    return found ? given({ options: found.options ?? [], option_groups: found.option_groups }) : [];
  },
  users: () => async () => one([...store.people.values()].filter((each) => !each.deleted).map((each) => asPerson(each.id))),
  channels: () => async () => one(placesLike((each) => each.kind === 'channel' && !each.is_private)),
  conversations: (element) => async () => one(placesLike((each) => passes(each, element.filter ?? {}))),
};

const placesLike = (wanted) => store.desk.filter((each) => !each.is_archived && wanted(each)).map((each) => asPlace(each.id));

function passes(each, filter) {
  const noun = each.kind === 'channel' ? (each.is_private ? 'private' : 'public') : each.kind;
  if (filter.include && !filter.include.includes(noun)) return false;
  if (filter.exclude_external_shared_channels && each.is_ext_shared) return false;
  return !(filter.exclude_bot_users && each.kind === 'im' && each.members.some((user) => person(user)?.is_bot));
}

export const shown = (option) => plainText(option.words);
