import { z } from "zod";
import { AWS_SERVICES } from "../../../aws/aws-services";
import { organizationId } from "../../../language/words/aws-ids";
import { oneOfMany } from "../../../language/words/text";

/** How the VPC reaches AWS's services without the internet. */
export const endpoints = {
  private: z
    .boolean()
    .describe(
      "A network with no internet gateway and no public subnets. It gets an endpoint of each AWS service that the nodes, the logs and the enabled addons call. Needs nat_gateways: none and no public API endpoint. Of an existing VPC it says that nothing leads to the internet: its owner makes the endpoints unless add_endpoints does, and what needs the internet is refused.",
    ),
  gateway_endpoints: z
    .array(z.enum(["s3", "dynamodb"]))
    .describe(
      "Services reached by gateway endpoints, which cost nothing and spare NAT traffic. A private network always has s3.",
    ),
  interface_endpoints: z
    .array(oneOfMany(AWS_SERVICES, "an AWS service as its interface endpoint names it"))
    .describe(
      "Further services reached by interface endpoints, one interface in each zone's intra subnet; AWS charges each by the hour and by the gigabyte. A private network has those it needs without being told.",
    ),
  endpoint_policy: z
    .enum(["none", "account", "organization"])
    .nullable()
    .describe(
      "Whose principals may use the endpoints: account for this AWS account's, organization for those of organization_id, none for anybody's. null gives account for a private network and none for others.",
    ),
  organization_id: organizationId
    .nullable()
    .describe("The AWS organization that endpoint_policy: organization lets in; null for none."),
};
