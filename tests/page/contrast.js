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
  const behind = (node) => {
    if (!node) return [255, 255, 255];
    const found = colour(getComputedStyle(node).backgroundColor);
    return found[3] === 255 ? found : behind(node.parentElement);
  };
  const shown = '#room p, #room time, #room strong, #side button span, #side h2, #bar button, #bar p, #tour p, #tour button';
  return [...document.querySelectorAll(shown)]
    .filter((node) => node.innerText?.trim() && node.checkVisibility())
    .map((node) => {
      const both = [luminance(colour(getComputedStyle(node).color)), luminance(behind(node))].sort((one, other) => other - one);
      return { words: node.innerText.slice(0, 30), ratio: (both[0] + 0.05) / (both[1] + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
}
