// Slack's mrkdwn as elements: what is formatted, who is mentioned, which instants are meant.

import { formatDate, fullMoment } from './dates.js';
import { h } from './dom.js';
import { sign } from './emoji.js';
import { conversation, nameOf, person, store } from './store.js';

const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const EDGE = /[\p{L}\p{N}_]/u;
const BARE_LINK = /^https?:\/\/[^\s<>]+[^\s<>.,:;!?"')\]]/;

export function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** As elements, with `verbatim` nothing is linked that was not written as a link. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const pieces = text.split(/```(?=\S|\n)([\s\S]*?)```/);
  return pieces.flatMap((piece, place) => {
    if (place % 2) return h('pre', {}, unescaped(piece.replace(/^\n|\n$/g, '')));
    return paragraphs(place ? piece.replace(/^\n/, '') : piece, verbatim);
  });
}

function paragraphs(text, verbatim) {
  const nodes = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) nodes.push(h('blockquote', {}, withBreaks(quoted, verbatim)));
    quoted = [];
  };
  const lines = text.split('\n');
  lines.forEach((line, place) => {
    const rest = line.match(/^(?:&gt;&gt;&gt;|>>>)\s?([\s\S]*)/);
    const one = line.match(/^(?:&gt;|>) ?(.*)/);
    if (rest && !quoted.length) {
      quoted = [rest[1], ...lines.splice(place + 1)];
    } else if (one) {
      quoted.push(one[1]);
    } else {
      const after = quoted.length > 0;
      flush();
      if (nodes.length && !after) nodes.push(h('br'));
      nodes.push(...inline(line, verbatim));
    }
  });
  flush();
  return nodes;
}

const withBreaks = (lines, verbatim) =>
  lines.flatMap((line, place) => [place > 0 && h('br'), ...inline(line, verbatim)]).filter(Boolean);

/** One line. */
function inline(text, verbatim) {
  const nodes = [];
  let plain = '';
  const put = (node) => {
    if (plain) nodes.push(unescaped(plain));
    plain = '';
    nodes.push(node);
  };
  for (let at = 0; at < text.length;) {
    const found = special(text, at, verbatim);
    if (found) {
      put(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(unescaped(plain));
  return nodes;
}

function special(text, at, verbatim) {
  const sign = text[at];
  if (sign === '<') return reference(text, at);
  if (sign === '`') return code(text, at);
  if (sign === ':') return smiley(text, at);
  if (MARKS[sign]) return marked(text, at, verbatim);
  if (sign === 'h' && !verbatim && !EDGE.test(text[at - 1] ?? '')) return bareLink(text, at);
  return null;
}

function reference(text, at) {
  const end = text.indexOf('>', at);
  if (end < 0) return null;
  const node = named(text.slice(at + 1, end));
  return node && { node, end: end + 1 };
}

function named(inside) {
  const [target, ...more] = inside.split('|');
  const label = more.join('|');
  if (target.startsWith('@')) return mention(target.slice(1), label);
  if (target.startsWith('#')) return channelName(target.slice(1), label);
  if (target.startsWith('!date^')) return date(target.slice(6), label);
  if (target.startsWith('!')) return broadcast(target.slice(1), label);
  return /^(https?:|mailto:|tel:)/.test(target) ? link(unescaped(target), unescaped(label)) : null;
}

export function mention(id, label = '') {
  const known = person(id);
  const own = id === store.me ? ' own' : '';
  return h('span', { class: `mention${own}`, title: known?.title }, `@${known ? nameOf(id) : label || id}`);
}

export function channelName(id, label = '') {
  const known = conversation(id);
  const named = known?.name ?? store.state.channels.find((each) => each.id === id && !each.is_private)?.name;
  if (!known) return h('span', { class: 'mention' }, `#${named ?? (label || 'private-channel')}`);
  return h('a', { class: 'mention', href: `#/${store.me}/${id}` }, `#${named}`);
}

export function broadcast(what, label = '') {
  const [kind] = what.split('^');
  const words = label || (kind === 'subteam' ? '@group' : `@${kind}`);
  return h('span', { class: 'mention loud' }, words.startsWith('@') ? words : `@${words}`);
}

export function link(target, label) {
  return h('a', { href: target, target: '_blank', rel: 'noopener noreferrer' }, label || target);
}

function date(inside, fallback) {
  const [timestamp, format = '', target] = inside.split('^');
  const words = formatDate(timestamp, unescaped(format)) ?? unescaped(fallback);
  const ms = Number(timestamp) * 1000;
  const title = Number.isFinite(ms) ? fullMoment(ms) : undefined;
  return h('time', { title }, target ? link(unescaped(target), words) : words);
}

function code(text, at) {
  const end = text.indexOf('`', at + 1);
  if (end < at + 2) return null;
  return { node: h('code', {}, unescaped(text.slice(at + 1, end))), end: end + 1 };
}

function smiley(text, at) {
  const name = text.slice(at).match(/^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/)?.[1];
  const found = name && sign(name);
  return found && { node: emojiNode(name), end: at + name.length + 2 };
}

export function emojiNode(name) {
  const found = sign(name);
  return found ? h('span', { class: 'emoji', role: 'img', 'aria-label': name, title: `:${name}:` }, found) : `:${name}:`;
}

function marked(text, at, verbatim) {
  const mark = text[at];
  const opens = !EDGE.test(text[at - 1] ?? '') && /\S/.test(text[at + 1] ?? '') && text[at + 1] !== mark;
  const end = opens ? closing(text, at + 1, mark) : -1;
  if (end < 0) return null;
  return { node: h(MARKS[mark], {}, inline(text.slice(at + 1, end), verbatim)), end: end + 1 };
}

/** Where a mark ends, looking past links and code. */
function closing(text, from, mark) {
  for (let at = from; at < text.length; at += 1) {
    const skip = { '<': '>', '`': '`' }[text[at]];
    const over = skip ? text.indexOf(skip, at + 1) : -1;
    if (over > 0) at = over;
    else if (text[at] === mark && at > from && /\S/.test(text[at - 1]) && !EDGE.test(text[at + 1] ?? '')) return at;
  }
  return -1;
}

function bareLink(text, at) {
  const found = text.slice(at).match(BARE_LINK)?.[0];
  return found && { node: link(unescaped(found), ''), end: at + found.length };
}

/** Plain text with its emoji. */
export function plainText(text) {
  return text.split(/(:[a-z0-9_+'-]+:)/).filter(Boolean).map((piece) => {
    const name = piece.match(/^:(.+):$/)?.[1];
    return name && sign(name) ? emojiNode(name) : piece;
  });
}

/** A text object of Block Kit. */
export function textObject(object) {
  if (!object) return [];
  if (object.type === 'plain_text') return plainText(object.text);
  return mrkdwn(object.text, { verbatim: object.verbatim === true });
}
