import { boundedName, NAME_LIMITS } from "../../aws/names";
import { type Account, slugOf } from "../model/cluster";

/** What reads a queue of interruptions. It is part of the queue's name, which its reader is configured with. */
export type QueueReader = "karpenter" | "node-termination-handler";

/** What decides the name of a cluster's queue. */
export interface QueueOwner {
  readonly meta: { readonly CLUSTER_NAME: string };
  readonly tfvars: { readonly common: { readonly aws_region: string } };
  readonly account: Pick<Account, "id">;
  readonly partition: string;
}

/** The queue that a controller of a cluster reads, by names alone: the stack that makes it and the one that reads it agree. */
export function interruptionQueue({ meta, tfvars, account, partition }: QueueOwner, reader: QueueReader) {
  const name = boundedName(slugOf(meta.CLUSTER_NAME), reader, NAME_LIMITS.sqs_queue);
  const { aws_region } = tfvars.common;
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    name,
    arn: `arn:${partition}:sqs:${aws_region}:${account.id}:${name}`,
    url: `https://sqs.${aws_region}.${domain}/${account.id}/${name}`,
  };
}
