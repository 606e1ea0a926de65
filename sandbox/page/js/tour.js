// The guided tour: scenes that the guide brings along, done step by step on the page itself.

import { aimAt, aimed, meant, point } from './aim.js';
import { gestures } from './api.js';
import { drawCard, focusCard, keepFocus, layCard, lieOnTop } from './card.js';
import { byId } from './dom.js';
import { closeForms } from './modal.js';
import { arrived, goal, isThere, lead, look, PAUSE, perform, resolve, TRIES, verb } from './steps.js';
import { now, on, store } from './store.js';

const NEW = { scene: 0, step: 0, since: null, led: {}, open: true };
let at = { run: null, ...NEW };
let found = null; // whom a step leads to, once that is known
let reach = null; // when a journey through time is over
let isLost = false; // nobody was told what the step waits for

const scenes = () => store.guide.tour ?? [];
const scene = () => scenes()[at.scene];
const step = () => scene()?.steps[at.step];
const isLast = () => at.scene + 1 === scenes().length;

export function startTour() {
  store.toggleTour = toggle;
  on('place', begin);
  on('me place thread', () => at.open && arrived(step(), found, aimed()) && forward());
  on('messages views place thread', point);
  gestures.addEventListener('done', ({ detail }) => wasDone(detail) && forward(comesOf(detail)));
  new MutationObserver(() => {
    if (lieOnTop() || !aimed()?.isConnected) point();
  }).observe(document.body, { childList: true, attributes: true, subtree: true, attributeFilter: ['open'] });
}

function begin() {
  byId('to-tour').hidden = !scenes().length;
  if (at.run === store.run || !scenes().length) return;
  layCard(scenes().map((each) => each.title), { toScene, back, skip: () => forward(), act: run, aside: toggle });
  const kept = JSON.parse(localStorage.getItem('tour') ?? '{}');
  keep(kept.run === store.run ? { ...NEW, ...kept } : { run: store.run, ...NEW });
}

function toggle() {
  keep({ open: !at.open });
  if (at.open) focusCard();
  else byId('to-tour').focus();
}

/** Where one is outlives a reload, but not the workspace it was in. */
function keep(changes) {
  at = { ...at, ...changes };
  [found, isLost, reach] = [null, false, at.open && step()?.travel ? goal(step().travel) : null];
  remember();
  draw();
  aimAt(at.open ? step() : null, ledHere());
  if (at.open && step()?.go) seek(step());
}

const remember = () => localStorage.setItem('tour', JSON.stringify(at));

/** Where the steps before have led, and to which message. */
function ledHere() {
  const before = Object.keys(at.led).map(Number).filter((number) => number < at.step);
  return before.length ? at.led[Math.max(...before)] : null;
}

async function forward(to = found) {
  const led = to ? { ...at.led, [at.step]: to } : at.led;
  if (at.step + 1 < scene().steps.length) keep({ step: at.step + 1, led });
  else if (!isLast()) return toScene(at.scene + 1);
  else {
    await closeForms();
    keep({ scene: 0, step: 0, since: null, led: {}, open: false });
    byId('to-tour').focus();
  }
  keepFocus();
  return undefined;
}

const back = () => keep({ step: at.step - 1 });

/** Every scene begins with a clear view. */
async function toScene(number) {
  await closeForms();
  keep({ scene: number, step: 0, since: null, led: {} });
  keepFocus();
}

// --- what counts as done ------------------------------------------------------------------------

function wasDone({ name, body, answer }) {
  const { done, write, react } = (at.open && step()) || {};
  if (!done || answer.errors) return false;
  if (name === 'travel') return done === name && now() >= reach;
  if (name === 'action') return done === body.action_id && isMeant(body);
  if (name === 'command') return done === name && body.command === write.split(' ')[0];
  if (name === 'reaction') return done === name && body.present && body.name === react.name && isMeant(body);
  return done === name;
}

const isMeant = ({ ts }) => !ts || !meant() || ts === meant();

/** A command's answer is what the next step is about. */
function comesOf({ name, body, answer }) {
  const ts = name === 'command' ? answer.saw.at(-1)?.ts : undefined;
  return ts ? { user: body.user, place: body.channel, ts } : undefined;
}

// --- the card -----------------------------------------------------------------------------------

function draw() {
  const tour = byId('tour');
  tour.hidden = !at.open || !scenes().length;
  byId('to-tour').setAttribute('aria-pressed', String(!tour.hidden));
  Object.assign(tour.dataset, { scene: at.scene + 1, step: at.step + 1 });
  if (tour.hidden) return;
  drawCard({ scene: at.scene, step: at.step, whole: scene(), canSkip: Boolean(step().done || step().go || step().thread), ...invitation() });
}

function invitation() {
  const says = step().words.replaceAll('{name}', found?.name ?? 'a colleague');
  if (isLost) return { says: `${says}\nNobody has been told that so far. Go back a step, or skip this one.`, label: 'Look again', isWaiting: false };
  const isWaiting = Boolean(step().go) && !found;
  return { says, label: isWaiting ? 'One moment …' : verb(step(), found, isLast()), isWaiting };
}

async function run(pressed) {
  if (isLost) return keep({});
  const [doing, led] = [step(), ledHere()];
  pressed.setAttribute('aria-busy', 'true');
  if (doing.done !== 'submit' && !aimed()?.closest('dialog')) await closeForms();
  if (led && !doing.go && !isThere(led)) await lead(led);
  await appears(doing);
  const isOver = await perform(doing, found, aimed());
  pressed.removeAttribute('aria-busy');
  return isOver && step() === doing ? forward() : undefined;
}

/** What a step is about may be on its way. */
async function appears(doing) {
  const { press, react, thread } = doing;
  for (let tries = 0; tries < TRIES && !aimed() && (press || react || thread); tries += 1) {
    await new Promise((done) => setTimeout(done, PAUSE));
    point();
  }
}

/** Whom a step leads to may become known a moment later: messages take their time. */
async function seek(wanted) {
  const isWanted = () => step() === wanted && at.open;
  at.since ??= await look();
  remember();
  const who = await resolve(wanted.go, at.since, isWanted);
  if (!isWanted() || found) return;
  [found, isLost] = [who, !who];
  draw();
}
