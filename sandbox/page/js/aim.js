// What a step of the tour is about: found on the page, brought into sight, and ringed.

const SETTLES = 4000; // milliseconds in which a page that has just been entered may still move

let step = null;
let led = null; // {user, place, ts}: where the step takes place, and the message it is about
let target = null;
let since = null; // when the target was first seen

/** From now on it is about this step. */
export function aimAt(newStep, newLed) {
  target?.classList.remove('pointed');
  [step, led, target, since] = [newStep, newLed, null, null];
  point();
}

export const aimed = () => target;

/** A message that somebody was told is the very one; a card that a command brought may have been replaced. */
export const meant = () => (led?.isSure ? led.ts : target?.closest('.message')?.dataset.ts ?? led?.ts);

/** What is pointed at may be drawn anew, or come a moment later. */
export function point() {
  const found = step && find();
  if (found !== target) {
    target?.classList.remove('pointed');
    target = found;
    target?.classList.add('pointed');
  }
  if (!target) return;
  since ??= performance.now();
  if (performance.now() - since < SETTLES) requestAnimationFrame(reveal);
}

function find() {
  if (step.press) return toPress(step.press);
  const words = step.react?.under ?? step.thread ?? step.see;
  if (words) return messages('#room').filter((each) => each.textContent.includes(words)).at(-1) ?? null;
  const isToRead = led?.ts && !['go', 'write', 'travel'].some((kind) => kind in step);
  return (isToRead && messages('#room').find((each) => each.dataset.ts === led.ts)) || null;
}

const messages = (part) => [...document.querySelectorAll(`${part} .message`)];

function toPress(label) {
  const parts = [...document.querySelectorAll('dialog.modal[open], #thread:not([hidden]), #room')];
  const all = parts.flatMap((part) => [...part.querySelectorAll('button')]).filter((each) => each.textContent.trim() === label);
  const isIt = (each) => each.closest('.message')?.dataset.ts === led?.ts;
  return (led?.ts && all.find(isIt)) || (led?.isSure ? null : all.at(-1)) || null;
}

function reveal() {
  if (!target?.isConnected || isSeen(target)) return;
  const whole = target.closest('.message') ?? target;
  const scroller = target.closest('.scroller, .modal-body');
  const isTall = scroller && whole.offsetHeight > scroller.clientHeight - 24;
  whole.scrollIntoView({ block: isTall ? 'start' : 'center' });
  if (target !== whole) target.scrollIntoView({ block: 'nearest' });
}

function isSeen(node) {
  const own = node.getBoundingClientRect();
  const frame = node.closest('.scroller, .modal-body')?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  return own.height > 0 && own.top >= frame.top + 4 && own.bottom <= frame.bottom - 4;
}
