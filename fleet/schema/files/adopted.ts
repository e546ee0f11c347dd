import { z } from "zod";
import { text } from "../../../language/words/text";

/** Address of a resource in the root module, such as `aws_vpc.network_39EEAA36`. */
const address = text(/^[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*$/, "the address of a resource", "aws_vpc.network_39EEAA36");

const adoptedResource = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(2048)
    .optional()
    .describe("Id by which Terraform imports the resource. Remove it when the import is applied."),
  keep: z
    .array(text(/^[a-z][a-z0-9_]*$/, "an attribute of the resource", "name"))
    .optional()
    .describe(
      "Attributes that stay as they are, because changing them would replace the resource. Must stay as long as the cluster exists.",
    ),
});

const ofStack = (stack: string) =>
  z.record(address, adoptedResource).optional().describe(`Resources of the stack ${stack}, by their addresses.`);

/** `definitions/adopted/<CLUSTER_NAME>.yaml` */
export const adopted = z.strictObject({
  networking: ofStack("networking"),
  "eks-cluster": ofStack("eks-cluster"),
  "eks-workers": ofStack("eks-workers"),
  addons: ofStack("addons"),
});
