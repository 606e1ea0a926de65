// What stands out too little from what is behind it: a ratio below 4.5 by WCAG 2.1, success criterion 1.4.3.
() => {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const colour = (css) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = css;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
  const over = ([red, green, blue], share, under) => [red, green, blue].map((part, place) => part * share + under[place] * (1 - share));
  const behind = (node) => {
    if (!node) return [255, 255, 255];
    const own = colour(getComputedStyle(node).backgroundColor);
    return own[3] === 255 ? own : over(own, own[3] / 255, behind(node.parentElement));
  };
  const opacity = (node) => (node ? Number(getComputedStyle(node).opacity) * opacity(node.parentElement) : 1);
  const saysSomething = (node) => [...node.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
  const isShown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !node.closest(':disabled, .whispered, .skip, .emoji, .emoji-row');
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  return [...top.querySelectorAll('*')]
    .filter((node) => saysSomething(node) && isShown(node))
    .map((node) => {
      const under = behind(node);
      const [ink, share] = [colour(getComputedStyle(node).color), opacity(node)];
      const both = [luminance(over(ink, share * ink[3] / 255, under)), luminance(under)].sort((one, other) => other - one);
      return { words: node.textContent.slice(0, 30), where: `${node.tagName} ${node.className}`, ratio: (both[0] + 0.05) / (both[1] + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
}
