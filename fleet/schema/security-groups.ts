import { z } from "zod";
import { resourceId, securityGroupId } from "../../language/words/aws-ids";
import { itemName } from "../../language/words/names";
import { ipv4Block, ipv6Block } from "../../language/words/network";
import { text } from "../../language/words/text";

const port = z.int().min(0).max(65535);

/** EC2's names, and IANA's numbers, 0 to 255, of protocols without a name: EC2 returns the name if there is one. */
const protocol = text(
  /^(?:tcp|udp|icmp|icmpv6|all|(?!(?:1|6|17|58)$)(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))$/,
  'tcp, udp, icmp, icmpv6, all, or the number of another protocol in quotes, such as "50"',
);

const rule = z.strictObject({
  name: itemName(40).describe("Name of the rule; it is part of a state address."),
  direction: z
    .enum(["ingress", "egress"])
    .describe("ingress: traffic that the group allows in. egress: traffic that it allows out."),
  protocol: protocol.describe(
    'Protocol: tcp, udp, icmp, icmpv6, or the number of another in quotes, such as "50"; all is every protocol and port.',
  ),
  from_port: port.optional().describe("First port of tcp or udp."),
  to_port: port.optional().describe("Last port of tcp or udp. Default: from_port."),
  cidr: ipv4Block().optional().describe("The other side: an IPv4 range."),
  ipv6_cidr: ipv6Block.optional().describe("The other side: an IPv6 range, where ip_family has IPv6."),
  security_group_id: securityGroupId.optional().describe("The other side: a security group."),
  prefix_list_id: resourceId("pl", "a prefix list").optional().describe("The other side: a managed prefix list."),
  peer: z.enum(["control_plane", "nodes"]).optional().describe("The other side: the cluster's own group of that name."),
});

const rules = z
  .array(rule)
  .describe(
    "Further rules of the created group. The other side is one of cidr, ipv6_cidr, security_group_id, prefix_list_id and peer.",
  );

export const securityGroups = z
  .strictObject({
    control_plane: z
      .strictObject({
        additional_ids: z
          .array(securityGroupId)
          .max(4)
          .describe(
            "Further existing security groups of the control plane's interfaces, at most 4, because an interface supports 5. They must not have the tag kubernetes.io/cluster/<name>: load balancer controllers require exactly one group with it.",
          ),
        rules,
      })
      .describe("The control plane's group."),
    nodes: z
      .strictObject({ rules })
      .describe("The group of all nodes. Existing groups are set in worker_defaults.additional_security_group_ids."),
  })
  .describe("Additions to the security groups. Ports that Kubernetes and the addons require are always open.");
