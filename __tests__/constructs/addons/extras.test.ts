import { Addons } from "../../../constructs/addons/addons";
import type { Tfvars } from "../../../fleet/model/cluster";
import { addonsProps } from "../../support/props";
import { synth } from "../../support/synth";
import { clusterWith } from "./support";

const PODINFO = {
  name: "podinfo",
  repository: "oci://ghcr.io/stefanprodan/charts",
  chart: "podinfo",
  version: "6.9.2",
  namespace: "podinfo",
  pod_security: "restricted",
  wait: true,
} as const;

function built(extras: Partial<Pick<Tfvars, "extra_charts" | "extra_manifests">>) {
  const cluster = clusterWith(["coredns"]);
  const tfvars = { ...cluster.tfvars, ...extras };
  return synth((scope) => new Addons(scope, "addons", addonsProps({ ...cluster, tfvars })));
}

const jsonOf = (value: unknown) => JSON.parse(String(value));

test("the namespace of a chart has the definition's settings, and a time-out for its slowest pod", () => {
  const tf = built({
    extra_charts: [
      {
        ...PODINFO,
        namespace_labels: { "istio-injection": "enabled" },
        namespace_annotations: { note: "ours" },
        values: { worker: { terminationGracePeriodSeconds: 1800 } },
      },
    ],
  });

  expect(tf.only("kubernetes_namespace_v1")).toMatchObject({
    metadata: {
      labels: { "pod-security.kubernetes.io/enforce": "restricted", "istio-injection": "enabled" },
      annotations: { note: "ours" },
    },
    timeouts: { delete: "40m" },
  });
});

test("a chart is a release with its version, in its own namespace, after every addon", () => {
  const tf = built({ extra_charts: [{ ...PODINFO, values: { text: "${HOST}", on: null } }] });

  expect(tf.only("kubernetes_namespace_v1")).toEqual({
    metadata: { name: "podinfo", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    timeouts: { delete: "15m" },
    depends_on: tf.addresses("aws_eks_addon"),
  });
  expect(tf.only("helm_release")).toEqual({
    name: "podinfo",
    namespace: "podinfo",
    repository: "oci://ghcr.io/stefanprodan/charts",
    chart: "podinfo",
    version: "6.9.2",
    values: ['{"on":null,"text":"$${HOST}"}'],
    wait: true,
    atomic: true,
    cleanup_on_fail: true,
    timeout: 600,
    max_history: 5,
    depends_on: [...tf.addresses("kubernetes_namespace_v1"), ...tf.addresses("aws_eks_addon")],
  });
  expect(tf.addresses("helm_release")).toEqual(["helm_release.addons_extras_podinfo_4687FACF"]);
});

test("a chart in another chart's namespace creates none, and is installed after that chart", () => {
  const second = { ...PODINFO, name: "second", pod_security: null };
  const tf = built({ extra_charts: [second, PODINFO] });

  expect(tf.addresses("kubernetes_namespace_v1")).toHaveLength(1);
  expect(tf.only("helm_release", "second")["depends_on"]).toEqual([
    ...tf.addresses("aws_eks_addon"),
    "helm_release.addons_extras_podinfo_4687FACF",
  ]);
});

test("a chart's service account has its own role, and a bucket", () => {
  const tf = built({
    extra_charts: [
      {
        ...PODINFO,
        service_account: "app",
        bucket: { expire_days: 3 },
        permissions: [
          {
            sid: "Read",
            actions: ["sqs:ReceiveMessage"],
            resources: ["arn:aws:sqs:eu-west-1:111111111111:${aws:PrincipalTag/team}"],
            condition: { StringEquals: { "aws:PrincipalTag/team": ["${aws:username}"] } },
          },
        ],
      },
    ],
  });

  const role = tf.only("aws_iam_role");
  expect(role["name"]).toBe("reference-eks-example-com-extra-podinfo");
  expect(tf.only("aws_eks_pod_identity_association")).toMatchObject({ namespace: "podinfo", service_account: "app" });
  expect(tf.only("helm_release")["depends_on"]).toContain(tf.addresses("terraform_data")[0]);
  expect(JSON.stringify(tf.only("terraform_data"))).toContain(tf.addresses("aws_eks_pod_identity_association")[0]);
  expect(jsonOf(tf.only("aws_iam_role_policy")["policy"]).Statement[0]).toEqual({
    Sid: "Read",
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage"],
    Resource: ["arn:aws:sqs:eu-west-1:111111111111:$${aws:PrincipalTag/team}"],
    Condition: { StringEquals: { "aws:PrincipalTag/team": ["$${aws:username}"] } },
  });
  expect(jsonOf(tf.only("aws_iam_role_policy")["policy"]).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
    "Read",
    "ListTheBucket",
    "KeepObjects",
    "UseTheKeyOfTheBucket",
  ]);
  expect(tf.only("aws_s3_bucket")["bucket"]).toBe("reference-eks-example-com-podinfo-111111111111");
});

test("manifests are a release of the local chart, without a change", () => {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { text: "{{ x }} ${y}" } };
  const tf = built({
    extra_charts: [PODINFO],
    extra_manifests: [{ name: "settings", namespace: "default", manifests: [manifest], after: ["podinfo"] }],
  });
  const { chart, values, ...release } = tf.only("helm_release", "settings");

  expect(release).toEqual({
    name: "settings",
    namespace: "default",
    wait: true,
    atomic: true,
    cleanup_on_fail: true,
    timeout: 600,
    max_history: 5,
    depends_on: [...tf.addresses("aws_eks_addon"), "helm_release.addons_extras_podinfo_4687FACF"],
  });
  expect(chart).toMatch(/^\.\/assets\/addons_manifests_chart_/);
  expect(jsonOf((values as string[])[0])).toEqual({
    manifests: [{ ...manifest, data: { text: "{{ x }} $${y}" } }],
  });
});

test("objects are created after their namespace and kind, in any order of the file", () => {
  const object = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
    apiVersion,
    kind,
    metadata: { name },
    ...rest,
  });
  const crd = { spec: { group: "example.com", names: { kind: "Widget" } } };
  const tf = built({
    extra_manifests: [
      { name: "widgets", namespace: "team", manifests: [object("example.com/v1", "Widget", "a")] },
      {
        name: "kinds",
        namespace: "default",
        manifests: [object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "w", crd)],
      },
      { name: "space", namespace: "default", manifests: [object("v1", "Namespace", "team")] },
    ],
  });
  const of = (name: string) => tf.addresses("helm_release").find((address) => address.includes(`extras_${name}_`));

  expect(tf.only("helm_release", "widgets")["depends_on"]).toEqual([
    ...tf.addresses("aws_eks_addon"),
    of("kinds"),
    of("space"),
  ]);
  expect(tf.only("helm_release", "kinds")["depends_on"]).toEqual(tf.addresses("aws_eks_addon"));
});
