import { testGroup } from "../../../support/worker-problems";

describe("launch templates", () => {
  const template = "launch_template: { id: lt-0123456789abcdef0, version: 3 }";
  testGroup({
    "accepts keys that belong to the group": [`${template}\nami_type: CUSTOM\nami_family: AL2023\nsubnet_tier: public`],
    "refuses keys that only the template can apply": [
      `${template}\nroot_volume: { size_gib: 50 }\ndetailed_monitoring: true`,
      "root_volume: has no effect because the group uses the existing launch template lt-0123456789abcdef0. Remove it, or remove launch_template",
      "detailed_monitoring: has no effect because the group uses the existing launch template lt-0123456789abcdef0. Remove it, or remove launch_template",
    ],
    "refuses two types if the template has one": [
      "launch_template: { id: lt-0123456789abcdef0, version: 3, has_instance_type: true }\ninstance_types: [m6i.large, m6a.large]",
      "instance_types: must list only the type in the launch template, but lists 2 types. Remove the others, or remove the type from the template",
    ],
    "accepts the one type of the template": [
      "launch_template: { id: lt-0123456789abcdef0, version: 3, has_instance_type: true }\ninstance_types: [m6i.large]",
    ],
    "refuses a template in a self-managed group": [
      `${template}\nkind: self_managed`,
      "launch_template: requires an EKS managed group. Remove it, or set kind: managed (or auto)",
    ],
  });
});
