import { boundedName, NAME_LIMITS } from "../../aws/names";
import { serviceDomain } from "../../aws/partitions";

/** The controller that reads a queue of interruptions. Its name is part of the queue's name. */
export type QueueReader = "karpenter" | "node-termination-handler";

/** A queue that announces the end of nodes. */
export interface InterruptionQueue {
  readonly reader: QueueReader;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}

/** Facts that decide the name of a cluster's queue. */
export interface QueueOwner {
  readonly slug: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * Returns the queue that a controller of a cluster reads. It follows from names alone: one stack creates the queue and another
 * configures the controller.
 */
export function interruptionQueue(
  { accountId, partition, region, slug }: QueueOwner,
  reader: QueueReader,
): InterruptionQueue {
  const name = boundedName(slug, reader, NAME_LIMITS.sqs_queue);
  return {
    reader,
    name,
    arn: `arn:${partition}:sqs:${region}:${accountId}:${name}`,
    url: `https://sqs.${region}.${serviceDomain(partition)}/${accountId}/${name}`,
  };
}
