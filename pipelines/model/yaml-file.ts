import YAML from "yaml";
import { head } from "./renderer";

/** Returns the text of a generated file. Long lines stay whole, and equal parts are written out. */
export function yamlFile(purpose: string, content: unknown, version: "1.1" | "1.2" = "1.2"): string {
  const document = new YAML.Document(content, { aliasDuplicateObjects: false });
  const text = document.toString({
    lineWidth: 0,
    // Words that YAML 1.1 reads as something else are quoted for systems that read that.
    ...(version === "1.1" && { doubleQuotedAsJSON: true }),
  });
  return `${head(purpose)}\n${text}`;
}
