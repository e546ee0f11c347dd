import { Network } from "../../../constructs/networking/network";
import type { NetworkRef } from "../../../constructs/networking/network-ref";
import type { Networking } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthNetwork(networking: Part<Networking> = {}, deletion_protection = false) {
  const cluster = clusterOf({ networking, cluster: { deletion_protection } });
  return synth((scope) => new Network(scope, "network", networkProps(cluster)));
}

describe("Network", () => {
  test("enables DNS in its VPC", () => {
    expect(synthNetwork().only("aws_vpc")).toEqual({
      cidr_block: "10.0.0.0/16",
      instance_tenancy: "default",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "reference-eks-example-com" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("prevents the destruction of a protected cluster's VPC", () => {
    expect(synthNetwork({}, true).only("aws_vpc")["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("leaves the default security group without a rule", () => {
    expect(synthNetwork().only("aws_default_security_group")).toEqual({
      vpc_id: "${aws_vpc.network_39EEAA36.id}",
      tags: { Name: "reference-eks-example-com-default" },
    });
  });

  test("puts each gateway endpoint on every route table", () => {
    const tf = synthNetwork({ gateway_endpoints: ["s3", "dynamodb"] });
    const tables = tf.addresses("aws_route_table").map((address) => `\${${address}.id}`);

    for (const service of ["s3", "dynamodb"]) {
      const endpoint = tf.only("aws_vpc_endpoint", service);
      expect(endpoint).toEqual({
        vpc_id: "${aws_vpc.network_39EEAA36.id}",
        vpc_endpoint_type: "Gateway",
        service_name: `com.amazonaws.eu-west-1.${service}`,
        route_table_ids: expect.any(Array),
        tags: { Name: `reference-eks-example-com-${service}` },
      });
      expect([...(endpoint["route_table_ids"] as string[])].sort()).toEqual(tables);
    }
    expect(tf.addresses("aws_vpc_endpoint")).toHaveLength(2);
  });

  test("has no endpoint if the definition lists none", () => {
    expect(synthNetwork({ gateway_endpoints: [] }).addresses("aws_vpc_endpoint")).toEqual([]);
  });

  test("has no flow log, and none of its resources, if flow logs are off", () => {
    const tf = synthNetwork({ flow_logs: { enabled: false } });

    expect(tf.addresses("aws_flow_log")).toEqual([]);
    expect(tf.addresses("aws_cloudwatch_log_group")).toEqual([]);
    expect(tf.addresses("aws_iam_role")).toEqual([]);
  });

  test("another zone changes no address of another subnet", () => {
    const two = synthNetwork({ availability_zones: 2, nat_gateways: "per_zone" }).addresses();
    const three = synthNetwork({ availability_zones: 3, nat_gateways: "per_zone" }).addresses();

    expect(three).toEqual(expect.arrayContaining([...two]));
    expect(three.length).toBeGreaterThan(two.length);
  });

  test("outputs its subnets by tier and zone, in the order of the zones", () => {
    let ref: NetworkRef | undefined;
    synth((scope) => {
      ref = new Network(scope, "network", networkProps(clusterOf())).ref;
    });

    expect(ref?.zones).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    for (const tier of ["public", "private", "intra"] as const) {
      expect(Object.keys(ref?.subnet_ids[tier] ?? {})).toEqual(ref?.zones);
    }
    expect(ref?.route_table_ids.public).toHaveLength(1);
    expect(ref?.route_table_ids.private).toHaveLength(3);
    expect(ref?.route_table_ids.intra).toHaveLength(1);
  });
});
