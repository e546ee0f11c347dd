import fc from "fast-check";
import type { Graph } from "../../../operations/graph/report";

/** Text that would end a label, a line or an element of a format, or be read as markup. */
const HOSTILE = [
  '"]; x --> y',
  "a --> b",
  "end",
  "#quot;#34;",
  "`*bold*`",
  "<script>alert(1)</script>",
  "&quot;&lt;",
  "line\nline\r\nline",
  "\\",
  '\\"',
  "\\N\\G\\l",
  "click n1 href",
  "%%{init: {}}%%",
  "\u0000\u0007\u2028",
  "ünïcode 名前 🦀",
  "a|b|c",
  "]]]>",
  "",
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));

/** Graphs with any text in their ids and labels. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .record({
    title: text,
    groups: fc.uniqueArray(text, { maxLength: 3 }),
    nodes: fc.uniqueArray(fc.tuple(text, fc.array(text, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 5,
      selector: ([id]) => id,
    }),
    places: fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }),
    kinds: fc.constantFrom(
      "cluster" as const,
      "stack" as const,
      "resource" as const,
      "data" as const,
      "group" as const,
    ),
    arrows: fc.constantFrom("handover" as const, "order" as const, "peering" as const, "connected" as const),
  })
  .map(({ arrows, groups, kinds, nodes, places, title }) => ({
    ...{ version: 1 as const, title, depth: 1 },
    groups: groups.map((id, index) => ({ id, label: id, parent: index === 0 ? null : (groups[index - 1] ?? null) })),
    nodes: nodes.map(([id, lines], index) => ({ id, lines, kind: kinds, group: groups[places[index] ?? 0] ?? null })),
    edges: nodes.flatMap(([from], index) => {
      const to = nodes[(places[index + 5] ?? 0) % nodes.length]?.[0];
      return to === undefined || to === from ? [] : [{ from, to, kind: arrows }];
    }),
  }));
