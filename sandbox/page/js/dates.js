// Instants in a person's own zone, in words.

import { me, now } from './store.js';

const zone = () => me()?.tz ?? 'UTC';

const formats = new Map(); // making one takes a hundred times as long as using it

function format(locale, options, ms, tz) {
  const key = JSON.stringify([locale, options, tz]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: tz, ...options }));
  return formats.get(key).format(ms);
}

const parts = (options, ms, tz = zone()) => format('en-US', options, ms, tz);

export const tsToMs = (ts) => Number(ts) * 1000;
export const timeOf = (ms, tz) => parts({ hour: 'numeric', minute: '2-digit' }, ms, tz);
export const dayKey = (ms, tz = zone()) => format('en-CA', {}, ms, tz);

const LONG = { weekday: 'long', month: 'long', day: 'numeric' };
const FORMATS = {
  date_num: (ms) => dayKey(ms),
  date: (ms) => parts({ month: 'long', day: 'numeric', year: 'numeric' }, ms),
  date_short: (ms) => parts({ month: 'short', day: 'numeric', year: 'numeric' }, ms),
  date_long: (ms) => parts({ ...LONG, year: 'numeric' }, ms),
  date_pretty: (ms) => nearby(ms) ?? FORMATS.date(ms),
  date_short_pretty: (ms) => nearby(ms) ?? FORMATS.date_short(ms),
  date_long_pretty: (ms) => nearby(ms) ?? FORMATS.date_long(ms),
  day_divider_pretty: (ms) => nearby(ms) ?? FORMATS.date_long(ms),
  time: (ms) => timeOf(ms),
  time_secs: (ms) => parts({ hour: 'numeric', minute: '2-digit', second: '2-digit' }, ms),
  ago: (ms) => ago(ms),
};

function nearby(ms) {
  const day = 86400000;
  const words = new Map([[dayKey(now()), 'today'], [dayKey(now() - day), 'yesterday'], [dayKey(now() + day), 'tomorrow']]);
  return words.get(dayKey(ms));
}

function ago(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  const steps = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [Infinity, 'day', 86400]];
  const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** Slack's own date tokens; null if the instant or a token is none, so that the fallback is shown. */
export function formatDate(timestamp, format) {
  const ms = Number(timestamp) * 1000;
  if (!/^\d+$/.test(timestamp) || !Number.isFinite(ms)) return null;
  let known = true;
  const words = format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!FORMATS[name]) known = false;
    return FORMATS[name]?.(ms) ?? whole;
  });
  return known ? words.replace(/^./, (first) => first.toUpperCase()) : null;
}

export function dayHeading(ms) {
  const words = nearby(ms);
  return words ? words.replace(/^./, (first) => first.toUpperCase()) : parts(LONG, ms);
}

export const fullMoment = (ms, tz) => parts({ ...LONG, year: 'numeric', hour: 'numeric', minute: '2-digit' }, ms, tz);
export const shortMoment = (ms, tz) => parts({ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }, ms, tz);

/** The instant at which clocks in `tz` show this local time, such as 2026-03-08T09:30. */
export function instantOf(local, tz = zone()) {
  const wanted = Date.parse(`${local}:00Z`);
  let ms = wanted;
  for (let round = 0; round < 3; round += 1) ms += wanted - Date.parse(`${localOf(ms, tz)}:00Z`);
  return ms;
}

/** What clocks in `tz` show at this instant, as a datetime-local field takes it. */
export function localOf(ms, tz = zone()) {
  const time = format('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, ms, tz);
  return `${dayKey(ms, tz)}T${time}`;
}
