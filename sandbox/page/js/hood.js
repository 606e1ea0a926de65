// Under the hood: every envelope, ack and Web API call, and the faults one can bring about.

import { look } from './api.js';
import { button, byId, h, iconButton, reconcile } from './dom.js';
import { FAULTS, faultForm } from './faults.js';
import { goTo } from './route.js';
import { on, store } from './store.js';
import { ROOM_FOR_BOTH } from './thread.js';

const MOST = 300;
const KINDS = { all: 'Everything', envelope: 'To the app', call: 'From the app', bad: 'Errors' };
let kind = 'all';
let words = '';

export function startHood() {
  store.toggleHood = toggle;
  on('hood', () => {
    kind = 'all';
    if (byId('hood').hidden) toggle();
    else draw();
    show(store.wanted);
  });
  on('journal', fill);
  on('state', () => {
    byId('hood').querySelector('.fault-box')?.replaceWith(faultForm());
    byId('hood').querySelector('.count')?.replaceChildren(sockets());
  });
}

function toggle() {
  const panel = byId('hood');
  panel.hidden = !panel.hidden;
  byId('to-hood').setAttribute('aria-pressed', String(!panel.hidden));
  if (!panel.hidden && store.thread && innerWidth < ROOM_FOR_BOTH) goTo(store.place);
  draw();
}

function draw() {
  const panel = byId('hood');
  if (panel.hidden) return;
  const field = h('input', { type: 'search', placeholder: 'Filter: method, event, person, channel', 'aria-label': 'Filter', value: words });
  field.addEventListener('input', () => {
    words = field.value.trim().toLowerCase();
    fill();
  });
  const kinds = Object.entries(KINDS).map(([name, label]) => button(label, () => {
    kind = name;
    draw();
  }, { class: 'tab', 'aria-pressed': String(kind === name) }));
  panel.replaceChildren(
    h('header', { class: 'room-head' }, h('h2', {}, 'Under the hood'), h('span', { class: 'count' }, sockets()), iconButton('close', 'Close', store.toggleHood)),
    faultForm(),
    h('div', { class: 'filters' }, h('div', { class: 'tabs', role: 'group', 'aria-label': 'Kind' }, kinds), field),
    h('ol', { class: 'entries', reversed: true }),
  );
  fill();
}

function sockets() {
  const count = store.state.sockets;
  return count === 1 ? '1 connection' : `${count} connections`;
}

export const isBad = (entry) => (entry.kind === 'envelope'
  ? entry.ms !== null && entry.ack !== 'acked'
  : entry.ms !== null && (!entry.ok || Boolean(entry.fault)));

function fits(entry) {
  if (kind === 'bad' ? !isBad(entry) : kind === 'call' ? entry.kind === 'envelope' : kind !== 'all' && entry.kind !== kind) return false;
  return !words || JSON.stringify(entry).toLowerCase().includes(words);
}

function fill() {
  const list = byId('hood').querySelector('.entries');
  if (!list) return;
  const shown = store.entries.filter(fits).slice(-MOST).reverse();
  reconcile(list, shown.map((entry) => ({ key: String(entry.n), print: `${entry.ms}${entry.ack ?? entry.status}`, entry })), ({ entry }) => line(entry));
  list.dataset.empty = shown.length ? '' : 'Nothing fits.';
}

function line(entry) {
  const out = entry.kind === 'envelope';
  const verdict = entry.ms === null ? '…' : out ? entry.ack : entry.fault ? FAULTS[entry.fault] ?? entry.fault : entry.ok ? 'ok' : entry.error ?? String(entry.status);
  const summary = h('summary', {},
    h('span', { class: 'way', 'aria-label': out ? 'to the app' : 'from the app' }, out ? '→' : '←'),
    h('span', { class: 'what' }, out ? entry.what : entry.method, entry.attempt > 0 && h('span', { class: 'badge' }, `retry ${entry.attempt}`)),
    h('span', { class: `verdict${isBad(entry) ? ' bad' : ''}` }, verdict),
    h('span', { class: 'sizes' }, `${entry.at.slice(11, 19)} · ${size(entry.size)}${entry.ms === null ? '' : ` · ${entry.ms} ms`}`));
  const details = h('details', {}, summary);
  details.addEventListener('toggle', () => details.open && details.children.length === 1 && fillDetails(details, entry), { once: false });
  return h('li', { class: isBad(entry) ? 'bad' : '', value: String(entry.n) }, details);
}

async function fillDetails(details, entry) {
  const block = h('pre', { tabindex: '0' }, 'Looking…');
  details.append(block);
  const { ok, ...whole } = await look(`journal/${entry.n}`);
  block.textContent = JSON.stringify(whole, null, 2);
}

function size(bytes) {
  if (bytes == null) return '–';
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

function show(number) {
  const node = byId('hood').querySelector(`[data-key="${number}"] details`);
  if (!node) return;
  node.open = true;
  node.scrollIntoView({ block: 'center' });
  node.querySelector('summary').focus();
}
