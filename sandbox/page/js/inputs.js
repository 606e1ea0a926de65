// Fields that hold a value: text, dates and times, checkboxes, radio buttons, and menus in forms.

import { instantOf, localOf } from './dates.js';
import { h } from './dom.js';
import { chooserNode } from './elements.js';
import { textObject } from './mrkdwn.js';
import { wordsOf } from './richtext.js';

const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'text' };
let count = 0;

/** A field that tells `holder.changed(block, element, selected)`. */
export function inputNode(element, block, holder, id = null) {
  if (element.type.endsWith('_select')) return chooserNode(element, block, holder, id);
  const draw = FIELDS[element.type] ?? (element.type.endsWith('_input') ? words : null);
  if (!draw) return h('span', { class: 'not-here', id }, `${element.type}: not rendered here`);
  const node = draw(element, block, holder, id);
  const name = id ? null : element.placeholder?.text ?? element.type;
  if (name && !node.hasAttribute('aria-label')) node.setAttribute('aria-label', name);
  node.dataset.action = element.action_id;
  return node;
}

const FIELDS = {
  file_input: (element, block, holder, id) => h('p', { class: 'not-here', id }, 'The local Slack has no files to choose from.'),
  datepicker: (...all) => moment('date', (state) => state?.selected_date, (value) => value, ...all),
  timepicker: (...all) => moment('time', (state) => state?.selected_time, (value) => value, ...all),
  datetimepicker: (...all) => moment(
    'datetime-local',
    (state) => state?.selected_date_time && localOf(state.selected_date_time * 1000),
    (value) => (value ? Math.round(instantOf(value) / 1000) : null),
    ...all,
  ),
  checkboxes: (...all) => boxes('checkbox', ...all),
  radio_buttons: (...all) => boxes('radio', ...all),
};

function moment(type, read, write, element, block, holder, id) {
  const field = h('input', { type, id, value: read(holder.chosen(block, element)) ?? '' });
  field.addEventListener('change', () => {
    if (field.value || block.optional) holder.changed(block, element, write(field.value) || null);
  });
  return field;
}

function words(element, block, holder, id) {
  const state = holder.chosen(block, element);
  const long = element.multiline || element.type === 'rich_text_input';
  const field = h(long ? 'textarea' : 'input', {
    id,
    type: long ? null : TYPES[element.type] ?? 'text',
    inputmode: element.type === 'number_input' ? 'decimal' : null,
    placeholder: element.placeholder?.text,
    rows: long ? 4 : null,
    dir: 'auto',
    autofocus: element.focus_on_load,
    autocomplete: 'off',
    value: state?.value ?? wordsOf(state?.rich_text_value),
  });
  // Each letter is remembered, so that an update of the form loses none; the app hears of it later.
  field.addEventListener('input', () => holder.typed?.(block, element, field.value));
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const tell = () => holder.changed(block, element, field.value);
  field.addEventListener('change', () => {
    if (!block.dispatch_action || triggers.includes('on_character_entered')) tell();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !long && block.dispatch_action && triggers.includes('on_enter_pressed')) {
      event.preventDefault();
      tell();
    }
  });
  return field;
}

function boxes(type, element, block, holder, id) {
  count += 1;
  const state = holder.chosen(block, element);
  const options = state?.selected_options ?? [state?.selected_option].filter(Boolean);
  const chosen = new Set(options.map((option) => option.value));
  const node = h('div', { class: 'boxes', id, role: type === 'radio' ? 'radiogroup' : 'group', 'aria-labelledby': id ? `${id}-label` : null });
  element.options.forEach((option) => {
    const box = h('input', { type, name: `boxes-${count}`, value: option.value, checked: chosen.has(option.value) });
    box.addEventListener('change', () => {
      const values = [...node.querySelectorAll('input:checked')].map((each) => each.value);
      holder.changed(block, element, type === 'radio' ? values[0] : values);
    });
    const more = option.description && h('small', {}, textObject(option.description));
    node.append(h('label', { class: 'box' }, box, h('span', {}, textObject(option.text), more)));
  });
  return node;
}
