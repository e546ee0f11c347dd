import type { Tfvars } from "../../../fleet/model/cluster";
import { endpointServiceName, gatewayEndpoints, interfaceEndpoints } from "../../../fleet/network/endpoints";
import { clusterOf, type Part } from "../../support/cluster";

const BARE = {
  addons: {
    aws_ebs_csi_driver: { enabled: false },
    aws_load_balancer_controller: { enabled: false },
    cluster_autoscaler: { enabled: false },
  },
  cluster: { enabled_cluster_log_types: [] },
} as const;

const NODES = ["ec2", "ec2messages", "ecr.api", "ecr.dkr", "eks", "eks-auth", "ssm", "ssmmessages", "sts"];

/** Returns the endpoints of a private network beyond those of every private network, and those that it lacks. */
function besidesNodes(tfvars: Part<Tfvars>): readonly string[] {
  const { networking, addons, cluster, common } = tfvars as Record<string, object>;
  const merged = clusterOf({
    common: { ...common },
    networking: { private: true, ...networking },
    cluster: { ...BARE.cluster, ...cluster },
    addons: { ...BARE.addons, ...addons },
  } as Part<Tfvars>);
  const services: readonly string[] = interfaceEndpoints(merged.tfvars);
  return [
    ...services.filter((service) => !NODES.includes(service)),
    ...NODES.filter((service) => !services.includes(service)).map((service) => `no ${service}`),
  ];
}

describe("endpoints of a private network", () => {
  test.each<[string, Part<Tfvars>, readonly string[]]>([
    ["nothing runs but nodes", {}, []],
    ["the control plane writes logs", { cluster: { enabled_cluster_log_types: ["audit"] } }, ["logs"]],
    ["nodes come and go", { addons: { cluster_autoscaler: { enabled: true } } }, ["autoscaling"]],
    [
      "there are load balancers",
      { addons: { aws_load_balancer_controller: { enabled: true } } },
      ["elasticloadbalancing"],
    ],
    [
      "there are load balancers with web ACLs",
      { addons: { aws_load_balancer_controller: { enabled: true, options: { waf: true } } } },
      ["elasticloadbalancing", "wafv2"],
    ],
    [
      "workloads call more, some of it twice",
      { networking: { interface_endpoints: ["sqs", "ec2", "kms"] } },
      ["kms", "sqs"],
    ],
    ["the region has only the newer way to agents", { common: { aws_region: "mx-central-1" } }, ["no ec2messages"]],
  ])("if %s", (_, tfvars, services) => {
    expect(besidesNodes(tfvars)).toEqual(services);
  });

  test("are not added to a network that is not private, which has only the listed ones", () => {
    const { tfvars } = clusterOf({ networking: { interface_endpoints: ["sts", "ecr.api"] } });

    expect(interfaceEndpoints(tfvars)).toEqual(["ecr.api", "sts"]);
  });

  test("include S3, which has the image layers", () => {
    const of = (isPrivate: boolean, named: readonly ("s3" | "dynamodb")[]) =>
      gatewayEndpoints(
        clusterOf({ networking: { private: isPrivate, gateway_endpoints: [...named] } }).tfvars.networking,
      );

    expect(of(true, ["dynamodb"])).toEqual(["dynamodb", "s3"]);
    expect(of(true, ["s3"])).toEqual(["s3"]);
    expect(of(false, [])).toEqual([]);
  });
});

describe("names of endpoint services", () => {
  test.each([
    ["ecr.api", "eu-west-1", "com.amazonaws.eu-west-1.ecr.api"],
    ["ecr.api", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.api"],
    ["ecr.api", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api"],
    ["logs", "cn-north-1", "com.amazonaws.cn-north-1.logs"],
    ["s3", "cn-northwest-1", "com.amazonaws.cn-northwest-1.s3"],
  ] as const)("%s in %s", (service, region, name) => {
    expect(endpointServiceName(service, region)).toBe(name);
  });
});
