// The card of the tour: its parts stay where they are from step to step, and with them the keyboard's place.

import { button, byId, h, iconButton } from './dom.js';
import { mrkdwn } from './mrkdwn.js';

const tour = byId('tour');
const count = h('p', { class: 'quiet' });
const scenes = h('nav', { 'aria-label': 'Scenes' });
const title = h('h2');
const about = h('p', { class: 'about' });
const words = h('p', { class: 'words', role: 'status' });
const place = h('span', { class: 'quiet' });
const back = h('button', { type: 'button', class: 'link' }, 'Back');
const skip = h('button', { type: 'button', class: 'link' }, 'Skip');
const act = h('button', { type: 'button', class: 'primary', id: 'tour-do' });

/** `does` says what becomes of a press: {toScene, back, skip, act, aside}. */
export function layCard(titles, does) {
  scenes.replaceChildren(...titles.map((name, number) => button('', () => does.toScene(number), {
    class: 'dot', title: name, 'aria-label': `Scene ${number + 1}: ${name}`,
  })));
  back.onclick = does.back;
  skip.onclick = does.skip;
  act.onclick = () => act.ariaDisabled !== 'true' && does.act(act);
  tour.replaceChildren(
    h('header', {}, count, scenes, iconButton('close', 'Put the tour aside', does.aside)),
    title, about, words, h('footer', {}, place, back, skip, act));
}

/** Words that stay the same are not said again. */
export function drawCard({ scene, step, whole, says, label, isWaiting, canSkip }) {
  count.textContent = `Scene ${scene + 1} of ${scenes.children.length}`;
  [...scenes.children].forEach((dot, number) => (number === scene ? dot.setAttribute('aria-current', 'step') : dot.removeAttribute('aria-current')));
  title.textContent = whole.title;
  about.textContent = whole.about;
  about.hidden = step > 0;
  if (words.dataset.said !== says) words.replaceChildren(...mrkdwn(says));
  words.dataset.said = says;
  place.textContent = `${step + 1} / ${whole.steps.length}`;
  back.hidden = step === 0;
  skip.hidden = !canSkip;
  act.textContent = label;
  act.ariaDisabled = String(isWaiting);
}

export const focusCard = () => act.focus({ preventScroll: true });

/** Whoever uses the keyboard must not be sent back to the top of the page. */
export function keepFocus() {
  if (!tour.hidden && [document.body, null].includes(document.activeElement)) focusCard();
}

/** While a form is open only what lies within it can be used, so the card goes there, and comes back. */
export function lieOnTop() {
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  if (tour.parentElement === host) return false;
  const hadFocus = tour.contains(document.activeElement);
  host.insertBefore(tour, host === document.body ? byId('frame') : null);
  if (hadFocus) focusCard();
  else keepFocus();
  return true;
}
