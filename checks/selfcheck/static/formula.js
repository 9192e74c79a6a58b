// A formula from its tree: ["mfrac", ["mn", "1"], ["mn", "2"]]. Tags that are not ours are not made.
const MATHML = "http://www.w3.org/1998/Math/MathML";

export const formula = (tree, tags) => {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [tag, ...inner] = tree;
  const element = document.createElementNS(MATHML, tags.includes(tag) ? tag : "mrow");
  element.append(...inner.map((one) => formula(one, tags)));
  return element;
};
