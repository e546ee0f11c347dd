import { type PoolCase, testPools } from "../../../support/pools";

const need = (name: string, operator: string, ...values: readonly string[]): string =>
  `{ key: karpenter.k8s.aws/${name}, operator: ${operator}, values: [${values.map((value) => `"${value}"`).join(", ")}] }`;
const family = (...values: readonly string[]): string => need("instance-family", "In", ...values);
const type = (...values: readonly string[]): string =>
  `{ key: node.kubernetes.io/instance-type, operator: In, values: [${values.join(", ")}] }`;

/** A pool with requirements that exclude each other, which is reported at `path`. */
function excludes(path: string, others: string, keys: string, ...requirements: readonly string[]): PoolCase {
  const message = `excludes every instance type together with ${others}, so the pool never has a node. Change one of them`;
  return { ...pool(keys, ...requirements), reports: [`${path}: ${message}`] };
}

const accepts = (...requirements: readonly string[]): PoolCase => ({ ...pool("", ...requirements), reports: [] });

function pool(keys: string, ...requirements: readonly string[]): { readonly pool: string } {
  return { pool: `${keys === "" ? "" : `${keys}\n`}requirements: [${requirements.join(", ")}]` };
}

const CATEGORIES = "instance_categories (c, m, r)";

testPools({
  "refuses a family of another category": excludes("requirements[0]", CATEGORIES, "", family("t3")),
  "refuses a type of another category that is larger than the whole pool": excludes(
    "requirements[0]",
    `${CATEGORIES} and limits.vcpus (10)`,
    "",
    type("p5.48xlarge"),
  ),
  "refuses another category": excludes("requirements[0]", CATEGORIES, "", need("instance-category", "In", "t")),
  "refuses the generation at the bound": excludes(
    "requirements[0]",
    "instance_generation_greater_than (2)",
    "",
    need("instance-generation", "In", "2"),
  ),
  "refuses a value that is required and excluded": excludes(
    "requirements[1]",
    "requirements[0] (karpenter.k8s.aws/instance-family In m6i)",
    "",
    family("m6i"),
    need("instance-family", "NotIn", "m6i", "m5"),
  ),
  "refuses values that two requirements exclude": excludes(
    "requirements[2]",
    "requirements[0] (karpenter.k8s.aws/instance-family In m6i, m5) and requirements[1] (karpenter.k8s.aws/instance-family NotIn m6i)",
    "",
    family("m6i", "m5"),
    need("instance-family", "NotIn", "m6i"),
    need("instance-family", "NotIn", "m5"),
  ),
  "refuses bounds with no whole number between them": excludes(
    "requirements[1]",
    "requirements[0] (karpenter.k8s.aws/instance-memory Gt 4095)",
    "",
    need("instance-memory", "Gt", "4095"),
    need("instance-memory", "Lt", "4096"),
  ),
  "accepts bounds with one whole number between them": accepts(
    need("instance-memory", "Gt", "4095"),
    need("instance-memory", "Lt", "4097"),
  ),
  "refuses a label that must exist and must not": excludes(
    "requirements[1]",
    "requirements[0] (example.com/a Exists)",
    "",
    "{ key: example.com/a, operator: Exists }",
    "{ key: example.com/a, operator: DoesNotExist }",
  ),
  "refuses a type of another family": excludes(
    "requirements[0]",
    "requirements[1] (karpenter.k8s.aws/instance-family In m5)",
    "",
    type("m6i.large"),
    family("m5"),
  ),
  "warns of a size that the families do not have yet": {
    ...pool("", family("c6g", "m6i"), need("instance-size", "In", "3xlarge")),
    reports: [
      "warning: requirements[0]: excludes every instance type together with requirements[1] (karpenter.k8s.aws/instance-size In 3xlarge), so the pool never has a node. Change one of them",
    ],
  },
  "refuses more vCPUs of an instance than of the pool": excludes("min_vcpus", "limits.vcpus (10)", "min_vcpus: 11"),
  "accepts as many vCPUs of an instance as of the pool": { pool: "min_vcpus: 10", reports: [] },
  "refuses a family of the other architecture": excludes(
    "requirements[0]",
    "architectures (arm64)",
    "architectures: [arm64]",
    family("m6i"),
  ),
  "refuses families that 2 keys exclude together": excludes(
    "requirements[0]",
    "architectures (arm64) and instance_categories (m)",
    "architectures: [arm64]\ninstance_categories: [m]",
    family("m6i", "c6g"),
  ),
  "refuses types with fewer vCPUs": excludes(
    "requirements[0]",
    "min_vcpus (8)",
    "min_vcpus: 8",
    type("m6i.large", "m6i.xlarge"),
  ),
  "reports an exclusion beside a refused key": {
    ...pool("min_vcpus: many", family("t3")),
    reports: [
      'min_vcpus: must be a whole number from 1 to 100000 or null, got "many"',
      `requirements[0]: excludes every instance type together with ${CATEGORIES}, so the pool never has a node. Change one of them`,
    ],
  },
  "accepts families and types newer than the list": accepts(family("m99x"), type("t99.large")),
  "accepts a family beside a newer one": accepts(family("t3", "m99x")),
  "accepts a family that fits beside one that does not": accepts(family("t3", "m6i")),
  "accepts any bound of a property that the list does not have": accepts(
    family("m6i"),
    need("instance-network-bandwidth", "Gt", "999999999"),
  ),
  "refuses bare metal with more vCPUs than the pool can have": excludes(
    "requirements[0]",
    "limits.vcpus (10)",
    "",
    type("m6i.metal"),
  ),
  "accepts a size that can have 1 vCPU": accepts(type("c7a.medium"), need("instance-cpu", "In", "1")),
  "accepts the exclusion of other values": accepts(family("m6i"), need("instance-family", "NotIn", "m5")),
});
