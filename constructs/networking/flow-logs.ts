import { FlowLog, type FlowLogConfig } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { given } from "../../language/given";
import { leaveBucketBehind } from "../storage/private-bucket";
import { flowLogBucket } from "./flow-log-bucket";
import { type FlowLogGroupProps, flowLogGroup } from "./flow-log-group";

export interface FlowLogsProps extends FlowLogGroupProps {
  readonly vpcId: string;
}

/** Records of the connections in the VPC. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { log_format, max_aggregation_interval, traffic_type } = props.settings;
    new FlowLog(this, "Resource", {
      vpcId: props.vpcId,
      trafficType: traffic_type,
      ...this.destination(props),
      ...given({
        maxAggregationInterval: max_aggregation_interval,
        // AWS's placeholders look like Terraform's: with a second dollar sign, Terraform does not evaluate them.
        logFormat: log_format?.map((field) => `$\${${field}}`).join(" "),
      }),
      tags: { Name: props.owner.slug },
    });
  }

  private destination(props: FlowLogsProps): Partial<FlowLogConfig> {
    const { destination } = props.settings;
    switch (destination) {
      case "cloudwatch":
        leaveBucketBehind(this, "bucket");
        return flowLogGroup(this, props);
      case "s3":
        return flowLogBucket(this, props);
      default:
        return destination satisfies never;
    }
  }
}
