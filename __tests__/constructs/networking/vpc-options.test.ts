import { DhcpOptions } from "../../../constructs/networking/dhcp-options";
import { PublicAccessExclusions } from "../../../constructs/networking/public-access-exclusions";
import type { Networking } from "../../../fleet/model/cluster";
import { clusterOf, network, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { synth } from "../../support/synth";

describe("DhcpOptions", () => {
  const dhcp = (dhcp_options: Part<Networking["dhcp_options"]>, aws_region = "eu-west-1") => {
    const { owner, settings } = networkProps(clusterOf({ common: { aws_region }, networking: { dhcp_options } }));
    const props = { owner, vpcId: "vpc-1", options: settings.dhcp_options };
    return synth((scope) => new DhcpOptions(scope, "dhcp", props));
  };

  test("are planned only if the definition sets one", () => {
    const planned = (dhcp_options: Part<Networking["dhcp_options"]>) =>
      networkProps(clusterOf({ networking: { dhcp_options } })).plan.setsDhcpOptions;

    expect(planned({})).toBe(false);
    expect(planned({ ntp_servers: ["10.9.0.3"] })).toBe(true);
  });

  test("keep AWS's DNS by default", () => {
    const tf = dhcp({ domain_name: "in.example.com" });

    expect(tf.only("aws_vpc_dhcp_options")).toEqual({
      domain_name: "in.example.com",
      domain_name_servers: ["AmazonProvidedDNS"],
      tags: { Name: "reference-eks-example-com" },
    });
    expect(tf.only("aws_vpc_dhcp_options_association")).toEqual({
      vpc_id: "vpc-1",
      dhcp_options_id: `\${${tf.addresses("aws_vpc_dhcp_options")[0]}.id}`,
    });
  });

  test.each([
    ["us-east-1", "ec2.internal"],
    ["eu-west-1", "eu-west-1.compute.internal"],
  ])("keep AWS's domain of %s by default", (aws_region, domain) => {
    const tf = dhcp({ ntp_servers: ["10.9.0.3"] }, aws_region);

    expect(tf.only("aws_vpc_dhcp_options")["domain_name"]).toBe(domain);
  });

  test("have every option of the definition", () => {
    const said = dhcp({
      domain_name_servers: ["10.9.0.2", "AmazonProvidedDNS"],
      ntp_servers: ["10.9.0.3"],
      netbios_name_servers: ["10.9.0.4"],
      netbios_node_type: 2,
    });

    expect(said.only("aws_vpc_dhcp_options")).toEqual({
      domain_name: "eu-west-1.compute.internal",
      domain_name_servers: ["10.9.0.2", "AmazonProvidedDNS"],
      ntp_servers: ["10.9.0.3"],
      netbios_name_servers: ["10.9.0.4"],
      netbios_node_type: "2",
      tags: { Name: "reference-eks-example-com" },
    });
  });
});

describe("PublicAccessExclusions", () => {
  const exclusions = (given: Part<Networking["public_access_block_exclusions"]>) => {
    const { owner, settings } = networkProps(clusterOf({ networking: { public_access_block_exclusions: given } }));
    const props = { slug: owner.slug, network, exclusions: settings.public_access_block_exclusions };
    return synth((scope) => new PublicAccessExclusions(scope, "exclusions", props));
  };

  test("are none by default", () => {
    expect(exclusions({}).addresses()).toEqual([]);
  });

  test("can be of the VPC", () => {
    expect(exclusions({ vpc: "allow-egress" }).only("aws_vpc_block_public_access_exclusion")).toEqual({
      vpc_id: "vpc-1",
      internet_gateway_exclusion_mode: "allow-egress",
      tags: { Name: "reference-eks-example-com" },
    });
  });

  test("can be of each subnet of a tier", () => {
    const tf = exclusions({ public: "allow-bidirectional" });

    expect(
      Object.values(tf.all("aws_vpc_block_public_access_exclusion")).map((each) => [
        each["subnet_id"],
        each["internet_gateway_exclusion_mode"],
      ]),
    ).toEqual([
      ["subnet-public-a", "allow-bidirectional"],
      ["subnet-public-b", "allow-bidirectional"],
      ["subnet-public-c", "allow-bidirectional"],
    ]);
  });
});
