import { awsLoadBalancerController } from "../../../addons/traffic/aws-load-balancer-controller";
import {
  contextOf,
  LEVELS,
  manifestsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  valuesOf,
} from "../support/context";

test.each([
  [{ waf: false, shield: false }, []],
  [{ waf: true, shield: false }, ["SetWebAcls", "UseWebAcls"]],
  [{ waf: false, shield: true }, ["ReadShield", "Protect"]],
])("with %p it may %p too", (features, more) => {
  const plain = permissionsOf(awsLoadBalancerController).map(({ sid }) => sid);

  expect(permissionsOf(awsLoadBalancerController, contextOf(), features).map(({ sid }) => sid)).toEqual([
    ...plain,
    ...more,
  ]);
});

test("has the values that it cannot read from the instance metadata service, and handles no Service by default", () => {
  expect(
    valuesOf(awsLoadBalancerController, contextOf(), { default_scheme: "internet-facing", waf: true, shield: true }),
  ).toEqual({
    clusterName: "demo",
    region: "eu-west-1",
    vpcId: "vpc-1",
    serviceAccount: { name: "aws-load-balancer-controller" },
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/instance": "aws-load-balancer-controller" } },
      },
    ],
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true,
    defaultTargetType: "ip",
    defaultLoadBalancerScheme: "internet-facing",
    enableShield: true,
    enableWaf: false,
    enableWafv2: true,
    serviceMonitor: { enabled: false },
  });
});

test("has the replicas of the service level, and is scraped if Prometheus is installed", () => {
  const alone = contextOf({ service_level: LEVELS.one });

  expect(valuesOf(awsLoadBalancerController, alone)["replicaCount"]).toBe(1);
  expect(valuesOf(awsLoadBalancerController, monitoredContext)["serviceMonitor"]).toEqual({ enabled: false });
  expect(manifestsOf(awsLoadBalancerController, monitoredContext).slice(2)).toMatchObject([
    { kind: "PodMonitor", spec: { podMetricsEndpoints: [{ port: "metrics-server" }] } },
  ]);
  expect(JSON.stringify(manifestsOf(awsLoadBalancerController))).not.toContain("PodMonitor");
});

describe("Services of type LoadBalancer without a class", () => {
  const guard = (services_without_class: "refuse" | "warn" | "allow") =>
    manifestsOf(awsLoadBalancerController, contextOf(), { services_without_class });

  test("are refused by default, with a message that names what to set", () => {
    const [policy, binding] = guard("refuse");

    expect(optionsOf(awsLoadBalancerController).services_without_class).toBe("refuse");
    expect(policy).toMatchObject({ kind: "ValidatingAdmissionPolicy", metadata: { name: "load-balancer-class" } });
    expect(JSON.stringify(policy)).toContain("Set spec.loadBalancerClass: service.k8s.aws/nlb");
    expect(binding).toMatchObject({
      kind: "ValidatingAdmissionPolicyBinding",
      spec: { policyName: "load-balancer-class", validationActions: ["Deny"] },
    });
  });

  test("are reported as a warning, or accepted, if the definition sets this", () => {
    expect(guard("warn")[1]).toMatchObject({ spec: { validationActions: ["Warn"] } });
    expect(guard("allow")).toEqual([]);
  });

  test("are accepted if they exist already, or if their annotation selects the controller", () => {
    const [{ expression }] = (guard("refuse")[0] as unknown as { spec: { validations: [{ expression: string }] } }).spec
      .validations;

    expect(expression).toBe(
      'object.spec.type != "LoadBalancer" || (oldObject != null && oldObject.spec.type == "LoadBalancer") || has(object.spec.loadBalancerClass) || (has(object.metadata.annotations) && "service.beta.kubernetes.io/aws-load-balancer-type" in object.metadata.annotations && object.metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-type"] in ["external", "nlb-ip"])',
    );
  });
});
