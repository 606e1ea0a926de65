// Light or dark: as the machine says, or as chosen here.

import { iconButton } from './dom.js';

const KEY = 'theme';

export function startTheme() {
  apply(localStorage.getItem(KEY));
}

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

export function themeButton() {
  return iconButton('sun', 'Light or dark', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const current = document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light');
    const next = current === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    apply(next);
  });
}
