// Emoji by Slack's names, and the picker with the agreed ones first.

import { button, h } from './dom.js';
import { popover } from './floating.js';
import { store } from './store.js';

const TONES = ['', '', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];
const QUICK = ['+1', 'eyes', 'raised_hands', 'heart', 'tada', 'thinking_face', 'white_check_mark', 'joy'];
let groups = [];
let byName = new Map();

export async function loadEmoji() {
  groups = await (await fetch('/emoji.json')).json();
  byName = new Map(groups.flatMap((group) => group.emoji.flatMap(([sign, ...names]) => names.map((name) => [name, sign]))));
}

/** The sign of `bulb` or `wave::skin-tone-3`; undefined for emoji that nobody knows. */
export function sign(name) {
  const [plain, tone] = name.split('::');
  const known = byName.get(plain);
  return known && known + (TONES[Number(tone?.match(/\d/)?.[0] ?? 0)] ?? '');
}

export const agreed = () => store.guide.emoji ?? [];

/** Lets somebody pick an emoji; `chosen` gets its name. */
export function pickEmoji(anchor, chosen) {
  const close = popover(anchor, 'emoji-picker', (box) => {
    const field = h('input', { type: 'search', placeholder: 'Search emoji', 'aria-label': 'Search emoji', autofocus: true });
    const grid = h('div', { class: 'emoji-grid' });
    const pick = (name) => {
      close();
      chosen(name);
    };
    field.addEventListener('input', () => fill(grid, field.value.trim().replaceAll(':', ''), pick));
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      grid.querySelector('button')?.click();
    });
    fill(grid, '', pick);
    box.append(field, grid);
    field.focus();
  });
}

function fill(grid, search, pick) {
  const one = (name) => button(sign(name) ?? '?', () => pick(name), { 'aria-label': name, title: `:${name}:` });
  const row = (title, names) => names.length > 0 && [h('h3', {}, title), h('div', { class: 'emoji-row' }, names.map(one))];
  if (search) {
    const found = [...byName.keys()].filter((name) => name.includes(search)).slice(0, 90);
    grid.replaceChildren(...[row('Found', found)].flat().filter(Boolean));
    if (!found.length) grid.append(h('p', { class: 'quiet' }, 'No emoji is called that.'));
    return;
  }
  const first = [row('Agreed here', agreed()), row('Often used', QUICK)];
  const rest = groups.map((group) => row(group.name, group.emoji.map(([, name]) => name)));
  grid.replaceChildren(...[...first, ...rest].flat().filter(Boolean));
}

/** Names that begin with what was typed after a colon. */
export function suggestEmoji(typed) {
  const names = [...agreed(), ...byName.keys()];
  return [...new Set(names.filter((name) => name.startsWith(typed)))].slice(0, 8);
}
