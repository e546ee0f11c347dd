import type { Problem } from "../../language/problem";
import type { ParsedFile } from "../../language/yaml/parse";
import { formatPath, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";

/** A value as SOPS writes it. */
const SOPS_VALUE = /^ENC\[AES256_GCM,data:/;

const INSTEAD =
  "Write the values in plain text, and keep secrets in AWS Secrets Manager, from which the External Secrets Operator reads them";

/**
 * Refuses what SOPS encrypted. In a file that it encrypted as a whole, nothing else can be judged: its numbers and switches are
 * ciphertext too.
 */
export function refuseEncrypted(parsed: ParsedFile): ParsedFile {
  const { root } = parsed;
  if (root === undefined || !(parsed.text.includes("ENC[") || root.entries.has("sops"))) return parsed;
  const metadata = root.entries.get("sops");
  if (metadata !== undefined) {
    const message = `is the metadata of SOPS, but a definition cannot be encrypted. Decrypt the file with sops --decrypt. ${INSTEAD}`;
    const place = placeOf(metadata);
    const problem: Problem = { rule: "encrypted-value", severity: "error", place, path: "sops", message };
    return { ...parsed, root: undefined, problems: [problem], text: "" };
  }
  const problems: Problem[] = [];
  const marked = (tree: Tree, path: Path): Tree => {
    if (tree.kind === "map") return mapOf(tree, path);
    if (tree.kind === "list")
      return { ...tree, items: tree.items.map((item, index) => marked(item, [...path, index])) };
    if (typeof tree.value !== "string" || !SOPS_VALUE.test(tree.value)) return tree;
    const message = `is encrypted with SOPS, but a definition cannot contain encrypted values. ${INSTEAD}`;
    problems.push({
      rule: "encrypted-value",
      severity: "error",
      place: placeOf(tree),
      path: formatPath(root, path),
      message,
    });
    return { ...tree, secret: true };
  };
  const mapOf = (map: MapTree, path: Path): MapTree => ({
    ...map,
    entries: new Map(
      [...map.entries].map(([key, entry]) => [key, { ...entry, value: marked(entry.value, [...path, key]) }]),
    ),
  });
  return { ...parsed, root: mapOf(root, []), problems: [...parsed.problems, ...problems] };
}
