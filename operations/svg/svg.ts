/** Attributes of an element, in the order in which they are written. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Characters that XML 1.0 does not accept, not even as references. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Returns text for the content of an element or for an attribute. */
export function xmlText(text: string): string {
  return text.replace(NOT_IN_XML, "?").replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character);
}

/** Returns an element. Its children are elements already; use `text` for text. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
}

function attribute(value: string | number): string {
  return typeof value === "string" ? xmlText(value) : String(Math.round(value * 100) / 100);
}

/** Returns a line of text. */
export function text(content: string, attributes: Attributes): string {
  return element("text", attributes, xmlText(content));
}

/** Returns a rectangle with a title, which browsers show beside the pointer and screen readers read. */
export function rectangle(title: string, attributes: Attributes): string {
  return element("rect", attributes, element("title", {}, xmlText(title)));
}

/** A picture's size and what screen readers read. */
export interface Picture {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** Returns a whole SVG document, one element per line. */
export function picture({ title, description, width, height }: Picture, children: readonly string[]): string {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const names = { role: "img", "aria-labelledby": "title description", "font-family": "sans-serif" };
  const content = [
    element("title", { id: "title" }, xmlText(title)),
    element("desc", { id: "description" }, xmlText(description)),
    element("rect", { width, height, fill: "#ffffff" }),
    ...children,
  ];
  const start = element("svg", { xmlns: "http://www.w3.org/2000/svg", ...size, ...names }, "\n");
  return start.replace("\n", `\n${content.map((line) => `  ${line}\n`).join("")}`).concat("\n");
}
