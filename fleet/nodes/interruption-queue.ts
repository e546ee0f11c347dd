import type { InterruptionQueue, QueueReader } from "../../addons/contract/addon-context";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { serviceDomain } from "../../aws/partitions";

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
