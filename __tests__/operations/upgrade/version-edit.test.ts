import { type KubernetesMinor, kubernetesMinor } from "../../../language/words/kubernetes-minor";
import { parseYaml } from "../../../language/yaml/parse";
import { descend } from "../../../language/yaml/tree";
import { EditRefused, withVersion } from "../../../operations/upgrade/version-edit";

const v36 = kubernetesMinor("1.36") as KubernetesMinor;

function edited(text: string): string {
  const { root } = parseYaml("a.yaml", new TextEncoder().encode(text));
  if (root === undefined) throw new TypeError(text);
  return withVersion(text, descend(root, ["tfvars", "cluster", "kubernetes_version"]).tree, v36);
}

test.each([
  ["double quotes", '"1.35"', '"1.36"'],
  ["single quotes", "'1.35'", "'1.36'"],
  ["no quotes, which it gets", "1.35", '"1.36"'],
])("the edit keeps %s", (_, before, after) => {
  const file = (version: string) =>
    `# 1.35 here\ntfvars:\r\n  cluster:   # "1.35" there\n    kubernetes_version:   ${version}   # was 1.34\n    x: "1.35"\n\n\n`;
  expect(edited(file(before))).toBe(file(after));
});

test("the edit keeps a flow map on one line", () => {
  expect(edited('tfvars: { cluster: {kubernetes_version: "1.35", b: 1}}')).toBe(
    'tfvars: { cluster: {kubernetes_version: "1.36", b: 1}}',
  );
});

test("the edit finds its place behind a byte-order mark and characters of several units", () => {
  const file = (version: string) => `\uFEFF# 🚀\ntfvars: {cluster: {kubernetes_version: "${version}"}}`;
  expect(edited(file("1.35"))).toBe(file("1.36"));
});

test("an anchor that nothing uses is kept", () => {
  expect(edited('tfvars: {cluster: {kubernetes_version: &v "1.35"}}')).toBe(
    'tfvars: {cluster: {kubernetes_version: &v "1.36"}}',
  );
});

test.each([
  ["an alias", 'v: &v "1.35"\ntfvars: {cluster: {kubernetes_version: *v}}'],
  ["an anchor that another key uses", 'tfvars: {cluster: {kubernetes_version: &v "1.35"}, b: *v}'],
])("the edit refuses %s", (_, text) => {
  expect(() => edited(text)).toThrow(
    new EditRefused(
      "nothing was written, because other keys of the file use the same text by an alias. Change it by hand",
    ),
  );
});

test.each([
  ["a block of text", "tfvars:\n  cluster:\n    kubernetes_version: |-\n      1.35\n"],
  ["a longer version", "tfvars: {cluster: {kubernetes_version: 1.35.2}}"],
])("the edit refuses %s", (_, text) => {
  expect(() => edited(text)).toThrow(
    new EditRefused("nothing was written, because the version is not plain text in its place. Change it by hand"),
  );
});
