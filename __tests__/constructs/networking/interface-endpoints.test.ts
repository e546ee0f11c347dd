import { endpointPolicyOf } from "../../../constructs/networking/endpoint-policy";
import { InterfaceEndpoints } from "../../../constructs/networking/interface-endpoints";
import { Network } from "../../../constructs/networking/network";
import type { Networking } from "../../../fleet/model/cluster";
import { clusterOf, network, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthEndpoints(networking: Part<Networking>, podRanges: Readonly<Record<string, string>> = {}) {
  const cluster = clusterOf({ networking: { ...networking, secondary_cidr_blocks: ["100.64.0.0/16"] } });
  const { owner, plan } = networkProps(cluster);
  return synth((scope) => new InterfaceEndpoints(scope, "endpoints", { owner, plan, network, podRanges }));
}

describe("interface endpoints", () => {
  test("are in the intra subnet of each zone, under the service's usual name", () => {
    const tf = synthEndpoints({ interface_endpoints: ["ecr.api"] });

    expect(tf.only("aws_vpc_endpoint")).toEqual({
      vpc_id: "vpc-1",
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-west-1.ecr.api",
      private_dns_enabled: true,
      subnet_ids: ["subnet-intra-a", "subnet-intra-b", "subnet-intra-c"],
      security_group_ids: [`\${${tf.addresses("aws_security_group")[0]}.id}`],
      tags: { Name: "reference-eks-example-com-ecr.api" },
    });
  });

  test("admit pods of subnets that are looked up, by their zones", () => {
    const tf = synthEndpoints({ interface_endpoints: ["sts"] }, { "eu-west-1a": "198.19.0.0/20" });

    expect(tf.only("aws_vpc_security_group_ingress_rule", "from-pods-eu-west-1a")["cidr_ipv4"]).toBe("198.19.0.0/20");
    expect(tf.addresses("aws_vpc_security_group_ingress_rule")).toHaveLength(3);
  });

  test("admit the VPC's ranges, on port 443 only", () => {
    const tf = synthEndpoints({ interface_endpoints: ["sts"] });

    expect(tf.only("aws_security_group")).toEqual({
      name: "reference-eks-example-com-endpoints",
      description: "Interface endpoints of AWS services",
      vpc_id: "vpc-1",
      tags: { Name: "reference-eks-example-com-endpoints" },
    });
    const rules = Object.values(tf.all("aws_vpc_security_group_ingress_rule"));
    expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
    for (const rule of rules) expect(rule).toMatchObject({ ip_protocol: "tcp", from_port: 443, to_port: 443 });
    expect(tf.addresses("aws_vpc_security_group_egress_rule")).toEqual([]);
  });

  test("create nothing if none is listed", () => {
    expect(synthEndpoints({}).addresses()).toEqual([]);
  });

  test("keep their addresses when another endpoint is added", () => {
    const one = synthEndpoints({ interface_endpoints: ["sts"] }).addresses();

    expect(synthEndpoints({ interface_endpoints: ["ec2", "sts"] }).addresses()).toEqual(
      expect.arrayContaining([...one]),
    );
  });
});

function statements(service: "s3" | "sts" | "ec2", networking: Part<Networking>, partition = "aws") {
  const { owner, plan } = networkProps(clusterOf({ networking }, { partition }));
  const policy = endpointPolicyOf(owner, plan.endpointCallers, service);
  return policy === undefined ? undefined : (JSON.parse(policy).Statement as readonly Record<string, unknown>[]);
}

describe("the policy of an endpoint", () => {
  const anybody = { Effect: "Allow", Principal: { AWS: "*" } };
  const own = {
    Sid: "OwnPrincipals",
    ...anybody,
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
  };

  test("admits the account's principals in a private network or if the key is set, and otherwise everybody", () => {
    expect(statements("ec2", { private: true })).toEqual([own]);
    expect(statements("ec2", { endpoint_policy: "account" })).toEqual([own]);
    expect(statements("ec2", {})).toBeUndefined();
    expect(statements("ec2", { private: true, endpoint_policy: "none" })).toBeUndefined();
  });

  test("admits the organization's principals if it is set", () => {
    expect(statements("ec2", { endpoint_policy: "organization", organization_id: "o-a1b2c3d4e5" })).toEqual([
      { ...own, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
    ]);
  });

  test("admits pods without a role at STS, for roles of the account", () => {
    expect(statements("sts", { private: true })).toEqual([
      own,
      {
        Sid: "WebIdentities",
        ...anybody,
        Action: "sts:AssumeRoleWithWebIdentity",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } },
      },
    ]);
  });

  test("admits nodes that read AWS's own buckets: image layers, packages, Systems Manager", () => {
    const [first, ofAws] = statements("s3", { private: true }, "aws-cn") ?? [];

    expect(first).toEqual(own);
    expect(ofAws).toEqual({
      Sid: "BucketsOfAws",
      ...anybody,
      Action: "s3:GetObject",
      Resource: [
        "prod-eu-west-1-starport-layer-bucket",
        "al2023-repos-eu-west-1-de612dc2",
        "amazon-ssm-eu-west-1",
        "amazon-ssm-packages-eu-west-1",
        "aws-ssm-eu-west-1",
        "aws-ssm-distributor-file-eu-west-1",
        "aws-ssm-document-attachments-eu-west-1",
        "aws-windows-downloads-eu-west-1",
        "patch-baseline-snapshot-eu-west-1",
        "eu-west-1-birdwatcher-prod",
      ].map((bucket) => `arn:aws-cn:s3:::${bucket}/*`),
    });
  });

  test("applies to gateway endpoints too", () => {
    const cluster = clusterOf({ networking: { endpoint_policy: "account", gateway_endpoints: ["s3", "dynamodb"] } });
    const props = networkProps(cluster);
    const tf = synth((scope) => new Network(scope, "network", props));

    for (const service of ["s3", "dynamodb"] as const) {
      expect(tf.only("aws_vpc_endpoint", service)["policy"]).toBe(
        endpointPolicyOf(props.owner, props.plan.endpointCallers, service),
      );
    }
  });
});
