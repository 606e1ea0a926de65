// Popovers beside what opened them, and questions that must be answered first.

import { button, h } from './dom.js';

/** Opens a popover at `anchor` and lets `fill` put things in; answers a function that closes it. */
export function popover(anchor, kind, fill) {
  // In the top layer only what lies within an open dialog can be used.
  const home = anchor.closest('dialog') ?? document.body;
  const box = h('div', { class: `popover ${kind}`, popover: 'auto' });
  home.append(box);
  const close = () => box.hidePopover();
  box.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') {
      const inside = box.contains(document.activeElement) || document.activeElement === document.body;
      box.remove();
      if (inside) anchor.focus();
    }
  });
  fill(box, close);
  box.showPopover();
  settle(anchor, box);
  (box.querySelector('[autofocus]') ?? box.querySelector('button, input'))?.focus();
  return close;
}

/** Keeps `box` beside `anchor` and within the window, also when it grows: lists fill in a moment later. */
function settle(anchor, box) {
  let isAbove = false;
  const place = () => {
    box.style.removeProperty('--room');
    const from = anchor.getBoundingClientRect();
    const own = box.getBoundingClientRect();
    const below = innerHeight - from.bottom - 14;
    const above = from.top - 14;
    isAbove ||= own.height > below && above > below;
    box.style.left = `${Math.max(8, Math.min(from.left, innerWidth - own.width - 8))}px`;
    box.style.top = isAbove ? 'auto' : `${from.bottom + 6}px`;
    box.style.bottom = isAbove ? `${innerHeight - from.top + 6}px` : 'auto';
    box.style.setProperty('--room', `${isAbove ? above : below}px`);
  };
  place();
  new ResizeObserver(place).observe(box);
}

/** A menu of {label, hint, run}; arrows move in it. */
export function menu(anchor, items, title) {
  const close = popover(anchor, 'menu', (box) => {
    box.setAttribute('role', 'menu');
    box.setAttribute('aria-label', title);
    box.append(...items.map((item) => button(
      [h('span', {}, item.label), item.hint && h('small', {}, item.hint)],
      () => {
        close();
        item.run();
      },
      { role: 'menuitem' },
    )));
    box.addEventListener('keydown', (event) => moveFocus(event, box));
  });
}

export function moveFocus(event, box) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...box.querySelectorAll('button')];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  event.preventDefault();
}

/** A confirm object of Block Kit, or its like; answers true when agreed to. */
export function confirmation({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'modal small', 'aria-labelledby': 'confirm-title' });
    const done = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      done(false);
    });
    dialog.append(
      h('header', {}, h('h2', { id: 'confirm-title' }, title)),
      h('div', { class: 'modal-body' }, text),
      h('footer', {},
        button(deny, () => done(false), { class: 'secondary' }),
        button(confirm, () => done(true), { class: style === 'danger' ? 'danger' : 'primary', autofocus: true })),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
