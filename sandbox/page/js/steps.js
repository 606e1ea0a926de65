// One step of the tour: what its button says, and what it does in the visitor's place.

import { act, look as see } from './api.js';
import { instantOf, localOf } from './dates.js';
import { byId } from './dom.js';
import { closeForms } from './modal.js';
import { become, goTo, openThread } from './route.js';
import { loadDesk, me, nameOf, now, store } from './store.js';
import { travel } from './time.js';
import { notify } from './toast.js';

export const TRIES = 40;
export const PAUSE = 250; // milliseconds

export function verb({ go, write, press, react, thread, travel: away, label }, found, isLast) {
  if (label) return label;
  if (go) return found.user === store.me ? 'Go there' : `Be ${found.name}`;
  if (write) return 'Type it for me';
  if (press) return `Press “${press}” for me`;
  if (react) return `Add :${react.name}: for me`;
  if (thread) return 'Open the thread';
  if (away) return away.weekday ? 'Travel to Monday' : 'Let a day go by';
  return isLast ? 'Finish' : 'Next scene';
}

/** Does what the step asks for; true if it is over with that, false if its end will be seen elsewhere. */
export async function perform(step, found, target) {
  if (step.go) return arrived(step, found) || lead(found);
  if (step.write) return fillIn(step.write);
  if (step.press) return press(step.press, target);
  if (step.react) return add(step.react, target);
  if (step.thread) return unfold(target);
  if (step.travel) return travel(destination(step.travel));
  return true;
}

/** Whoever arrives is seen to arrive. */
export async function lead({ user, place }) {
  await become(user);
  await loadDesk();
  await goTo(place);
  return false;
}

function press(label, target) {
  if (!target) return missing(`There is no “${label}” here just now. Go back a step, or skip this one.`);
  target.click();
  return false;
}

async function unfold(target) {
  if (!target) return missing('That message is not here just now. Go back a step, or skip this one.');
  await closeForms();
  await openThread(target.dataset.ts);
  return false;
}

function missing(sentence) {
  notify(sentence, 'bad');
  return false;
}

function fillIn(text) {
  const field = document.querySelector('dialog.modal[open] textarea, dialog.modal[open] input') ?? byId('composer');
  if (!field) return missing('Nothing can be written here. Go back a step, or skip this one.');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
  return false;
}

async function add({ name }, target) {
  if (!target) return missing('That message is not here just now. Go back a step, or skip this one.');
  const { ts } = target.dataset;
  if (store.messages.find((each) => each.ts === ts)?.reactions?.[name]?.includes(store.me)) return true;
  await act('reaction', { user: store.me, channel: store.place, ts, name, present: true });
  return false;
}

/** `weekday` counts from Sunday, as dates in JavaScript do; the time is the visitor's own. */
function destination({ weekday, time, ...body }) {
  if (weekday === undefined) return body;
  const day = new Date(`${localOf(now()).slice(0, 10)}T00:00:00Z`);
  for (;;) {
    const to = instantOf(`${day.toISOString().slice(0, 10)}T${time}`, me().tz);
    if (day.getUTCDay() === weekday && to > now()) return { to: new Date(to).toISOString() };
    day.setUTCDate(day.getUTCDate() + 1);
  }
}

const MINUTE = 60000;

/** When one is there; to the minute, because things happen on the way there. */
export function goal(away) {
  const { to, advance } = destination(away);
  return (to ? Date.parse(to) : now() + advance * 1000) - MINUTE;
}

// --- whom a step leads to -----------------------------------------------------------------------

export const look = async () => (await see('news?since=9999999999.000000')).newest;

export const isThere = ({ user, place }) => user === store.me && place === store.place;

export function arrived(step, found, target) {
  if (step?.thread) return Boolean(target && target.dataset.ts === store.thread);
  return Boolean(step?.go && found && isThere(found));
}

const idOf = (handle) => [...store.people.values()].find((each) => each.name === handle)?.id;

/** {user, place, name, ts}: as the step says, or whoever is told certain words; null if nobody ever is. */
export async function resolve(go, since, isWanted) {
  for (let tries = 0; tries < TRIES && isWanted(); tries += 1) {
    const who = go.gets ? await told(go, since) : { user: idOf(go.as), place: placeOf(go.at) };
    if (who) return { ...who, name: nameOf(who.user) };
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  return null;
}

const placeOf = (at) => (at === 'home' ? at : store.state.channels.find((each) => `#${each.name}` === at)?.id);

/** The one to whom the app has said this most recently; `not` is somebody else. */
async function told(go, since) {
  const { conversations } = await see(`news?since=${since}`);
  const heard = conversations.flatMap((each) => each.messages
    .filter((message) => message.user === store.state.bot_user && says(message, go.gets))
    .map((message) => ({ ts: message.ts, isSure: true, ...reader(each, message, go) })));
  return heard.filter((each) => each.user).sort((one, other) => (one.ts < other.ts ? -1 : 1)).at(-1) ?? null;
}

const says = (message, words) => message.text.includes(words) || JSON.stringify(message.blocks ?? []).includes(words);

function reader({ id, members }, message, go) {
  const people = members.filter((user) => user !== store.state.bot_user);
  if (message.for || store.state.channels.some((each) => each.id === id)) return {};
  if ((go.in === 'group') !== people.length > 1) return {};
  const user = go.as ? people.find((each) => each === idOf(go.as)) : people.find((each) => each !== idOf(go.not));
  return { user, place: id };
}
