import { z } from "zod";
import { AWS_SERVICES } from "../../../aws/aws-services";
import { organizationId } from "../../../language/words/aws-ids";
import { oneOfMany } from "../../../language/words/text";

/** VPC endpoints, which reach AWS's services without the internet. */
export const endpoints = {
  private: z
    .boolean()
    .describe(
      "A network without internet gateway and public subnets. It gets an endpoint for each AWS service that the nodes, the logs and the enabled addons call. Requires nat_gateways: none and no public API endpoint. For an existing VPC it states that no route leads to the internet: the owner creates the endpoints unless add_endpoints is set, and settings that require the internet are refused.",
    ),
  gateway_endpoints: z
    .array(z.enum(["s3", "dynamodb"]))
    .describe(
      "Services that are reached by gateway endpoints, which cost nothing and reduce NAT traffic. A private network always has s3.",
    ),
  interface_endpoints: z
    .array(oneOfMany(AWS_SERVICES, "an AWS service as its interface endpoint names it"))
    .describe(
      "Further services that are reached by interface endpoints, with one interface in each zone's intra subnet. AWS charges each by the hour and by the gigabyte. A private network has the endpoints that it requires automatically.",
    ),
  endpoint_policy: z
    .enum(["none", "account", "organization"])
    .nullable()
    .describe(
      "Principals that may use the endpoints. account: of this AWS account. organization: of organization_id. none: all. null uses account for a private network and none for others.",
    ),
  organization_id: organizationId
    .nullable()
    .describe("The AWS organization of endpoint_policy: organization; null for none."),
};
