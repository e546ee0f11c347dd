import { AUTO_MODE, testPools } from "../../../support/pools";

const requirements = (...items: readonly string[]): string =>
  ["requirements:", ...items.map((item) => `  - { ${item} }`)].join("\n");
const OF_KARPENTER = "is a label of Karpenter's nodes, which Auto Mode's nodes do not have";
const OF_AUTO_MODE = "is a label of Auto Mode's nodes, which Karpenter's nodes do not have";

testPools({
  "refuses In and NotIn without values": {
    pool: requirements("key: example.com/a, operator: In", "key: example.com/b, operator: NotIn"),
    reports: [
      "requirements[0]: requires values, because In compares with them. Add at least one",
      "requirements[1]: requires values, because NotIn compares with them. Add at least one",
    ],
  },
  "refuses Gt and Lt without exactly one whole number": {
    pool: requirements(
      "key: example.com/a, operator: Gt, values: [many]",
      'key: example.com/b, operator: Lt, values: ["1", "2"]',
      'key: example.com/c, operator: Lt, values: ["1"]',
    ),
    reports: [
      "requirements[0]: must have one whole number in values, because Gt compares with it",
      "requirements[1]: must have one whole number in values, because Lt compares with it",
    ],
  },
  "refuses a number with letters for Lt": {
    pool: requirements('key: example.com/a, operator: Lt, values: ["8Gi"]'),
    reports: ["requirements[0]: must have one whole number in values, because Lt compares with it"],
  },
  "accepts Lt with one whole number, and DoesNotExist without values": {
    pool: requirements(
      'key: example.com/a, operator: Lt, values: ["8"]',
      "key: example.com/b, operator: DoesNotExist",
      'key: example.com/c, operator: Gt, values: ["8"]',
    ),
    reports: [],
  },
  "accepts min_values with other operators than In": {
    pool: requirements("key: example.com/a, operator: Exists, min_values: 2"),
    reports: [],
  },
  "refuses Exists and DoesNotExist with values": {
    pool: requirements(
      'key: example.com/a, operator: Exists, values: ["1"]',
      'key: example.com/b, operator: DoesNotExist, values: ["1"]',
      "key: example.com/c, operator: Exists",
    ),
    reports: [
      "requirements[0]: must have no values, because Exists compares with none. Remove them",
      "requirements[1]: must have no values, because DoesNotExist compares with none. Remove them",
    ],
  },
  "refuses more min_values than values": {
    pool: requirements(
      "key: example.com/a, operator: In, values: [m7i], min_values: 2",
      "key: example.com/b, operator: In, values: [m7i, m7i], min_values: 2",
      "key: example.com/c, operator: In, values: [m7i, m7a], min_values: 2",
    ),
    reports: [
      "requirements[0].min_values: must be at most the number of values (1), but is 2",
      "requirements[1].min_values: must be at most the number of values (1), but is 2",
    ],
  },
  "refuses labels that another key of the pool sets": {
    pool: requirements(
      "key: karpenter.sh/capacity-type, operator: In, values: [spot]",
      "key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a]",
      "key: kubernetes.io/arch, operator: In, values: [arm64]",
    ),
    reports: [
      "requirements[0].key: is set by capacity_types. Use that key instead",
      "requirements[1].key: is set by availability_zones. Use that key instead",
      "requirements[2].key: is set by architectures. Use that key instead",
    ],
  },
  "refuses labels that Karpenter does not accept in requirements": {
    pool: requirements(
      "key: kubernetes.io/os, operator: In, values: [windows]",
      "key: kubernetes.io/hostname, operator: Exists",
      "key: karpenter.sh/nodepool, operator: Exists",
      "key: karpenter.k8s.aws/instance-familly, operator: Exists",
      "key: karpenter.k8s.aws/x, operator: Exists",
      "key: karpenter.k8s.aws/instance-family, operator: Exists",
    ),
    reports: [
      "requirements[0].key: is always linux in a node pool. Remove it",
      "requirements[1].key: is different on every node, so no pool can require it. Remove it",
      "requirements[2].key: is a label that Karpenter sets itself. Remove it",
      'requirements[3].key: is not a label of instance types. Did you mean "karpenter.k8s.aws/instance-family"?',
      "requirements[4].key: is not a label of instance types. See karpenter.sh/docs/concepts/scheduling",
    ],
  },
  "refuses labels of Auto Mode in a pool of Karpenter": {
    pool: requirements(
      "key: eks.amazonaws.com/instance-family, operator: In, values: [m7i, m7a]",
      "key: eks.amazonaws.com/capacity-reservation-interruptible, operator: Exists",
      "key: eks.amazonaws.com/my-label, operator: Exists",
    ),
    reports: [
      `requirements[0].key: ${OF_AUTO_MODE}. Write karpenter.k8s.aws/instance-family`,
      `requirements[1].key: ${OF_AUTO_MODE}. Write karpenter.k8s.aws/capacity-reservation-interruptible`,
    ],
  },
  "refuses labels of Karpenter in a pool of Auto Mode": {
    ...AUTO_MODE,
    pool: `kind: auto_mode\n${requirements(
      "key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m7a]",
      "key: karpenter.k8s.aws/ec2nodeclass, operator: Exists",
      'key: eks.amazonaws.com/instance-cpu, operator: Gt, values: ["4"]',
    )}`,
    reports: [
      `requirements[0].key: ${OF_KARPENTER}. Write eks.amazonaws.com/instance-family`,
      `requirements[1].key: ${OF_KARPENTER}. Remove it`,
    ],
  },
});
