import apis from "../../aws/data/kubernetes-apis.json";
import changes from "../../aws/data/kubernetes-changes.json";
import { apiChange } from "../../aws/kubernetes-apis";
import { changesBetween, KUBERNETES_CHANGES } from "../../aws/kubernetes-changes";
import { type KubernetesMinor, kubernetesMinor } from "../../language/words/kubernetes-minor";

const ids = (from: string, to: string) =>
  changesBetween(kubernetesMinor(from) as KubernetesMinor, kubernetesMinor(to) as KubernetesMinor).map(({ id }) => id);

test("no API is in the list with two answers, and each version is a minor version", () => {
  const answers = new Set(apis.apis.map((each) => JSON.stringify(each)));
  expect(new Set(apis.apis.map(({ api, kind }) => `${api} ${kind}`)).size).toBe(answers.size);
  const versions = apis.apis.flatMap((each) => [each.deprecated_in, each.removed_in, each.replacement_in]);
  expect(versions.filter((version) => version !== null && kubernetesMinor(version) !== version)).toEqual([]);
});

test("an API has its versions and its replacement", () => {
  expect(apiChange("flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration")).toEqual({
    deprecatedIn: "1.31",
    removedIn: "1.32",
    replacement: "flowcontrol.apiserver.k8s.io/v1",
    replacementIn: undefined,
  });
  expect(apiChange("apps/v1", "Deployment")).toBeUndefined();
});

test("each change has an id of its own, a known version and a source", () => {
  expect(KUBERNETES_CHANGES).toHaveLength(changes.changes.length);
  expect(new Set(changes.changes.map(({ id }) => id)).size).toBe(changes.changes.length);
  expect(changes.changes.filter(({ sources }) => sources.length === 0)).toEqual([]);
});

test("the changes between two versions are those of the later one, and of those in between", () => {
  expect(ids("1.35", "1.36")).toEqual(["containerd-1", "external-ips", "al2023-kernel"]);
  expect(ids("1.34", "1.36")).toEqual([...ids("1.34", "1.35"), ...ids("1.35", "1.36")]);
  expect(ids("1.36", "1.36")).toEqual([]);
});
