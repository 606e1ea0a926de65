// The guided tour: scenes that the guide brings along, done step by step on the page itself.

import { gestures } from './api.js';
import { button, byId, h, iconButton } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { arrived, look, PAUSE, perform, resolve, TRIES, verb } from './steps.js';
import { on, store } from './store.js';

const tour = byId('tour');
let at = { run: null, scene: 0, step: 0, since: null, open: true };
let found = null; // whom a step leads to, once that is known
let target = null; // the button or message a step is about

const scenes = () => store.guide.tour ?? [];
const scene = () => scenes()[at.scene];
const step = () => scene()?.steps[at.step];

export function startTour() {
  store.toggleTour = () => keep({ open: !at.open });
  on('state place', begin);
  on('me place', () => arrived(step(), found) && forward());
  on('messages views', point);
  gestures.addEventListener('done', (event) => wasDone(event.detail) && forward());
  new MutationObserver(lieOnTop).observe(document.body, { childList: true, attributes: true, subtree: true, attributeFilter: ['open'] });
}

function begin() {
  byId('to-tour').hidden = !scenes().length;
  if (at.run === store.run || !scenes().length) return;
  const kept = JSON.parse(localStorage.getItem('tour') ?? '{}');
  keep(kept.run === store.run ? kept : { run: store.run, scene: 0, step: 0, since: null, open: true });
}

/** Where one is outlives a reload, but not the workspace it was in. */
function keep(changes) {
  at = { ...at, ...changes };
  found = null;
  localStorage.setItem('tour', JSON.stringify(at));
  draw();
}

async function forward() {
  if (at.step + 1 < scene().steps.length) keep({ step: at.step + 1 });
  else if (at.scene + 1 < scenes().length) await toScene(at.scene + 1);
  else keep({ scene: 0, step: 0, open: false });
}

const toScene = (number) => keep({ scene: number, step: 0, since: null });

function wasDone({ name, body, answer }) {
  const wanted = at.open && step()?.done;
  if (!wanted || answer.errors) return false;
  return wanted === (name === 'action' ? body.action_id : name);
}

// --- the card -----------------------------------------------------------------------------------

function draw() {
  tour.hidden = !at.open || !scenes().length;
  byId('to-tour').setAttribute('aria-pressed', String(!tour.hidden));
  Object.assign(tour.dataset, { scene: at.scene + 1, step: at.step + 1 });
  if (tour.hidden) return point();
  const { title, about, steps } = scene();
  const isFirst = at.step === 0;
  tour.replaceChildren(...[
    h('header', {}, h('p', { class: 'quiet' }, `Scene ${at.scene + 1} of ${scenes().length}`), dots(), iconButton('close', 'Put the tour aside', store.toggleTour)),
    h('h2', {}, title),
    isFirst && h('p', { class: 'about' }, about),
    h('p', { class: 'words', role: 'status' }, words()),
    h('footer', {},
      h('span', { class: 'quiet' }, `${at.step + 1} / ${steps.length}`),
      !isFirst && button('Back', () => keep({ step: at.step - 1 }), { class: 'link' }),
      (step().done || step().go) && button('Skip', forward, { class: 'link' }),
      doing()),
  ].filter(Boolean));
  point();
  if (step().go && !found) seek(step());
}

const dots = () => h('nav', { 'aria-label': 'Scenes' }, scenes().map((each, number) => button('', () => toScene(number), {
  class: 'dot', title: each.title, 'aria-label': `Scene ${number + 1}: ${each.title}`, 'aria-current': number === at.scene ? 'step' : null,
})));

const words = () => mrkdwn(step().words.replaceAll('{name}', found?.name ?? 'a colleague'));

function doing() {
  const waits = step().go && !found;
  const run = async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute('aria-busy', 'true');
    await appears();
    const isOver = await perform(step(), found, target);
    pressed.removeAttribute('aria-busy');
    if (isOver) await forward();
  };
  return button(waits ? 'One moment …' : verb(step(), found, at.scene + 1 === scenes().length), run, { class: 'primary', id: 'tour-do', disabled: waits });
}

/** Whom a step leads to may become known a moment later: messages take their time. */
async function seek(wanted) {
  at.since ??= await look();
  localStorage.setItem('tour', JSON.stringify(at));
  const who = await resolve(wanted.go, at.since, () => step() === wanted && at.open);
  if (step() !== wanted || !who) return;
  found = who;
  draw();
}

// --- pointing -----------------------------------------------------------------------------------

function point() {
  target?.classList.remove('pointed');
  target = at.open && step() ? findTarget(step()) : null;
  target?.classList.add('pointed');
}

function findTarget({ press, react }) {
  const within = [...document.querySelectorAll('dialog.modal[open], #thread:not([hidden]), #room')];
  if (press) return within.flatMap((part) => [...part.querySelectorAll('button')]).filter((each) => each.textContent.trim() === press).at(-1);
  if (react) return [...document.querySelectorAll('#room .message')].filter((each) => each.textContent.includes(react.under)).at(-1);
  return null;
}

/** What a step is about may be on its way. */
async function appears() {
  for (let tries = 0; tries < TRIES && !target && (step().press || step().react); tries += 1) {
    await new Promise((done) => setTimeout(done, PAUSE));
    point();
  }
}

/** While a form is open only what lies within it can be used, so the tour goes there. */
function lieOnTop() {
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  if (tour.parentElement !== host) host.append(tour);
  if (!target?.isConnected) point();
}
