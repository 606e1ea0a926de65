// Builds elements. Text becomes text nodes, so nothing that people typed can become markup.

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

function set(node, name, value) {
  if (value == null || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'hue') node.style.setProperty('--hue', value);
  else if (name === 'value' || name === 'checked') node[name] = value;
  else node.setAttribute(name, value === true ? '' : value);
}

export const byId = (id) => document.getElementById(id);

export function button(label, onclick, props = {}) {
  return h('button', { type: 'button', onclick, ...props }, label);
}

/** A button that shows a picture; its name is for whoever cannot see it. */
export function iconButton(icon, name, onclick, props = {}) {
  return button(drawing(icon), onclick, { 'aria-label': name, title: name, class: 'icon', ...props });
}

const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.4M15 9.5v.4',
  reply: 'M21 12a8.5 8.5 0 0 1-12.4 7.5L4 20.5l1.3-4A8.5 8.5 0 1 1 21 12z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  send: 'M4 12l16-8-6 16-3-7z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2',
  gauge: 'M4 18a9 9 0 1 1 16 0M12 15l4-5',
  map: 'M9 4L3 6.5v13L9 17l6 2.5 6-2.5V4l-6 2.5zM9 4v13M15 6.5v13',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4',
  down: 'M6 9l6 6 6-6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l4 4',
  shortcut: 'M5 5h6v6H5zM13 13h6v6h-6zM16 5v6M13 8h6M8 13v6M5 16h6',
};

export function drawing(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Keeps the nodes of what did not change, so that focus and half-filled fields stay where they are. */
export function reconcile(parent, items, draw) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const known = old.get(item.key);
    if (known?.dataset.print === item.print) return known;
    const node = draw(item);
    node.dataset.key = item.key;
    node.dataset.print = item.print;
    return node;
  });
  const kept = new Set(nodes);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}
