// What the page holds for its scripts, and elements that they add to it.
export const at = (id) => document.getElementById(id);
export const data = JSON.parse(at("data").textContent);

export const made = (tag, text, kind) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
};
