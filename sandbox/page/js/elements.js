// Buttons, menus and pickers that act at once when used.

import { button, drawing, h } from './dom.js';
import { picture } from './blocks.js';
import { chooser } from './chooser.js';
import { confirmation, menu } from './floating.js';
import { inputNode } from './inputs.js';
import { plainText, textObject } from './mrkdwn.js';
import { optionsFor } from './offers.js';

const ELEMENTS = {
  button: pressable,
  overflow,
  image: (element) => picture(element, 'thumb'),
};
const FIELDS = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons'];

export function elementNode(element, block, holder) {
  const draw = ELEMENTS[element.type];
  if (draw) return draw(element, block, holder);
  const acting = { ...holder, changed: (_, __, selected) => agreedTo(element, () => holder.act(block, element, { selected })) };
  if (element.type.endsWith('_select')) return chooserNode(element, block, acting);
  if (FIELDS.includes(element.type)) return inputNode(element, block, acting);
  return h('span', { class: 'not-here' }, `${element.type}: not rendered here`);
}

/** Runs once the element's confirm object, if it has one, was agreed to. */
async function agreedTo(element, run) {
  const { confirm } = element;
  const asked = confirm && {
    title: plainText(confirm.title.text),
    text: textObject(confirm.text),
    confirm: plainText(confirm.confirm?.text ?? 'Yes'),
    deny: plainText(confirm.deny?.text ?? 'No'),
    style: confirm.style,
  };
  if (!asked || await confirmation(asked)) await run();
}

function pressable(element, block, holder) {
  const press = async () => {
    if (element.url) window.open(element.url, '_blank', 'noopener');
    await agreedTo(element, async () => {
      node.setAttribute('aria-busy', 'true');
      await holder.act(block, element, { value: element.value });
      node.removeAttribute('aria-busy');
    });
  };
  const node = button(plainText(element.text.text), press, {
    class: element.style === 'primary' ? 'primary' : element.style === 'danger' ? 'danger' : 'secondary',
    'aria-label': element.accessibility_label,
    'data-action': element.action_id,
  });
  return node;
}

function overflow(element, block, holder) {
  const items = element.options.map((option) => ({
    label: plainText(option.text.text),
    hint: option.description?.text,
    run: () => agreedTo(element, () => holder.act(block, element, { selected: option.value })),
  }));
  return button(drawing('more'), (event) => menu(event.currentTarget, items, 'More'), {
    class: 'secondary overflow', 'aria-label': 'More', 'aria-haspopup': 'menu', 'data-action': element.action_id,
  });
}

export function chooserNode(element, block, holder, id = null) {
  const several = element.type.startsWith('multi_');
  return chooser({
    id,
    action: element.action_id,
    name: id ? null : element.placeholder?.text ?? 'Choose',
    placeholder: element.placeholder?.text ?? (several ? 'Choose some' : 'Choose one'),
    several,
    most: element.max_selected_items,
    clearable: Boolean(block.optional),
    ...optionsFor(element, block, holder),
    changed: (values) => holder.changed(block, element, several ? values : values[0] ?? null),
  });
}
