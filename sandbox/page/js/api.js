// The control API: what people do, and what can be seen.

import { notify } from './toast.js';

export const gestures = new EventTarget(); // tells the tour what was done

export async function look(path) {
  return answer(await fetch(`/control/${path}`));
}

/** Does something as a person or to the world; a refusal is shown and answered as null. */
export async function act(name, body) {
  gestures.dispatchEvent(new CustomEvent('begun', { detail: { name, body } }));
  try {
    const done = await attempt(name, body);
    gestures.dispatchEvent(new CustomEvent('done', { detail: { name, body, answer: done } }));
    return done;
  } catch (refusal) {
    notify(refusal.message, 'bad');
    return null;
  }
}

export async function attempt(name, body) {
  const sent = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  return answer(await fetch(`/control/${name}`, sent));
}

async function answer(response) {
  let found;
  try {
    found = await response.json();
  } catch {
    throw new Error(`The local Slack answered ${response.status} and no JSON.`);
  }
  if (!found.ok) throw new Error(found.error);
  return found;
}
