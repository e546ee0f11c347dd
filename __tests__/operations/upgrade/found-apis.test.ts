import { type KubernetesMinor, kubernetesMinor } from "../../../language/words/kubernetes-minor";
import { parseYaml } from "../../../language/yaml/parse";
import { foundApis } from "../../../operations/upgrade/found-apis";
import { objectsInDefinition, objectsInResources, placesOf } from "../../../operations/upgrade/manifests";

const minor = (text: string) => kubernetesMinor(text) as KubernetesMinor;
const object = (apiVersion: string, kind: string, name: string | null = "a", where = "here") => ({
  apiVersion,
  kind,
  name,
  where,
});

test("an API is removed from the version of its removal on, and deprecated before", () => {
  const claims = [object("resource.k8s.io/v1beta1", "ResourceClaim")];
  expect(foundApis(claims, minor("1.32"))).toEqual([]);
  const found = {
    api: "resource.k8s.io/v1beta1",
    kind: "ResourceClaim",
    name: "a",
    removed_in: "1.36",
    replacement: "resource.k8s.io/v1beta2",
    where: "here",
  };
  expect(foundApis(claims, minor("1.35"))).toEqual([{ ...found, status: "deprecated", since: "1.33" }]);
  expect(foundApis(claims, minor("1.36"))).toEqual([{ ...found, status: "removed", since: "1.36" }]);
});

test("an API that is deprecated without an end has no version of removal", () => {
  expect(foundApis([object("storage.k8s.io/v1beta1", "VolumeAttributesClass")], minor("1.36"))).toMatchObject([
    { status: "deprecated", since: "1.34", removed_in: null, replacement: "storage.k8s.io/v1" },
  ]);
});

test("removed APIs come first, and an object in two places counts once", () => {
  const deprecated = object("storage.k8s.io/v1beta1", "VolumeAttributesClass");
  const removed = object("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema");
  const again = { ...removed, where: "there" };
  expect(foundApis([deprecated, removed, again], minor("1.35")).map(({ kind, where }) => [kind, where])).toEqual([
    ["FlowSchema", "here"],
    ["VolumeAttributesClass", "here"],
  ]);
});

test("an API that stays, or of another kind, is not found", () => {
  const stays = [object("apps/v1", "Deployment"), object("flowcontrol.apiserver.k8s.io/v1beta3", "Other")];
  expect(foundApis(stays, minor("1.99"))).toEqual([]);
});

test("objects are found anywhere in a definition, each at its apiVersion", () => {
  const text =
    "values:\n  extraObjects:\n    - kind: ConfigMap\n      apiVersion: v1\n      metadata: { name: b }\n      nested: [{ apiVersion: x/v1, kind: Y }]\nmanifests: { apiVersion: 1, kind: No }\n";
  const { root } = parseYaml("a.yaml", new TextEncoder().encode(text));
  expect(root && objectsInDefinition(root)).toEqual([
    { apiVersion: "v1", kind: "ConfigMap", name: "b", where: { file: "a.yaml", line: 4, column: 19 } },
    { apiVersion: "x/v1", kind: "Y", name: null, where: { file: "a.yaml", line: 6, column: 30 } },
  ]);
});

test("objects in the values of Helm releases are found, and in no other resource", () => {
  const resource = (type: string) => ({
    address: `${type}.a`,
    stack: "s",
    mode: "managed" as const,
    type,
    name: "a",
    path: "",
    body: { values: ['{"manifests":[{"apiVersion":"v1","kind":"Namespace"}]}'] },
    meta: {},
  });
  expect(objectsInResources([resource("helm_release"), resource("aws_ssm_parameter")])).toEqual([
    { apiVersion: "v1", kind: "Namespace", name: null, where: "helm_release.a" },
  ]);
});

test("keys are found at their places", () => {
  const { root } = parseYaml("a.yaml", new TextEncoder().encode("a:\n  - gitRepo: {}\n"));
  expect(root && placesOf(root, (key) => key === "gitRepo")).toEqual([{ file: "a.yaml", line: 2, column: 5 }]);
});
