// Short notices at the edge of the page.

import { byId, h, iconButton } from './dom.js';

const STAYS = { bad: 12000, good: 5000 };

export function notify(words, kind = 'good', more = null) {
  const toast = h('div', { class: `toast ${kind}` }, h('div', {}, words, more));
  const gone = () => toast.remove();
  toast.append(iconButton('close', 'Dismiss', gone));
  const shown = byId('toasts');
  shown.append(toast);
  while (shown.children.length > 4) shown.firstElementChild.remove();
  setTimeout(gone, STAYS[kind] ?? STAYS.good);
}
