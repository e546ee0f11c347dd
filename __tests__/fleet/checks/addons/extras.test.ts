import { fleetOf, problemsOf, SMALLEST } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
/** Each problem with its line; columns are the tests' of others. */
const told = (text: string) =>
  problemsOf({ [FILE]: SMALLEST + text }).map((problem) =>
    problem.replace(/^clusters.a.example.com.yaml:(\d+):\d+/, "$1"),
  );

/** The least that a chart needs, at line 9, with what is given behind it. */
const chart = (name: string, rest = "", namespace = name) =>
  `    - { name: ${name}, repository: https://charts.example.com, chart: c, version: 1.2.3, namespace: ${namespace}${rest} }\n`;
const charts = (...list: string[]) => `  extra_charts:\n${list.join("")}`;

describe("extra charts", () => {
  test("one that has what it needs", () => {
    expect(told(charts(chart("podinfo")))).toEqual([]);
  });

  test.each([
    ["version: 1.2.3", "version: ^1.2.0", 'version: must be an exact version, such as 3.13.1, got "^1.2.0"'],
    [
      "repository: https://charts.example.com",
      "repository: ./charts",
      'repository: must be an https:// or oci:// address, got "./charts"',
    ],
    [
      "namespace: podinfo",
      "namespace: Pod_Info",
      'namespace: must be lower-case letters, digits and dashes, at most 63 characters, got "Pod_Info"',
    ],
    [
      "chart: c",
      "chart: oci://ghcr.io/c",
      'chart: must be the chart\'s name, got "oci://ghcr.io/c". Put the address into repository',
    ],
  ])("%s must not be %s", (good, bad, message) => {
    expect(told(charts(chart("podinfo")).replace(good, bad))).toContain(`9 tfvars.extra_charts[podinfo].${message}`);
  });

  test("names of addons, and names twice", () => {
    const manifests = `  extra_manifests:
    - { name: podinfo, namespace: default, manifests: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }] }
`;

    expect(told(charts(chart("cert-manager"), chart("podinfo"), chart("coredns-manifests")) + manifests)).toEqual([
      "9 tfvars.extra_charts[cert-manager].name: is a Helm release of the addon cert_manager. Set cert_manager_enabled: true instead, or use another name",
      "11 tfvars.extra_charts[coredns-manifests].name: is a Helm release of the addon coredns. Set coredns_enabled: true instead, or use another name",
      "13 tfvars.extra_manifests[podinfo].name: is also the name of an item of extra_charts. Rename one of them",
    ]);
  });

  test("what is waited for", () => {
    const list = [
      chart("one", ", after: [one]"),
      chart("two", ", after: [coredns, podinf]"),
      chart("podinfo", ", after: [zzzzzz]"),
    ];

    expect(told(charts(...list))).toEqual([
      "9 tfvars.extra_charts[one].after[0]: is this item itself. Remove it",
      "10 tfvars.extra_charts[two].after[0]: has no effect because addons are installed before all extras. Remove it",
      '10 tfvars.extra_charts[two].after[1]: unknown extra chart or manifests "podinf". Did you mean "podinfo"?',
      '11 tfvars.extra_charts[podinfo].after[0]: unknown extra chart or manifests "zzzzzz". Known: one, two',
    ]);
  });

  test("a circle, also by a namespace", () => {
    const list = [chart("one", ", after: [two]"), chart("two", ", pod_security: null", "one")];

    expect(told(charts(...list))).toEqual([
      "9 tfvars.extra_charts[one].name: waits for an item that waits for it: one, two. Remove one name from after. Items also wait for items that create their namespaces and kinds",
    ]);
  });

  test("namespaces that are there", () => {
    const list = [
      chart("one", "", "kube-system"),
      chart("two", "", "actions-runners"),
      chart("three", "", "shared"),
      chart("four", "", "shared"),
      chart("five", ", pod_security: null", "shared"),
    ];

    expect(told(`  addons: { github_actions_runners_enabled: true }\n${charts(...list)}`)).toEqual([
      "10 tfvars.extra_charts[one].namespace: kube-system is in every cluster already. Set pod_security: null, or use another namespace",
      "11 tfvars.extra_charts[two].namespace: actions-runners is created by the addon github_actions_runners. Set pod_security: null, or use another namespace",
      "13 tfvars.extra_charts[four].namespace: shared is created by the extra chart three. Set pod_security: null, or use another namespace",
    ]);
  });

  test("roles", () => {
    const allow = (arn: string) => `permissions: [{ actions: ["s3:GetObject"], resources: ["${arn}"] }]`;
    const list = [
      chart("one", ", service_account: one"),
      chart("two", `, ${allow("*")}, bucket: { expire_days: null }`),
      chart("three", `, service_account: three, ${allow("arn:aws-cn:s3:::b/*")}`),
      chart("four", `, service_account: three, pod_security: null, bucket: { expire_days: 3 }`, "three"),
      chart("five", `, service_account: cluster-autoscaler, pod_security: null, ${allow("*")}`, "kube-system"),
    ];

    expect(told(charts(...list))).toEqual([
      "9 tfvars.extra_charts[one].service_account: has no effect without permissions or a bucket. Add one of them, or remove it",
      "10 tfvars.extra_charts[two].permissions: requires service_account. Set it to the service account of the chart's pods",
      "10 tfvars.extra_charts[two].bucket: requires service_account. Set it to the service account of the chart's pods",
      "11 tfvars.extra_charts[three].permissions[0].resources[0]: must be an ARN of partition aws, as the cluster's region is, got arn:aws-cn:s3:::b/*",
      "12 tfvars.extra_charts[four].service_account: three in three already has a role from the extra chart three, and EKS supports one role for each service account. Use another",
      "13 tfvars.extra_charts[five].service_account: cluster-autoscaler in kube-system already has a role from the addon cluster_autoscaler, and EKS supports one role for each service account. Use another",
    ]);
  });

  test("actions of no service, and resources that are no ARN", () => {
    const list = [chart("one", `, service_account: one, permissions: [{ actions: ["*"], resources: [bucket] }]`)];

    expect(told(charts(...list))).toEqual([
      '9 tfvars.extra_charts[one].permissions[0].actions[0]: must be an IAM action with its service, such as s3:GetObject, unless effect is Deny, got "*"',
      '9 tfvars.extra_charts[one].permissions[0].resources[0]: must be an ARN, such as arn:aws:s3:::example-bucket/*, or *, got "bucket"',
    ]);
  });

  test("secrets, and values that YAML mangles", () => {
    const values = `{ tag: 1.30, extraObjects: [{ kind: Secret, stringData: { a: b } }] }`;

    expect(told(charts(chart("one", `, values: ${values}`)))).toEqual([
      '9 tfvars.extra_charts[one].values.tag: YAML reads 1.30 as the number 1.3. Write "1.30" in quotes, or 1.3',
      "9 tfvars.extra_charts[one].values.extraObjects[0].stringData: a Secret with data would be stored in git and in Terraform's state. Store it in AWS Secrets Manager, and create the Secret with external-secrets",
    ]);
  });
});

describe("extra manifests", () => {
  test("that are no objects", () => {
    const text = `  extra_manifests:
    - name: one
      namespace: default
      manifests:
        - { kind: ConfigMap, metadata: { name: a } }
        - { apiVersion: v1, kind: 5, metadata: { name: a } }
        - { apiVersion: v1, kind: ConfigMap }
        - { apiVersion: v1, kind: ConfigMap, metadata: { generateName: a- } }
`;

    expect(told(text)).toEqual([
      "12 tfvars.extra_manifests[one].manifests[0]: requires apiVersion, because each item is one Kubernetes object",
      "13 tfvars.extra_manifests[one].manifests[1].kind: must be text",
      "14 tfvars.extra_manifests[one].manifests[2]: requires metadata.name, because Helm identifies objects by name",
      "15 tfvars.extra_manifests[one].manifests[3].metadata: requires name, because Helm identifies objects by name",
    ]);
  });

  test("twice, of a kind that only they bring, and secret", () => {
    const text = `  extra_manifests:
    - name: one
      namespace: default
      manifests:
        - { apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: x }, spec: { group: e.com, names: { kind: Thing } } }
        - { apiVersion: e.com/v1, kind: Thing, metadata: { name: a } }
        - { apiVersion: v1, kind: Secret, metadata: { name: a }, data: { a: Yg== } }
    - name: two
      namespace: team
      manifests:
        - { apiVersion: v1, kind: Secret, metadata: { name: a, namespace: default } }
        - { apiVersion: v1, kind: Secret, metadata: { name: a } }
`;

    expect(told(text)).toEqual([
      "13 tfvars.extra_manifests[one].manifests[1].kind: has a kind that this item's CustomResourceDefinition creates, but Helm requires the kind before the release. Move it to another item with after: [one]",
      "14 tfvars.extra_manifests[one].manifests[2].data: a Secret with data would be stored in git and in Terraform's state. Store it in AWS Secrets Manager, and create the Secret with external-secrets",
      "16 warning: tfvars.extra_manifests[two].namespace: nothing in this definition creates the namespace team, and the item cannot be installed without it. Add an extra chart or a Namespace object that creates it, or make sure that it exists",
      "18 tfvars.extra_manifests[two].manifests[0]: Secret a is also in one, and two releases cannot own it. Remove one of them",
    ]);
  });

  test("that Kubernetes would not take", () => {
    const text = `  extra_manifests:
    - name: one
      namespace: default
      manifests:
        - { apiVersion: v1, kind: List, items: [] }
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: My_Map } }
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { port: 80 } }
        - { apiVersion: v1, kind: Service, metadata: { name: a, annotations: { internal: true } } }
        - { apiVersion: v1, kind: Service, metadata: { name: b, labels: { tier: null } } }
        - { apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: "team:Viewer" } }
        - { apiVersion: v1, kind: configmap, metadata: { name: c } }
        - { apiVersion: apps, kind: Deployment, metadata: { name: c } }
        - { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: c } }
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: 5 } }
        - { apiVersion: v1, kind: ConfigMap, metadata: { name: c, labels: [a] } }
`;

    expect(told(text)).toEqual([
      "12 tfvars.extra_manifests[one].manifests[0].kind: is a list of objects. Write each object as an item of manifests",
      "13 tfvars.extra_manifests[one].manifests[1].metadata.name: must be lower-case letters, digits, dashes and dots, but is My_Map",
      "14 tfvars.extra_manifests[one].manifests[2].data.port: must be text, but is 80. Write it in quotes",
      "15 tfvars.extra_manifests[one].manifests[3].metadata.annotations.internal: must be text, but is true. Write it in quotes",
      "16 tfvars.extra_manifests[one].manifests[4].metadata.labels.tier: must be text, but is null. Write it in quotes",
      "18 tfvars.extra_manifests[one].manifests[6].kind: must be a kind, such as ConfigMap, but is configmap",
      "19 tfvars.extra_manifests[one].manifests[7].apiVersion: must be a version with its group, such as v1 or apps/v1, but is apps",
      "20 tfvars.extra_manifests[one].manifests[8].apiVersion: was removed from Kubernetes. Use apps/v1 or networking.k8s.io/v1, and read what changed",
      "21 tfvars.extra_manifests[one].manifests[9].metadata.namespace: must be text, but is 5. Write it in quotes",
      "22 tfvars.extra_manifests[one].manifests[10].metadata.labels: must be a map of texts",
    ]);
  });

  const namespace = (name: string) => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name} } }`;
  const configMap = (of = "") => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a${of} } }`;
  const item = (name: string, namespaced: string, ...manifests: string[]) =>
    `    - { name: ${name}, namespace: ${namespaced}, manifests: [${manifests.join(", ")}] }\n`;

  test("in namespaces that are made otherwise, too late, or by nobody", () => {
    const text = [
      charts(chart("podinfo")),
      "  extra_manifests:\n",
      item("one", "default", namespace("kube-system"), namespace("podinfo")),
      item("two", "team", namespace("team"), configMap()),
      item("three", "default", configMap(", namespace: nobodys")),
      item("four", "team", configMap(", namespace: podinfo")),
    ].join("");

    expect(told(text)).toEqual([
      "11 tfvars.extra_manifests[one].manifests[0]: the namespace kube-system is in every cluster already. Remove it",
      "11 tfvars.extra_manifests[one].manifests[1]: the namespace podinfo is created by the extra chart podinfo. Remove it",
      "12 tfvars.extra_manifests[two].namespace: is created by an object of this item, but Helm requires it before the objects. Set namespace: default, and set metadata.namespace: team in the objects",
      "13 warning: tfvars.extra_manifests[three].namespace: nothing in this definition creates the namespace nobodys, and the item cannot be installed without it. Add an extra chart or a Namespace object that creates it, or make sure that it exists",
    ]);
  });

  test("two that wait for each other by their namespaces", () => {
    const text = `  extra_manifests:\n${item("one", "b", namespace("a"))}${item("two", "a", namespace("b"))}`;

    expect(told(text)).toEqual([
      "9 tfvars.extra_manifests[one].name: waits for an item that waits for it: one, two. Remove one name from after. Items also wait for items that create their namespaces and kinds",
    ]);
  });

  const certificate = "{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: a } }";

  test("of the kinds of addons that are off", () => {
    const rollout = "{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: a } }";
    const text = `  extra_manifests:\n${item("one", "default", certificate, rollout)}`;

    expect(told(text)).toEqual([
      "9 tfvars.extra_manifests[one].manifests[0].apiVersion: requires the API cert-manager.io, which cert_manager installs. Set cert_manager_enabled: true, or list the extra chart that installs it in after",
      "9 tfvars.extra_manifests[one].manifests[1].apiVersion: requires the API argoproj.io, which argo_cd or argo_rollouts installs. Set argo_cd_enabled: true, or list the extra chart that installs it in after",
    ]);
    expect(
      told(`  addons: { argo_rollouts_enabled: true }\n  extra_manifests:\n${item("a", "default", rollout)}`),
    ).toEqual([]);
  });

  test("of kinds that an extra chart brings, or an object of another item", () => {
    const crd =
      "{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: x }, spec: { group: cert-manager.io, names: { kind: Certificate } } }";
    const after = item("one", "default", certificate).replace("name: one", "name: one, after: [podinfo]");

    expect(told(`${charts(chart("podinfo"))}  extra_manifests:\n${after}`)).toEqual([]);
    expect(told(`  extra_manifests:\n${item("one", "default", certificate)}${item("two", "default", crd)}`)).toEqual(
      [],
    );
  });

  test("lists of objects of one name are whole", () => {
    const text = `  extra_manifests:
    - name: one
      namespace: default
      manifests:
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: a }
          subjects: [{ kind: ServiceAccount, name: a, namespace: b }, { kind: ServiceAccount, name: a, namespace: c }]
`;

    expect(told(text)).toEqual([]);
  });
});

describe("layers", () => {
  const tier = `tfvars:
  extra_chart_defaults: { wait: true }
  extra_charts:
    - { name: agent, repository: https://charts.example.com, chart: agent, version: 1.0.0, namespace: agent, values: { level: info } }
`;
  const clusters = (own: string) =>
    fleetOf({ "tiers/production.yaml": tier, [FILE]: SMALLEST + own }).clusters.map(
      ({ tfvars }) => tfvars.extra_charts,
    );

  test("a tier's chart is on each of its clusters, which may say of it what differs", () => {
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

    expect(clusters("")).toEqual([[agent]]);
    expect(clusters("  extra_charts: [{ name: agent, version: 1.0.1, values: { level: debug } }]\n")).toEqual([
      [{ ...agent, version: "1.0.1", values: { level: "debug" } }],
    ]);
  });

  test("a mistake in a tier is told with its place and its cluster", () => {
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
