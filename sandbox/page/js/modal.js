// Modals: the view on top of a person's stack, with its errors, its updates and the views below it.

import { act } from './api.js';
import { blockNodes, showErrors } from './blocks.js';
import { button, h, iconButton } from './dom.js';
import { viewHolder } from './holders.js';
import { plainText } from './mrkdwn.js';
import { loadMessages, loadViews, on, store } from './store.js';
import { notify } from './toast.js';

let dialog = null;
let open = null; // {id, hash, holder}

export function startModals() {
  on('views me', draw);
}

function draw() {
  const view = store.views.modals.at(-1);
  if (!view) return shut();
  if (open?.hash === view.hash && open.id === view.id) return undefined;
  const holder = viewHolder(view);
  if (open?.id === view.id) holder.keepFrom(open.holder);
  const kept = open?.id === view.id && dialog ? { top: dialog.querySelector('.modal-body').scrollTop, field: document.activeElement?.id } : null;
  open = { id: view.id, hash: view.hash, holder };
  if (!dialog) {
    dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(true);
    });
    document.body.append(dialog);
  }
  dialog.replaceChildren(inside(view, holder));
  if (!dialog.open) dialog.showModal();
  if (kept) {
    dialog.querySelector('.modal-body').scrollTop = kept.top;
    document.getElementById(kept.field)?.focus();
  } else {
    (dialog.querySelector('[autofocus]') ?? dialog.querySelector('.modal-body input, .modal-body textarea, .modal-body button') ?? dialog.querySelector('footer button'))?.focus();
  }
  return undefined;
}

function inside(view, holder) {
  const below = store.views.modals.at(-2);
  const form = h('form', { novalidate: true },
    h('header', {},
      h('div', {}, below && button(['Back to: ', plainText(below.title?.text ?? '')], () => close(false), { class: 'link' }), h('h2', { id: 'modal-title' }, plainText(view.title?.text ?? ''))),
      iconButton('close', 'Close all', () => close(true))),
    h('div', { class: 'modal-body blocks' }, blockNodes(view.blocks, holder)),
    h('footer', {},
      button(plainText(view.close?.text ?? 'Close'), () => close(false), { class: 'secondary' }),
      view.submit && h('button', { type: 'submit', class: 'primary' }, plainText(view.submit.text))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(form, view, holder);
  });
  return form;
}

async function submit(form, view, holder) {
  form.setAttribute('aria-busy', 'true');
  await holder.settled();
  const answer = await act('submit', { user: store.me, view_id: view.id, values: holder.values });
  form.removeAttribute('aria-busy');
  if (!answer) return;
  showErrors(form, answer.errors);
  if (answer.ack !== 'acked' && !answer.errors) notify('We had some trouble connecting. Try again?', 'bad');
  await Promise.all([loadViews(), loadMessages()]);
}

async function close(all) {
  if (!open) return;
  const { me: user } = store;
  const { id, holder } = open;
  await holder.settled();
  await act('close', { user, view_id: id, all });
  await loadViews();
}

/** Everything that lies over the page, as if somebody had pressed Escape. */
export async function closeForms() {
  for (const other of [...document.querySelectorAll('dialog[open]')].reverse()) {
    if (other === dialog) continue;
    if (other.dispatchEvent(new Event('cancel', { cancelable: true }))) other.close();
  }
  await close(true);
}

function shut() {
  dialog?.close();
  dialog?.remove();
  dialog = null;
  open = null;
}
