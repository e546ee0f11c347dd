import { testMessages, testReports } from "../../../support/definition";
import { fleetOf, problemsOf, SMALLEST } from "../../../support/definitions";
import { chart, manifests, object } from "../../../support/extras";

const one = (rest: string): string => chart("one", rest);
const CONFIG_MAP = object("v1", "ConfigMap", "a");
const NAMESPACE = (name: string): string => object("v1", "Namespace", name);

describe("keys of an extra chart", () => {
  const changed = (good: string, bad: string): string => chart("podinfo").replace(good, bad);
  const AT = "tfvars.extra_charts[podinfo]";
  testMessages({
    "accepts a chart with what it needs": { extra_charts: chart("podinfo"), reports: [] },
    "refuses a range of versions": {
      extra_charts: changed("version: 1.2.3", "version: ^1.2.0"),
      reports: [`${AT}.version: must be an exact version, such as 3.13.1, got "^1.2.0"`],
    },
    "refuses a folder as repository": {
      extra_charts: changed("repository: https://charts.example.com", "repository: ./charts"),
      reports: [`${AT}.repository: must be an https:// or oci:// address, got "./charts"`],
    },
    "refuses a namespace with capitals": {
      extra_charts: changed("namespace: podinfo", "namespace: Pod_Info"),
      reports: [
        `${AT}.namespace: must be lower-case letters, digits and dashes, at most 63 characters, got "Pod_Info"`,
      ],
    },
    "refuses an address as the chart's name": {
      extra_charts: changed("chart: c", "chart: oci://ghcr.io/c"),
      reports: [`${AT}.chart: must be the chart's name, got "oci://ghcr.io/c". Put the address into repository`],
    },
    "refuses a value that YAML reads as another one": {
      extra_charts: one("values: { tag: 1.30 }"),
      reports: [
        'tfvars.extra_charts[one].values.tag: YAML reads 1.30 as the number 1.3. Write "1.30" in quotes, or 1.3',
      ],
    },
  });
});

describe("name of an extra", () => {
  testMessages({
    "is not a release of an addon": {
      extra_charts: chart("cert-manager"),
      reports: [
        "tfvars.extra_charts[cert-manager].name: is a Helm release of the addon cert_manager. Set cert_manager_enabled: true instead, or use another name",
      ],
    },
    "is not the release of an addon's manifests": {
      extra_charts: chart("coredns-manifests"),
      reports: [
        "tfvars.extra_charts[coredns-manifests].name: is a Helm release of the addon coredns. Set coredns_enabled: true instead, or use another name",
      ],
    },
    "is not the same for a chart and manifests": {
      extra_charts: chart("podinfo"),
      extra_manifests: manifests("podinfo", [CONFIG_MAP]),
      reports: [
        "tfvars.extra_manifests[podinfo].name: is also the name of an item of extra_charts. Rename one of them",
      ],
    },
  });
});

describe("after", () => {
  const list = (...items: string[]): string => items.join("\n");
  testMessages({
    "accepts another chart": { extra_charts: list(one("after: [two]"), chart("two")), reports: [] },
    "refuses the item itself": {
      extra_charts: one("after: [one]"),
      reports: ["tfvars.extra_charts[one].after[0]: is this item itself. Remove it"],
    },
    "refuses an addon": {
      extra_charts: one("after: [coredns]"),
      reports: [
        "tfvars.extra_charts[one].after[0]: has no effect because addons are installed before all extras. Remove it",
      ],
    },
    "suggests the name that was meant": {
      extra_charts: list(one("after: [podinf]"), chart("podinfo")),
      reports: [
        'tfvars.extra_charts[one].after[0]: unknown extra chart or manifests "podinf". Did you mean "podinfo"?',
      ],
    },
    "lists all other names if none is similar": {
      extra_charts: list(one(""), chart("two"), chart("podinfo", "after: [zzzzzz]")),
      reports: ['tfvars.extra_charts[podinfo].after[0]: unknown extra chart or manifests "zzzzzz". Known: one, two'],
    },
    "refuses a circle that a namespace closes": {
      extra_charts: list(one("after: [two]"), chart("two", "pod_security: null", "one")),
      reports: [
        "tfvars.extra_charts[one].name: waits for an item that waits for it: one, two. Remove one name from after. Items also wait for items that create their namespaces and kinds",
      ],
    },
    "refuses a circle of manifests by their namespaces": {
      extra_manifests: list(manifests("one", [NAMESPACE("a")], "", "b"), manifests("two", [NAMESPACE("b")], "", "a")),
      reports: [
        "tfvars.extra_manifests[one].name: waits for an item that waits for it: one, two. Remove one name from after. Items also wait for items that create their namespaces and kinds",
      ],
    },
  });
});

describe("role of an extra chart", () => {
  const allow = (arn: string): string => `permissions: [{ actions: ["s3:GetObject"], resources: ["${arn}"] }]`;
  const requires = "requires service_account. Set it to the service account of the chart's pods";
  const taken = (account: string, namespace: string, owner: string): string =>
    `service_account: ${account} in ${namespace} already has a role from ${owner}, and EKS supports one role for each service account. Use another`;
  const first = chart("first", `service_account: web, ${allow("*")}`, "shared");
  const second = (account: string, namespace: string): string =>
    chart("second", `service_account: ${account}, pod_security: null, ${allow("*")}`, namespace);
  testMessages({
    "requires permissions or a bucket": {
      extra_charts: one("service_account: one"),
      reports: [
        "tfvars.extra_charts[one].service_account: has no effect without permissions or a bucket. Add one of them, or remove it",
      ],
    },
    "accepts a bucket without permissions": {
      extra_charts: one("service_account: one, bucket: { expire_days: 3 }"),
      reports: [],
    },
    "requires a service account for permissions and for a bucket": {
      extra_charts: one(`${allow("*")}, bucket: { expire_days: null }`),
      reports: [`tfvars.extra_charts[one].permissions: ${requires}`, `tfvars.extra_charts[one].bucket: ${requires}`],
    },
    "refuses ARNs of another partition": {
      extra_charts: one(`service_account: one, ${allow("arn:aws-cn:s3:::b/*")}`),
      reports: [
        "tfvars.extra_charts[one].permissions[0].resources[0]: must be an ARN of partition aws, as the cluster's region is, got arn:aws-cn:s3:::b/*",
      ],
    },
    "refuses a service account of an earlier chart": {
      extra_charts: `${first}\n${second("web", "shared")}`,
      reports: [`tfvars.extra_charts[second].${taken("web", "shared", "the extra chart first")}`],
    },
    "accepts the same service account in another namespace": {
      extra_charts: `${first}\n${second("web", "default")}`,
      reports: [],
    },
    "refuses a service account of an addon": {
      extra_charts: second("cluster-autoscaler", "kube-system"),
      reports: [
        `tfvars.extra_charts[second].${taken("cluster-autoscaler", "kube-system", "the addon cluster_autoscaler")}`,
      ],
    },
    "accepts the name of an addon's service account in another namespace": {
      extra_charts: second("cluster-autoscaler", "default"),
      reports: [],
    },
    "refuses an action without a service": {
      extra_charts: one('service_account: one, permissions: [{ actions: ["*"], resources: ["*"] }]'),
      reports: [
        'tfvars.extra_charts[one].permissions[0].actions[0]: must be an IAM action with its service, such as s3:GetObject, unless effect is Deny, got "*"',
      ],
    },
    "refuses a resource that is not an ARN": {
      extra_charts: one(`service_account: one, ${allow("bucket")}`),
      reports: [
        'tfvars.extra_charts[one].permissions[0].resources[0]: must be an ARN or *, such as arn:aws:s3:::example-bucket/*, got "bucket"',
      ],
    },
  });
});

testReports({
  "reports a mistake of an extra at its place": {
    extra_charts: `${chart("one")}\n${chart("two", "after: [two]")}`,
    reports: ["10:110 tfvars.extra_charts[two].after[0]: is this item itself. Remove it"],
  },
  "accepts items with the same name in a list inside an object": {
    extra_manifests: manifests("one", [
      object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "a", {
        rest: "roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }, subjects: [{ kind: ServiceAccount, name: a, namespace: b }, { kind: ServiceAccount, name: a, namespace: c }]",
      }),
    ]),
    reports: [],
  },
});

describe("layers", () => {
  const FILE = "clusters/a.example.com.yaml";
  const agent = {
    name: "agent",
    repository: "https://charts.example.com",
    chart: "agent",
    version: "1.0.0",
    namespace: "agent",
    pod_security: "baseline",
    wait: true,
    values: { level: "info" },
  };
  const tier = `tfvars:
  extra_chart_defaults: { wait: true }
  extra_charts:
    - { name: agent, repository: https://charts.example.com, chart: agent, version: 1.0.0, namespace: agent, values: { level: info } }
`;
  const chartsWith = (own: string) =>
    fleetOf({ "tiers/production.yaml": tier, [FILE]: SMALLEST + own }).clusters.map(
      ({ tfvars }) => tfvars.extra_charts,
    );

  test("gives a cluster the charts of its tier", () => {
    expect(chartsWith("")).toEqual([[agent]]);
  });

  test("lets a cluster change a part of a chart of its tier", () => {
    expect(chartsWith("  extra_charts: [{ name: agent, version: 1.0.1, values: { level: debug } }]\n")).toEqual([
      [{ ...agent, version: "1.0.1", values: { level: "debug" } }],
    ]);
  });

  test("reports a mistake in a tier with its place and its cluster", () => {
    expect(
      problemsOf({
        "tiers/production.yaml": tier.replace("namespace: agent", "namespace: kube-system"),
        [FILE]: SMALLEST,
      }).map((problem) => problem.replace(/:\d+ /, " ")),
    ).toEqual([
      "tiers/production.yaml:4 tfvars.extra_charts[agent].namespace: kube-system is in every cluster already. Set pod_security: null, or use another namespace (for cluster a.example.com)",
    ]);
  });
});
