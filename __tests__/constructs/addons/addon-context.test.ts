import { addonContext } from "../../../constructs/addons/addon-context";
import { planAddons } from "../../../fleet/plan/addons-plan";
import { clusterOf, eks, workerOf } from "../../support/cluster";

test("contains the facts of the cluster and its network", () => {
  const workers = [workerOf({ name: "general" }), workerOf({ name: "fixed", autoscaling: false })];
  const cluster = clusterOf({
    cluster: { kubernetes_version: "1.34", service_ipv4_cidr: "172.16.0.0/20" },
    workers,
    addons: { sla: "critical", headlamp: { enabled: true }, coredns: { enabled: false } },
  });

  expect(
    addonContext(planAddons(cluster), {
      network: { vpc_id: "vpc-9" },
      eks: { ...eks, service_ipv4_cidr: "172.16.0.0/20" },
    }),
  ).toEqual({
    cluster_name: "reference-eks-example-com",
    region: "eu-west-1",
    partition: "aws",
    account_id: "111111111111",
    tier: "production",
    vpc_id: "vpc-9",
    kubernetes_version: "1.34",
    images: {},
    runbooks_url: "https://github.com/example/cluster-fleet/blob/main/docs/runbooks.md",
    k8s_base_domain: null,
    hosted_zone_id: null,
    hosted_zone_role_arn: null,
    alb_class: "alb",
    cluster_dns_ip: "172.16.0.10",
    service_level: { name: "critical", ...cluster.service_level },
    autoscaled_workers: ["general"],
    enabled: expect.objectContaining({ headlamp: true, coredns: false }),
    operating_systems: ["AL2023"],
    ipv6_pods: false,
    private_network: false,
    published: {},
    kube_proxy_mode: null,
    refuses_privileged: [],
    on_fargate: [],
    dns_on_fargate: false,
    pods_in_own_subnets: false,
    system_namespaces: ["headlamp", "kube-node-lease", "kube-public", "kube-system"],
    teleport_secret: null,
    volumes: true,
    auto_mode_only: false,
    gpu_pools: [],
    karpenter_node_role_arn: "arn:aws:iam::111111111111:role/reference-eks-example-com-karpenter-node",
    interruption_queues: {
      karpenter: {
        reader: "karpenter",
        name: "reference-eks-example-com-karpenter",
        arn: "arn:aws:sqs:eu-west-1:111111111111:reference-eks-example-com-karpenter",
        url: "https://sqs.eu-west-1.amazonaws.com/111111111111/reference-eks-example-com-karpenter",
      },
      "node-termination-handler": expect.objectContaining({
        name: "reference-eks-example-com-node-termination-handler",
      }),
    },
  });
});

test("the DNS address of an IPv6 cluster is in the range that EKS assigned", () => {
  const sources = {
    network: { vpc_id: "vpc-9" },
    eks: { ...eks, service_ipv6_cidr: "${data.x.outputs.service_ipv6_cidr}" },
  };

  const plan = planAddons(clusterOf({ networking: { ip_family: "ipv6" } }));

  expect(addonContext(plan, sources).cluster_dns_ip).toBe("${cidrhost(data.x.outputs.service_ipv6_cidr, 10)}");
});
