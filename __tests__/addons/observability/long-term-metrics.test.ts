import type { Values } from "../../../addons/contract/addon";
import { kubePrometheusStack } from "../../../addons/observability/kube-prometheus-stack";
import { contextOf, findingsOf, optionsOf, permissionsOf, valuesOf } from "../support/context";

type Options = NonNullable<Parameters<typeof valuesOf<typeof kubePrometheusStack.options>>[2]>;

const WORKSPACE = "ws-01234567-89ab-cdef-0123-456789abcdef";
const prometheus = (given: Options, context = contextOf()): Values & { prometheusSpec: Values } =>
  valuesOf(kubePrometheusStack, context, given)["prometheus"] as Values & { prometheusSpec: Values };

const thanos = { enabled: true, bucket: null, expire_days: 400, query_url: null };

test("a sidecar uploads to the cluster's own bucket, with the role of Prometheus", () => {
  const { prometheusSpec, ...rest } = prometheus({ thanos });

  expect(rest).toMatchObject({
    serviceAccount: { name: "kube-prometheus-stack-prometheus" },
    thanosService: { enabled: true },
    thanosServiceMonitor: { enabled: true },
  });
  expect(prometheusSpec["thanos"]).toEqual({
    objectStorageConfig: {
      secret: {
        type: "S3",
        config: {
          bucket: "demo-kube-prometheus-stack-111111111111",
          endpoint: "s3.eu-west-1.amazonaws.com",
          region: "eu-west-1",
          aws_sdk_auth: true,
        },
      },
    },
    resources: { requests: { cpu: "20m", memory: "128Mi" } },
  });
  expect(kubePrometheusStack.service_account).toBe("kube-prometheus-stack-prometheus");
  expect(kubePrometheusStack.bucket?.(contextOf(), optionsOf(kubePrometheusStack, { thanos }))).toEqual({
    existing: null,
    expire_days: 400,
  });
});

test("a sidecar uploads to an existing bucket in any partition", () => {
  const bucket = { name: "metrics", kms_key_arn: null };
  const given = { thanos: { ...thanos, bucket } };
  const context = contextOf({ partition: "aws-cn", region: "cn-north-1" });

  expect(prometheus(given, context).prometheusSpec["thanos"]).toMatchObject({
    objectStorageConfig: { secret: { config: { bucket: "metrics", endpoint: "s3.cn-north-1.amazonaws.com.cn" } } },
  });
  expect(kubePrometheusStack.bucket?.(context, optionsOf(kubePrometheusStack, given))?.existing).toEqual(bucket);
});

test("without the option there is no bucket, no sidecar and no permission", () => {
  expect(kubePrometheusStack.bucket?.(contextOf(), optionsOf(kubePrometheusStack))).toBeUndefined();
  expect(permissionsOf(kubePrometheusStack)).toEqual([]);
  expect(prometheus({})).not.toHaveProperty("thanosService");
  expect(prometheus({}).prometheusSpec).not.toHaveProperty("thanos");
  expect(prometheus({}).prometheusSpec).not.toHaveProperty("remoteWrite");
});

test("metrics are sent to an AWS workspace and to other receivers, whose Secrets are named only", () => {
  const remote_write = [
    { name: "amp", amp_workspace_id: WORKSPACE },
    {
      name: "mimir",
      url: "https://mimir.example.com/api/v1/push",
      basic_auth: { username: { name: "mimir", key: "user" }, password: { name: "mimir", key: "password" } },
      headers: { "X-Scope-OrgID": "demo" },
      keep_metrics: "kube_.+",
      max_shards: 10,
      max_samples_per_send: 500,
      capacity: 2500,
    },
    { name: "token", url: "https://metrics.example.com", bearer_token: { name: "metrics", key: "token" } },
  ];

  expect(prometheus({ remote_write }).prometheusSpec["remoteWrite"]).toEqual([
    {
      name: "amp",
      url: `https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${WORKSPACE}/api/v1/remote_write`,
      sigv4: { region: "eu-west-1" },
    },
    {
      name: "mimir",
      url: "https://mimir.example.com/api/v1/push",
      basicAuth: { username: { name: "mimir", key: "user" }, password: { name: "mimir", key: "password" } },
      headers: { "X-Scope-OrgID": "demo" },
      writeRelabelConfigs: [{ sourceLabels: ["__name__"], regex: "kube_.+", action: "keep" }],
      queueConfig: { maxShards: 10, maxSamplesPerSend: 500, capacity: 2500 },
    },
    {
      name: "token",
      url: "https://metrics.example.com",
      authorization: { credentials: { name: "metrics", key: "token" } },
    },
  ]);
  expect(permissionsOf(kubePrometheusStack, contextOf(), { remote_write })).toEqual([
    {
      sid: "WriteToWorkspaces",
      actions: ["aps:RemoteWrite"],
      resources: [`arn:aws:aps:eu-west-1:111111111111:workspace/${WORKSPACE}`],
    },
  ]);
  expect(kubePrometheusStack.aws_services?.(optionsOf(kubePrometheusStack, { remote_write }))).toEqual([
    "aps-workspaces",
  ]);
});

test.each<[string, Options, string[]]>([
  [
    "settings of a sidecar that is not there",
    { thanos: { ...thanos, enabled: false, query_url: "http://thanos" } },
    ["options.thanos.query_url: has no effect because thanos.enabled is false. Remove it, or set thanos.enabled: true"],
  ],
  [
    "a target with two addresses, or none, and two ways to log in",
    {
      remote_write: [
        { name: "a", amp_region: "eu-west-1" },
        { name: "b", url: "https://b.example.com", amp_workspace_id: WORKSPACE, bearer_token: { name: "b", key: "b" } },
      ],
    },
    [
      "options.remote_write.0: a must have either url or amp_workspace_id",
      "options.remote_write.0.amp_region: has no effect because amp_workspace_id is not set. Remove it",
      "options.remote_write.1: b must have either url or amp_workspace_id",
      "options.remote_write.1: b has amp_workspace_id and bearer_token, but Prometheus supports one login. Remove one of them",
    ],
  ],
])("refuses %s", (_what, given, expected) => {
  expect(findingsOf(kubePrometheusStack, given)).toEqual(expected);
});
