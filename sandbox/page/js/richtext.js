// rich_text blocks: sections, lists, quotes and code, as the composer of a chat writes them.

import { formatDate } from './dates.js';
import { h } from './dom.js';
import { broadcast, channelName, emojiNode, link, mention } from './mrkdwn.js';

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

const INLINE = {
  text: (part) => part.text,
  link: (part) => link(part.url, part.text),
  user: (part) => mention(part.user_id),
  channel: (part) => channelName(part.channel_id),
  usergroup: () => broadcast('subteam'),
  broadcast: (part) => broadcast(part.range),
  emoji: (part) => emojiNode(part.name),
  date: (part) => h('time', {}, formatDate(String(part.timestamp), part.format) ?? part.fallback ?? ''),
  color: (part) => h('code', {}, part.value),
};

const BLOCKS = {
  rich_text_section: (block) => h('div', { class: 'rich-line' }, parts(block)),
  rich_text_quote: (block) => h('blockquote', {}, parts(block)),
  rich_text_preformatted: (block) => h('pre', {}, parts(block)),
  rich_text_list: (block) => h(
    block.style === 'ordered' ? 'ol' : 'ul',
    { class: `indent-${Math.min(block.indent ?? 0, 5)}`, start: block.offset ? block.offset + 1 : null },
    block.elements.map((item) => h('li', {}, parts(item))),
  ),
};

export function richText(block) {
  return h('div', { class: 'rich' }, (block.elements ?? []).map((each) => BLOCKS[each.type]?.(each) ?? unknown(each.type)));
}

function parts(block) {
  return (block.elements ?? []).map((part) => {
    const node = INLINE[part.type]?.(part) ?? unknown(part.type);
    const styles = Object.keys(part.style ?? {}).filter((name) => part.style[name] && STYLES[name]);
    return styles.reduce((inner, name) => h(STYLES[name], {}, inner), node);
  });
}

export const unknown = (kind) => h('span', { class: 'not-here' }, `${kind}: not rendered here`);

/** The words of a rich_text value, for a field that holds plain words. */
export function wordsOf(value) {
  if (!value) return '';
  if (typeof value === 'string') return value;
  if (value.text) return value.text;
  return (value.elements ?? []).map(wordsOf).join(value.type === 'rich_text' ? '\n' : '');
}
