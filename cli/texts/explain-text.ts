import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { listed } from "../../language/suggest";
import type {
  ExplainReport,
  Findings,
  KeyReport,
  ResourceReport,
  Setting,
  ShapedElement,
  ShapingKey,
  SummaryReport,
} from "../../operations/explain/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

const DEFAULT_WIDTH = 80;
/** Longer values are cut; `--json` has them whole. */
const LONGEST_VALUE = 60;
/** More elements or attributes are counted; `--json` lists them. */
const MOST_ELEMENTS = 40;
const MOST_ATTRIBUTES = 6;

/** Returns an explanation as text. */
export function explainText({ answer }: ExplainReport, terminal: Terminal): string {
  switch (answer.kind) {
    case "key":
      return keyText(answer, terminal);
    case "resource":
      return resourceText(answer, terminal);
    case "summary":
      return summaryText(answer, terminal);
    default:
      return answer satisfies never;
  }
}

function keyText({ effect, keys, path, schema, set, settings, value }: KeyReport, terminal: Terminal): string {
  const { bold } = createColors(terminal.colours);
  const facts = [`Type: ${schema.type}.`, ...(keys.length > 0 ? [] : [defaultText(schema)])];
  return [
    bold(keys.length > 0 ? path : `${path}: ${set ? valueText(value) : "not set"}`),
    ...(schema.description === "" ? [] : lines(schema.description, terminal, 2)),
    ...lines(facts.join(" "), terminal, 2),
    ...section("Set by", settings.length === 0 ? ["  no layer"] : settings.map(settingText), terminal),
    ...(keys.length > 0 ? section("Keys", keys.map(keyOfSectionText), terminal) : []),
    ...section("Shapes", shapesText(effect, terminal), terminal),
  ].join("\n");
}

function defaultText({ default: value, required }: KeyReport["schema"]): string {
  if (value !== undefined) return `Default: ${valueText(value)}.`;
  return required ? "Required." : "No default.";
}

function section(title: string, content: readonly string[], { colours }: Terminal): string[] {
  return ["", createColors(colours).bold(title), ...content];
}

function settingText({ layer, name, path, place, removes, value }: Setting, index: number): string {
  const what = removes ? "null, which removes it" : valueText(value);
  const who = layer === "cluster" ? "cluster" : [layer, ...(name === null ? [] : [name])].join(" ");
  return `  ${index === 0 ? "" : "over "}${who}: ${what}\n    ${placeText(place)} ${path}`;
}

function placeText({ column, file, line }: Setting["place"]): string {
  return `${file}:${line}:${column}`;
}

function keyOfSectionText({ effect, path, setting, value }: KeyReport["keys"][number]): string {
  const shaped = { shapes: `shapes ${effect.shapes.length}`, nothing: "shapes nothing", unknown: "not known" }[
    effect.status
  ];
  const who = setting === null ? "" : `\n    ${setting.layer} ${placeText(setting.place)}`;
  return `  ${path}: ${valueText(value)}, ${shaped}${who}`;
}

function shapesText({ reason, shapes, status }: Findings, terminal: Terminal): string[] {
  const head = status === "nothing" ? `Nothing. ${reason}` : reason;
  const carriesTags = shapes.some(({ address }) => address === "provider.aws");
  const note = "What provider.aws carries, such as default tags, is on every AWS resource of the stack.";
  return [
    ...lines(head, terminal, 2),
    ...shapes.slice(0, MOST_ELEMENTS).flatMap((each) => elementText(each, terminal)),
    ...(shapes.length > MOST_ELEMENTS ? [`  and ${shapes.length - MOST_ELEMENTS} more; --json lists all`] : []),
    ...(carriesTags ? lines(note, terminal, 2) : []),
  ];
}

function elementText({ address, attributes, effect, stack }: ShapedElement, terminal: Terminal): string[] {
  const { bold } = createColors(terminal.colours);
  return [`  ${stack} ${bold(address)}`, ...lines(effectText({ attributes, effect }), terminal, 4)];
}

function effectText({ attributes, effect }: Pick<ShapedElement, "attributes" | "effect">): string {
  if (effect === "existence") return "is there because of the value";
  if (effect === "absence") return "would be there with another value";
  const shown = attributes
    .slice(0, MOST_ATTRIBUTES)
    .map((each) => `${each.path}${each.carried_as_is ? " (carried as is)" : ""}`);
  const more = attributes.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function resourceText({ resources }: ResourceReport, terminal: Terminal): string {
  const { bold } = createColors(terminal.colours);
  return resources
    .map(({ address, hook, keys, stack, unknown }) =>
      [
        bold(`${stack} ${address}`),
        ...lines(
          `${keys.length} keys shaped it, each found by building the cluster with other values of the key.`,
          terminal,
          2,
        ),
        ...keys.flatMap((key) => shapingKeyText(key, terminal)),
        ...(hook.length > 0 ? lines(`The hook of extensions/ shaped ${listed(hook, 8)}.`, terminal, 2) : []),
        ...(unknown.length > 0
          ? lines(
              `Of ${unknown.length === 1 ? "1 key" : `${unknown.length} keys`} it could not be found out, because no other value could be tried: ${listed(
                unknown.map(({ path }) => path),
                8,
              )}.`,
              terminal,
              2,
            )
          : []),
      ].join("\n"),
    )
    .join("\n\n");
}

function shapingKeyText({ attributes, effect, path, setting, value }: ShapingKey, terminal: Terminal): string[] {
  const { bold } = createColors(terminal.colours);
  const who = setting === null ? [] : [`    ${setting.layer} ${placeText(setting.place)}`];
  return [`  ${bold(path)}: ${valueText(value)}`, ...who, ...lines(effectText({ attributes, effect }), terminal, 4)];
}

function summaryText({ cluster, layers, own, sections }: SummaryReport, terminal: Terminal): string {
  const { bold } = createColors(terminal.colours);
  const used = [...new Set(layers.map(({ layer }) => layer))];
  const rows = sections.map(({ keys, layers: by, path }) => [
    path,
    keys,
    ...used.map((layer) => by.find((each) => each.layer === layer)?.keys ?? ""),
  ]);
  const right = (title: string) => ({ title, align: "right" as const });
  return [
    bold(cluster),
    ...section(
      "Layers, the lowest first",
      layers.map(
        ({ file, keys, layer, name }) =>
          `  ${[layer, ...(name === null || layer === "cluster" ? [] : [name])].join(" ")}: ${keys} keys, ${file}`,
      ),
      terminal,
    ),
    "",
    table(["section", right("keys"), ...used.map(right)], rows, terminal),
    ...section(
      "Set in the cluster's own file",
      own.map(({ path, place, value }) => `  ${path}: ${valueText(value)}\n    ${placeText(place)}`),
      terminal,
    ),
    "",
    ...lines(`fleet explain ${cluster} <key> shows who set a key and what it shapes.`, terminal, 0),
  ].join("\n");
}

/** A value on one line, cut if it is long. */
function valueText(value: unknown): string {
  const plain = typeof value === "string" && /^[^\s"'{[][^"'\n]*$/.test(value) && Number.isNaN(Number(value));
  const text = plain ? String(value) : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function lines(text: string, { width = DEFAULT_WIDTH }: Terminal, indent: number): string[] {
  const margin = " ".repeat(indent);
  return wrapAnsi(text, Math.max(20, width - indent), { trim: true })
    .split("\n")
    .map((line) => `${margin}${line}`);
}
