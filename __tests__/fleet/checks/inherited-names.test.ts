import { problemsIn } from "../../support/definition";

/** A name that no object has, and that is like no key. */
const ORDINARY = "zzyzx";
const INHERITED = ["constructor", "toString", "hasOwnProperty"];

test.each<[string, (name: string) => Parameters<typeof problemsIn>[0]]>([
  ["an instance family", (name) => ({ worker: `instance_types: [${name.toLowerCase()}.large]` })],
  ["a setting of the kubelet", (name) => ({ worker: `kind: self_managed\nkubelet: { extra: { ${name}: 1 } }` })],
  ["a field of a NodeConfig", (name) => ({ worker: `node_config: { ${name}: 1 }` })],
  [
    "a setting of Bottlerocket",
    (name) => ({ worker: `ami_type: BOTTLEROCKET_x86_64\nbottlerocket_settings: { kubernetes: { ${name}: 1 } }` }),
  ],
  [
    "a kind of objects",
    (name) => ({
      extra_manifests: `- { name: x, namespace: y, manifests: [{ apiVersion: ${name}, kind: ${name}, metadata: { name: x } }] }`,
    }),
  ],
  ["a tag", (name) => ({ common: `tags: { ${name}: x }` })],
  [
    "a label and a taint",
    (name) => ({ worker: `labels: { ${name}: x }\ntaints: [{ key: ${name}, value: x, effect: NoSchedule }]` }),
  ],
  ["a region", (name) => ({ networking: `availability_zones: [${name}]` })],
])("the name of %s may be one that every JavaScript object has", (_, sections) => {
  const ordinary = problemsIn(sections(ORDINARY));

  for (const name of INHERITED) {
    const problems = problemsIn(sections(name)).join("\n");
    expect(problems.replaceAll(new RegExp(name, "gi"), ORDINARY).replaceAll(/:\d+ /g, " ")).toBe(
      ordinary.join("\n").replaceAll(/:\d+ /g, " "),
    );
  }
});
