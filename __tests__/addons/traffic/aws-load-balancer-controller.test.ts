import { awsLoadBalancerController } from "../../../addons/traffic/aws-load-balancer-controller";
import { contextOf, LEVELS, monitoredContext, permissionsOf, valuesOf } from "../support/context";

const groups = ["arn:aws:ec2:eu-west-1:111111111111:security-group/*"];
const elb = "arn:aws:elasticloadbalancing:eu-west-1:111111111111";
const balancers = [`${elb}:loadbalancer/app/*/*`, `${elb}:loadbalancer/net/*/*`, `${elb}:targetgroup/*/*`];
const all = [
  ...balancers,
  `${elb}:listener/app/*`,
  `${elb}:listener/net/*`,
  `${elb}:listener-rule/app/*`,
  `${elb}:listener-rule/net/*`,
];
const tagged = { "aws:RequestTag/elbv2.k8s.aws/cluster": "demo" };
const ours = { "aws:ResourceTag/elbv2.k8s.aws/cluster": "demo" };
const retag = { StringEquals: ours, Null: { "aws:RequestTag/elbv2.k8s.aws/cluster": "true" } };

test("makes and changes what carries its cluster's name", () => {
  const [read, ...writes] = permissionsOf(awsLoadBalancerController);

  expect(read).toEqual({ sid: "Read", actions: expect.any(Array), resources: ["*"] });
  expect(read?.actions.filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  expect(read?.actions).toHaveLength(34);
  expect(
    writes.map((statement) => (statement.sid === "ManageOurs" ? { ...statement, actions: [] } : statement)),
  ).toEqual([
    {
      sid: "FirstLoadBalancerOfTheAccount",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: ["arn:aws:iam::111111111111:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
      condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    {
      sid: "LetTrafficReachNodes",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      resources: groups,
      condition: { StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/demo": "owned" } },
    },
    {
      sid: "CreateGroupsInTheVpc",
      actions: ["ec2:CreateSecurityGroup"],
      resources: ["arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1"],
    },
    {
      sid: "CreateGroups",
      actions: ["ec2:CreateSecurityGroup"],
      resources: groups,
      condition: { StringEquals: tagged },
    },
    {
      sid: "TagGroupsItCreates",
      actions: ["ec2:CreateTags"],
      resources: groups,
      condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...tagged } },
    },
    { sid: "RetagOurGroups", actions: ["ec2:CreateTags", "ec2:DeleteTags"], resources: groups, condition: retag },
    {
      sid: "ManageOurGroups",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"],
      resources: groups,
      condition: { StringEquals: ours },
    },
    {
      sid: "Create",
      actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      resources: balancers,
      condition: { StringEquals: tagged },
    },
    {
      sid: "TagWhatItCreates",
      actions: ["elasticloadbalancing:AddTags"],
      resources: all,
      condition: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": [
            "CreateListener",
            "CreateLoadBalancer",
            "CreateRule",
            "CreateTargetGroup",
          ],
          ...tagged,
        },
      },
    },
    {
      sid: "RetagOurs",
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: all,
      condition: retag,
    },
    { sid: "ManageOurs", actions: [], resources: all, condition: { StringEquals: ours } },
  ]);
});

test("manages load balancers by these actions and no other", () => {
  const manage = permissionsOf(awsLoadBalancerController).find(({ sid }) => sid === "ManageOurs");

  expect(manage?.actions.map((action) => action.replace("elasticloadbalancing:", "")).join(" ")).toBe(
    "AddListenerCertificates CreateListener CreateRule DeleteListener DeleteLoadBalancer DeleteRule DeleteTargetGroup " +
      "DeregisterTargets ModifyCapacityReservation ModifyIpPools ModifyListener ModifyListenerAttributes " +
      "ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup ModifyTargetGroupAttributes RegisterTargets " +
      "RemoveListenerCertificates SetIpAddressType SetRulePriorities SetSecurityGroups SetSubnets SetWebAcl",
  );
});

test.each([
  [{ waf: false, shield: false }, []],
  [{ waf: true, shield: false }, ["UseWebAcls"]],
  [{ waf: false, shield: true }, ["ReadShield", "Protect"]],
])("with %p it may also %p", (features, more) => {
  const plain = permissionsOf(awsLoadBalancerController).map(({ sid }) => sid);

  expect(permissionsOf(awsLoadBalancerController, contextOf(), features).map(({ sid }) => sid)).toEqual([
    ...plain,
    ...more,
  ]);
});

test("a web ACL is put on application load balancers of the account and region", () => {
  const statement = permissionsOf(awsLoadBalancerController, contextOf(), { waf: true }).find(
    ({ sid }) => sid === "UseWebAcls",
  );

  expect(statement).toEqual({
    sid: "UseWebAcls",
    actions: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"],
    resources: ["arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/*/*", `${elb}:loadbalancer/app/*/*`],
  });
});

test("is told what it cannot ask the instance metadata service, and claims no Service", () => {
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

test("replicas follow the service level; metrics follow Prometheus", () => {
  const alone = contextOf({ service_level: LEVELS.one });

  expect(valuesOf(awsLoadBalancerController, alone)["replicaCount"]).toBe(1);
  expect(valuesOf(awsLoadBalancerController, monitoredContext)["serviceMonitor"]).toEqual({ enabled: true });
});
