// Block Kit's blocks. A holder says what is chosen in their elements and takes what people do.

import { h } from './dom.js';
import { elementNode } from './elements.js';
import { inputNode } from './inputs.js';
import { plainText, textObject } from './mrkdwn.js';
import { richText } from './richtext.js';

const BLOCKS = {
  header: (block) => h('h3', { class: 'block-header' }, plainText(block.text.text)),
  section,
  context: (block) => h('div', { class: 'block-context' }, block.elements.map(inContext)),
  actions: (block, holder) => h('div', { class: 'block-actions' }, block.elements.map((each) => elementNode(each, block, holder))),
  divider: () => h('hr', { class: 'block-divider' }),
  image: (block) => h('figure', { class: 'block-image' }, block.title && h('figcaption', {}, plainText(block.title.text)), picture(block)),
  rich_text: richText,
  input: inputBlock,
};

export function blockNodes(blocks, holder) {
  return blocks.map((block) => {
    const draw = BLOCKS[block.type];
    const node = draw ? draw(block, holder) : notHere(block);
    node.dataset.block = block.block_id ?? '';
    return node;
  });
}

function section(block, holder) {
  return h('div', { class: 'block-section' },
    h('div', { class: 'section-words' },
      block.text && h('div', { class: 'words' }, textObject(block.text)),
      block.fields && h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'words' }, textObject(field))))),
    block.accessory && h('div', { class: 'accessory' }, elementNode(block.accessory, block, holder)));
}

function inContext(element) {
  return element.type === 'image' ? picture(element, 'tiny') : h('span', { class: 'words' }, textObject(element));
}

export function picture(element, size = '') {
  const image = h('img', { src: element.image_url, alt: element.alt_text, loading: 'lazy', class: size });
  image.addEventListener('error', () => {
    image.replaceWith(h('span', { class: 'not-here', role: 'img', 'aria-label': element.alt_text }, `Picture: ${element.alt_text}`));
  });
  return image;
}

function inputBlock(block, holder) {
  const id = `field-${holder.id}-${block.block_id}`;
  const label = h('label', { for: id, id: `${id}-label` }, plainText(block.label.text), block.optional && h('span', { class: 'quiet' }, ' (optional)'));
  const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' }, holder.errors?.[block.block_id]);
  const hint = block.hint && h('p', { class: 'field-hint', id: `${id}-hint` }, plainText(block.hint.text));
  const field = inputNode(block.element, block, holder, id);
  const node = h('div', { class: 'block-input' }, label, field, error, hint);
  const target = node.querySelector(`#${CSS.escape(id)}`);
  target?.setAttribute('aria-describedby', `${id}-error${hint ? ` ${id}-hint` : ''}`);
  node.classList.toggle('wrong', Boolean(error.textContent));
  return node;
}

/** Shows the sentences beside the fields they concern, and takes away those that no longer hold. */
export function showErrors(root, errors) {
  for (const node of root.querySelectorAll('.block-input')) {
    const words = errors?.[node.dataset.block] ?? '';
    node.querySelector('.field-error').textContent = words;
    node.classList.toggle('wrong', Boolean(words));
    node.querySelector('input, textarea, button')?.setAttribute('aria-invalid', String(Boolean(words)));
  }
  root.querySelector('.wrong input, .wrong textarea, .wrong button')?.focus();
}

function notHere(block) {
  return h('details', { class: 'not-here' },
    h('summary', {}, `A ${block.type} block: not rendered here`),
    h('pre', {}, JSON.stringify(block, null, 2)));
}
