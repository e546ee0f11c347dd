import { fluentBit } from "../../../addons/observability/fluent-bit";
import { contextOf, findingsOf, LEVELS, optionsOf, permissionsOf, valuesOf } from "../support/context";

type Given = NonNullable<Parameters<typeof valuesOf<typeof fluentBit.options>>[2]>;
const config = (given: Given = {}, context = contextOf()) =>
  valuesOf(fluentBit, context, given)["config"] as { inputs: string; filters: string; outputs: string };
const opensearch = { host: "logs.example.com", domain: "logs" };

test("reads the files of all pods, or of the listed namespaces only", () => {
  expect(config().inputs).toContain("    Path /var/log/containers/*.log\n");
  expect(config({ include_namespaces: ["a", "b"] }).inputs).toContain(
    "    Path /var/log/containers/*_a_*.log,/var/log/containers/*_b_*.log\n",
  );
  expect(config({ exclude_namespaces: ["a"] }).inputs).toContain("    Exclude_Path /var/log/containers/*_a_*.log\n");
  expect(config().inputs).not.toContain("Exclude_Path");
});

test.each<[string, Given, string[]]>([
  [
    "CloudWatch",
    {},
    ["Name cloudwatch_logs", "region eu-west-1", "log_group_name /aws/eks/demo/pods", "log_retention_days 30"],
  ],
  [
    "Loki",
    { destinations: ["loki"] },
    ["Name loki", "Host loki-gateway.loki.svc", "Port 80", "Labels job=fluent-bit, cluster=demo"],
  ],
  [
    "OpenSearch",
    { destinations: ["opensearch"], opensearch },
    ["Name opensearch", "Host logs.example.com", "Port 443", "AWS_Auth On", "Logstash_Prefix demo"],
  ],
  [
    "S3",
    { destinations: ["s3"] },
    ["Name s3", "bucket demo-fluent-bit-111111111111", "s3_key_format /demo/$TAG/%Y/%m/%d/%H-%M-%S-$UUID.gz"],
  ],
])("sends to %s", (_name, given, lines) => {
  const { outputs } = config(given);

  expect(outputs.split("\n").map((line) => line.trim())).toEqual(expect.arrayContaining(lines));
  expect(outputs.match(/\[OUTPUT\]/g)).toHaveLength(1);
  expect(outputs).not.toContain("${");
});

test.each([
  [LEVELS.one, null, 7],
  [LEVELS.three, null, 60],
  [LEVELS.three, 3653 as const, 3653],
])("accepts only numbers of days that CloudWatch supports", ({ ...service_level }, cloudwatch_retention_days, days) => {
  expect(config({ cloudwatch_retention_days }, contextOf({ service_level })).outputs).toContain(
    `log_retention_days ${days}\n`,
  );
});

test("may write only to its destinations: the cluster's own log group and the named domain", () => {
  expect(permissionsOf(fluentBit, contextOf(), { destinations: ["cloudwatch", "opensearch"], opensearch })).toEqual([
    {
      sid: "WriteLogs",
      actions: [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
        "logs:PutRetentionPolicy",
      ],
      resources: [
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/demo/pods",
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/demo/pods:*",
      ],
    },
    {
      sid: "WriteDocuments",
      actions: ["es:ESHttpPost", "es:ESHttpPut"],
      resources: ["arn:aws:es:eu-west-1:111111111111:domain/logs/*"],
    },
  ]);
  expect(permissionsOf(fluentBit, contextOf(), { destinations: ["loki"] })).toEqual([]);
  expect(fluentBit.bucket?.(contextOf(), optionsOf(fluentBit))).toBeUndefined();
  expect(fluentBit.bucket?.(contextOf(), optionsOf(fluentBit, { destinations: ["s3"] }))).toEqual({
    existing: null,
    expire_days: 30,
  });
});

test("runs on every node, with a pinned image", () => {
  expect(valuesOf(fluentBit)).toMatchObject({
    testFramework: { enabled: false },
    serviceAccount: { name: "fluent-bit" },
    daemonSetVolumes: [{ name: "varlog", hostPath: { path: "/var/log" } }],
    tolerations: [{ operator: "Exists" }],
    priorityClassName: "system-node-critical",
  });
});

test("sends the cluster's events from one pod, with the same role", () => {
  const [events] = fluentBit.further_charts ?? [];

  expect(events?.values(contextOf(), optionsOf(fluentBit))).toMatchObject({
    kind: "Deployment",
    replicaCount: 1,
    serviceAccount: { create: false, name: "fluent-bit" },
    rbac: { eventsAccess: true },
    config: {
      inputs: expect.stringContaining("Name kubernetes_events"),
      outputs: expect.stringContaining("Name cloudwatch_logs"),
    },
  });
});

test.each<[Given, string[]]>([
  [
    { destinations: ["loki", "opensearch"] },
    [
      "options.destinations: loki requires the addon loki. Set loki_enabled: true",
      "options.opensearch: is required, because destinations contains opensearch",
    ],
  ],
  [
    { destinations: ["s3"], opensearch, cloudwatch_retention_days: 7 },
    [
      "options.opensearch: has no effect because destinations does not contain opensearch. Remove it, or add opensearch",
      "options.cloudwatch_retention_days: has no effect because destinations does not contain cloudwatch. Remove it, or add cloudwatch",
    ],
  ],
  [
    { bucket: { name: "logs", kms_key_arn: null }, s3_retention_days: 1 },
    [
      "options.bucket: has no effect because destinations does not contain s3. Remove it, or add s3",
      "options.s3_retention_days: has no effect because destinations does not contain s3. Remove it, or add s3",
    ],
  ],
])("refuses %p", (given, expected) => {
  expect(findingsOf(fluentBit, given)).toEqual(expected);
});

test("answers the kubelet over IPv6 in an IPv6 cluster", () => {
  const ipv6 = { config: { service: expect.stringContaining("    HTTP_Listen ::\n    HTTP_Port 2020\n") } };
  const context = contextOf({ ipv6_pods: true });

  expect(valuesOf(fluentBit, context)).toMatchObject(ipv6);
  expect(fluentBit.further_charts?.[0]?.values(context, optionsOf(fluentBit))).toMatchObject(ipv6);
  expect(config()).toMatchObject({ service: expect.stringContaining("    HTTP_Listen 0.0.0.0\n") });
});

describe("lines that a destination does not accept yet", () => {
  const all = ["cloudwatch", "loki", "opensearch", "s3"] as const;

  test("are kept on the node, within a limit", () => {
    const { inputs, outputs, service } = valuesOf(fluentBit)["config"] as Record<string, string>;

    expect(service).toContain("    storage.path /var/log/fluent-bit/storage\n");
    expect(inputs).toContain("    storage.type filesystem\n");
    expect(inputs).not.toContain("Mem_Buf_Limit");
    expect(outputs).toContain("    storage.total_limit_size 2G\n");
  });

  test.each(all)("are sent to %s again until they arrive", (destination) => {
    const { outputs } = config({
      destinations: [destination],
      opensearch: destination === "opensearch" ? opensearch : null,
    });
    const retries = destination === "s3" ? "100" : "no_limits";

    expect(outputs).toContain(`    Retry_Limit ${retries}\n`);
  });

  test("are in a folder of the pod that sends events, which has none on the node", () => {
    const events = fluentBit.further_charts?.[0]?.values(contextOf(), optionsOf(fluentBit, { destinations: ["s3"] }));

    expect(JSON.stringify(events)).toContain("store_dir /tmp/fluent-bit-s3");
    expect(JSON.stringify(events)).not.toContain("/var/log");
  });
});
