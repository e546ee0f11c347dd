/** Text of a label as this project writes it: letters, digits, few signs, numeric entities and line breaks. */
const TEXT = /^(?:[\p{L}\p{N} .,:/_()+=@?-]|#\d+;|<br\/>)+$/u;
const NODE = /^ *(n\d+)(\(\[|\[\[|\[\/|\[)"([^"]*)"(\]\)|\]\]|\/\]|\])$/;
const GROUP = /^ *subgraph (g\d+)\["([^"]*)"\]$/;
const EDGE = /^ {2}(n\d+) (-->|-\.->|==>|-\.-) (n\d+)$/;
const CLOSING: Readonly<Record<string, string>> = { "([": "])", "[[": "]]", "[/": "/]", "[": "]" };

/** A flowchart as it is read back. */
export interface Flowchart {
  /** Labels of nodes, with the labels of the groups around each. */
  readonly nodes: readonly { readonly label: string; readonly groups: readonly string[] }[];
  /** Labels of groups, empty ones too. */
  readonly groups: readonly string[];
  /** Labels of both ends, and the arrow. */
  readonly edges: readonly (readonly [string, string, string])[];
}

/**
 * Reads a flowchart line by line, and throws for a line that is neither a node, a group, an end nor an edge between nodes that were
 * declared. This is a small part of Mermaid's language: its own parser requires a browser.
 */
export function readFlowchart(text: string): Flowchart {
  const [first, ...lines] = text.trimEnd().split("\n");
  if (first !== "flowchart LR" || !text.endsWith("\n")) throw new Error(`no flowchart: ${first}`);
  const labels = new Map<string, string>();
  const around: string[] = [];
  const read = {
    nodes: [] as Flowchart["nodes"][number][],
    groups: [] as string[],
    edges: [] as Flowchart["edges"][number][],
  };
  for (const line of lines) {
    const [, name = "", open = "", label = "", close] = NODE.exec(line) ?? [];
    const group = GROUP.exec(line);
    const edge = EDGE.exec(line);
    if (name !== "" && CLOSING[open] === close && TEXT.test(label) && !labels.has(name)) {
      labels.set(name, decoded(label));
      read.nodes.push({ label: decoded(label), groups: [...around] });
    } else if (group?.[2] !== undefined && TEXT.test(group[2])) {
      around.push(decoded(group[2]));
      read.groups.push(decoded(group[2]));
    } else if (/^ *end$/.test(line) && around.length > 0) around.pop();
    else if (edge !== null && around.length === 0) {
      const [from, to] = [labels.get(edge[1] ?? ""), labels.get(edge[3] ?? "")];
      if (from === undefined || to === undefined) throw new Error(`an end is no node: ${line}`);
      read.edges.push([from, edge[2] ?? "", to]);
    } else throw new Error(`not read: ${JSON.stringify(line)}`);
  }
  if (around.length > 0) throw new Error(`${around.length} groups are open`);
  return read;
}

function decoded(label: string): string {
  return label
    .replaceAll("<br/>", "\n")
    .replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
