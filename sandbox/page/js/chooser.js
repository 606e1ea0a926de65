// One menu for every select of Block Kit: type to search, arrows to move, Enter to choose.

import { button, drawing, h } from './dom.js';
import { popover } from './floating.js';
import { shown } from './offers.js';

let count = 0;

export function chooser({ id, action, name, placeholder, several, most, clearable, current, load, changed }) {
  let chosen = [...current];
  const box = h('div', { class: `chooser${several ? ' several' : ''}`, 'data-action': action });
  const opener = button('', () => open(), {
    id, class: 'chooser-opener', 'aria-haspopup': 'listbox', 'aria-expanded': 'false',
    'aria-labelledby': id ? `${id}-label ${id}` : null,
  });

  function draw() {
    const words = several || !chosen.length ? placeholder : null;
    opener.replaceChildren(h('span', { class: words ? 'quiet' : '' }, words ?? shown(chosen[0])), drawing('down'));
    if (name) opener.setAttribute('aria-label', chosen.length && !several ? `${name}: ${chosen[0].words}` : name);
    box.replaceChildren(...(several ? [chips()] : []), opener, ...(clearable && !several && chosen.length ? [clear()] : []));
  }
  const drop = (option) => put(chosen.filter((each) => each.value !== option.value));
  const chips = () => h('span', { class: 'chips' }, chosen.map((option) => h('span', { class: 'chip' }, shown(option),
    button('×', () => drop(option), { 'aria-label': `Take out ${option.words}` }))));
  const clear = () => button('×', () => put([]), { class: 'icon', 'aria-label': 'Clear' });

  function put(options) {
    chosen = options;
    draw();
    changed(chosen.map((each) => each.value));
  }

  function open() {
    opener.setAttribute('aria-expanded', 'true');
    const close = popover(opener, 'choices', (inside) => {
      inside.addEventListener('toggle', (event) => {
        if (event.newState === 'closed') opener.setAttribute('aria-expanded', 'false');
      });
      inside.append(...search(pick, load, () => chosen));
    });
    function pick(option) {
      const has = chosen.some((each) => each.value === option.value);
      if (!several) {
        close();
        if (!has) put([option]);
        return;
      }
      if (has) drop(option);
      else if (!most || chosen.length < most) put([...chosen, option]);
    }
  }
  draw();
  return box;
}

function search(pick, load, chosen) {
  count += 1;
  const listId = `choices-${count}`;
  const list = h('div', { role: 'listbox', id: listId, class: 'choice-list', 'aria-label': 'Choices' });
  const field = h('input', {
    type: 'search', role: 'combobox', 'aria-controls': listId, 'aria-expanded': 'true', 'aria-label': 'Search',
    autocomplete: 'off', autofocus: true, placeholder: 'Search',
  });
  let active = 0;
  let asked = 0;
  const all = () => [...list.querySelectorAll('[role=option]')];

  function mark(place) {
    const options = all();
    active = options.length ? (place + options.length) % options.length : 0;
    options.forEach((node, number) => node.classList.toggle('active', number === active));
    options[active]?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[active]?.id ?? '');
  }

  async function refill(keep = 0) {
    asked += 1;
    const own = asked;
    const typed = field.value.trim();
    const groups = await load(typed);
    if (own !== asked) return;
    list.replaceChildren(...groups.flatMap((group, place) => drawGroup(group, place, typed)));
    if (!all().length) list.append(h('p', { class: 'quiet' }, groups[0]?.label === 'Type to search' ? 'Type at least three letters.' : 'Nothing fits.'));
    mark(keep);
  }

  function drawGroup(group, place, typed) {
    const fits = (option) => option.words.toLowerCase().includes(typed.toLowerCase());
    const options = group.options.filter(fits).map((option, number) => {
      const isChosen = chosen().some((each) => each.value === option.value);
      const node = h('div', { role: 'option', id: `${listId}-${place}-${number}`, 'aria-selected': String(isChosen), 'data-value': option.value },
        h('span', {}, shown(option)), option.hint && h('small', {}, option.hint));
      node.addEventListener('click', () => {
        pick(option);
        refill(active);
      });
      return node;
    });
    return [group.label && options.length > 0 && h('h3', {}, group.label), ...options].filter(Boolean);
  }

  field.addEventListener('input', () => refill());
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter') all()[active]?.click();
    else return;
    event.preventDefault();
  });
  refill();
  return [field, list];
}
