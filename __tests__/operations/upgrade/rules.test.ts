import { KUBERNETES_CHANGES } from "../../../aws/kubernetes-changes";
import { loadFleet } from "../../../fleet/load";
import { planNodeGroups } from "../../../fleet/plan/node-groups-plan";
import { DefinitionFiles } from "../../../fleet/read/files";
import { type KubernetesMinor, kubernetesMinor } from "../../../language/words/kubernetes-minor";
import { VersionedCluster } from "../../../operations/upgrade/at-version";
import { objectsInDefinition } from "../../../operations/upgrade/manifests";
import { appliedRules } from "../../../operations/upgrade/rules";
import { definition, type Sections } from "../../support/definition";
import { readingDefinitions, TODAY } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const minor = (text: string) => kubernetesMinor(text) as KubernetesMinor;

/** Returns a rule's answer about a definition: its status, and the places that it applies to. */
function answerOf(id: string, sections: Sections): readonly string[] | undefined {
  return readingDefinitions({ [FILE]: definition(sections) }, (directory) => {
    const files = new DefinitionFiles(directory, "definitions");
    const [cluster] = loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
    const [file = ""] = files.clusterFiles();
    if (cluster === undefined) throw new TypeError("no cluster");
    const tree = new VersionedCluster(files, file, cluster, TODAY).resolved().tree();
    const { groups } = planNodeGroups(cluster);
    const facts = { cluster, groups, tree, objects: objectsInDefinition(tree) };
    const rule = appliedRules(minor("1.31"), minor("1.38"), facts).find((each) => each.id === id);
    return rule && [rule.status, ...rule.where.map((each) => each.replace(`${directory}/`, ""))];
  });
}

const manifest = (lines: string): Sections => ({
  extra_manifests: `- name: own\n  namespace: default\n  manifests:\n    - ${lines.replaceAll("\n", "\n      ")}\n`,
});

const pod = (spec: string): Sections =>
  manifest(
    `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: a:1 }], ${spec} }`,
  );

const OWN_IMAGE = { worker: "ami_type: CUSTOM\nami_id: ami-0123456789abcdef0\nami_family: AL2023\n" };
const OWN_BOTTLEROCKET = { worker: OWN_IMAGE.worker.replace("AL2023", "BOTTLEROCKET") };
const BOTTLEROCKET = { worker: "ami_type: BOTTLEROCKET_x86_64\n" };
const SCRIPT = (flag: string) => ({ worker: `pre_bootstrap_script: |\n  echo ${flag}\n` });

test.each<[id: string, affected: Sections, answer: readonly string[]]>([
  ["anonymous-requests", {}, ["check by hand", "clients of the API"]],
  ["al2-images", OWN_IMAGE, ["check by hand", "general"]],
  ["endpoints-api", manifest("apiVersion: v1\nkind: Endpoints\nmetadata: { name: e }"), ["found", `${FILE}:12:23`]],
  [
    "git-repo-volumes",
    pod("volumes: [{ name: v, gitRepo: { repository: r } }]"),
    ["found", expect.stringContaining(`${FILE}:15:`)],
  ],
  [
    "app-armor",
    pod("securityContext: { appArmorProfile: { type: RuntimeDefault } }"),
    ["found", expect.stringContaining(`${FILE}:15:`)],
  ],
  ["cgroup-driver", SCRIPT("--cgroup-driver=systemd"), ["found", expect.stringContaining(`${FILE}:`)]],
  ["cgroup-v1", OWN_IMAGE, ["check by hand", "general"]],
  ["pause-image-flag", SCRIPT("--pod-infra-container-image=x"), ["found", expect.stringContaining(`${FILE}:`)]],
  ["containerd-1", OWN_IMAGE, ["check by hand", "general"]],
  ["al2023-kernel", {}, ["check by hand", "general"]],
  ["selinux-mount", BOTTLEROCKET, ["check by hand", "general"]],
  ["cri-cgroup-driver", OWN_IMAGE, ["check by hand", "general"]],
])("%s affects a definition that uses it", (id, affected, answer) => {
  expect(answerOf(id, affected)).toEqual(answer);
});

test.each(KUBERNETES_CHANGES.map(({ id }) => id).filter((id) => !["anonymous-requests", "al2023-kernel"].includes(id)))(
  "%s does not affect the smallest definition",
  (id) => {
    expect(answerOf(id, {})).toEqual(["not found"]);
  },
);

test("the kernel of AL2023 does not matter to Bottlerocket, and cgroup v1 not to an own image of it", () => {
  expect(answerOf("al2023-kernel", BOTTLEROCKET)).toEqual(["not found"]);
  expect(answerOf("cgroup-v1", OWN_BOTTLEROCKET)).toEqual(["not found"]);
});
