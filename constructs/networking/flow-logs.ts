import { FlowLog, type FlowLogConfig } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { flowLogBucket } from "./flow-log-bucket";
import { flowLogGroup } from "./flow-log-group";

/** Who talked to whom in the VPC. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { cluster, vpcId }: { readonly cluster: Cluster; readonly vpcId: string }) {
    super(scope, id);
    const { log_format, max_aggregation_interval, traffic_type } = cluster.tfvars.networking.flow_logs;
    new FlowLog(this, "Resource", {
      vpcId,
      trafficType: traffic_type,
      ...this.destination(cluster),
      ...(max_aggregation_interval === null ? {} : { maxAggregationInterval: max_aggregation_interval }),
      // AWS's own placeholders look like Terraform's: the second dollar keeps Terraform from reading them.
      ...(log_format === null ? {} : { logFormat: log_format.map((field) => `$\${${field}}`).join(" ") }),
      tags: { Name: cluster.slug },
    });
  }

  private destination(cluster: Cluster): Partial<FlowLogConfig> {
    const { destination } = cluster.tfvars.networking.flow_logs;
    switch (destination) {
      case "cloudwatch":
        return flowLogGroup(this, cluster);
      case "s3":
        return flowLogBucket(this, cluster);
      default: {
        const unknown: never = destination;
        throw new TypeError(`flow logs cannot go to "${unknown}"`);
      }
    }
  }
}
