// Completes commands, people, channels and emoji while somebody types.

import { h } from './dom.js';
import { sign, suggestEmoji } from './emoji.js';
import { store } from './store.js';

let count = 0;

export function completion(field, { withCommands }) {
  count += 1;
  const id = `completion-${count}`;
  const list = h('div', { class: 'completion', role: 'listbox', id, 'aria-label': 'Suggestions', hidden: true });
  let active = 0;
  field.setAttribute('aria-controls', id);
  field.setAttribute('aria-autocomplete', 'list');

  const options = () => [...list.children];
  const hide = () => {
    list.hidden = true;
    field.removeAttribute('aria-activedescendant');
  };
  function mark(place) {
    active = (place + list.children.length) % list.children.length;
    options().forEach((node, number) => node.setAttribute('aria-selected', String(number === active)));
    field.setAttribute('aria-activedescendant', options()[active].id);
    options()[active].scrollIntoView({ block: 'nearest' });
  }
  function choose(found, offer) {
    const end = field.selectionStart;
    field.setRangeText(`${offer.insert} `, end - found.typed.length, end, 'end');
    hide();
    field.dispatchEvent(new Event('input'));
    field.focus();
  }
  function refresh() {
    const found = whatIsTyped(field, withCommands);
    const offers = found ? found.offers() : [];
    if (!offers.length || (offers.length === 1 && offers[0].insert === found.typed)) return hide();
    list.replaceChildren(...offers.map((offer, place) => {
      const node = h('div', { role: 'option', id: `${id}-${place}` },
        h('strong', {}, offer.shown), h('span', {}, offer.hint ?? ''), offer.more && h('small', {}, offer.more));
      node.addEventListener('mousedown', (event) => {
        event.preventDefault();
        choose(found, offer);
      });
      node.choose = () => choose(found, offer);
      return node;
    }));
    list.hidden = false;
    return mark(0);
  }
  function handles(event) {
    if (list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(active + step);
    else if (event.key === 'Tab' || event.key === 'Enter') options()[active].choose();
    else if (event.key === 'Escape') hide();
    else return false;
    event.preventDefault();
    return true;
  }
  field.addEventListener('input', refresh);
  field.addEventListener('blur', hide);
  return { list, handles, hide };
}

function whatIsTyped(field, withCommands) {
  const before = field.value.slice(0, field.selectionStart);
  const command = before.match(/^\/\S*$/)?.[0];
  if (command && withCommands) return { typed: command, offers: () => commands(command) };
  const word = before.match(/(?:^|\s)([@#:][\w+.-]*)$/)?.[1];
  if (!word || word === ':') return null;
  const rest = word.slice(1).toLowerCase();
  return { typed: word, offers: () => ({ '@': people, '#': channels, ':': emoji })[word[0]](rest) };
}

const commands = (typed) => store.state.app.commands.filter((each) => each.command.startsWith(typed))
  .map((each) => ({ insert: each.command, shown: each.command, hint: each.usage_hint, more: each.description }));

const people = (typed) => [...store.people.values()]
  .filter((each) => !each.deleted && `${each.name} ${each.real_name}`.toLowerCase().includes(typed)).slice(0, 8)
  .map((each) => ({ insert: `@${each.name}`, shown: each.real_name, hint: `@${each.name}`, more: each.title }));

const channels = (typed) => store.desk.filter((each) => each.kind === 'channel' && each.name.includes(typed)).slice(0, 8)
  .map((each) => ({ insert: `#${each.name}`, shown: `#${each.name}`, hint: each.topic }));

const emoji = (typed) => (typed.length < 2 ? [] : suggestEmoji(typed))
  .map((name) => ({ insert: `:${name}:`, shown: `${sign(name) ?? ''} :${name}:` }));
