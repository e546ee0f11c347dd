import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Annotations, Aspects } from "cdktf";
import { defineHook } from "cluster-fleet/contracts";

/** The cost centre of each team, as the finance department numbers them. */
const COST_CENTRES: Readonly<Record<string, string>> = { platform: "4711", search: "4712" };

export default defineHook({
  summary: "Tags everything with its cost centre, and refuses buckets that can be deleted with their objects",
  apply(stack, { cluster: { meta } }) {
    Aspects.of(stack).add({
      visit(node) {
        if (node instanceof AwsProvider) {
          const costCentre = COST_CENTRES[meta.OWNER];
          if (costCentre === undefined) Annotations.of(node).addError(`no cost centre is known for ${meta.OWNER}`);
          node.addOverride("default_tags.0.tags.CostCentre", costCentre);
        }
        if (node instanceof S3Bucket && meta.TIER === "production" && node.forceDestroyInput === true)
          Annotations.of(node).addError("a production bucket must not be deleted with its objects");
      },
    });
  },
});
