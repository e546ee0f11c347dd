import { field, textOf } from "../../plans/json";
import { type ResourceChange, removes } from "../../plans/plan";
import { after, before } from "../../plans/values";
import { nameOf } from "../facts/irreplaceable";
import { isInternet } from "../facts/ranges";
import type { GuardedPlan, Match, Matcher } from "./rule";

interface Exposure {
  readonly types: readonly string[];
  readonly path: readonly (string | number)[];
  /** Value that exposes. The provider has some booleans as text. */
  readonly exposed: boolean;
  readonly opens: string;
}

/** Settings that give something an address that the internet can reach. */
const EXPOSURES: readonly Exposure[] = [
  {
    types: ["aws_subnet"],
    path: ["map_public_ip_on_launch"],
    exposed: true,
    opens: "gives each new machine in the subnet a public address",
  },
  {
    types: ["aws_launch_template"],
    path: ["network_interfaces", 0, "associate_public_ip_address"],
    exposed: true,
    opens: "gives each new node a public address",
  },
  {
    types: ["aws_lb", "aws_alb"],
    path: ["internal"],
    exposed: false,
    opens: "opens the load balancer to the internet",
  },
  {
    types: ["aws_db_instance", "aws_rds_cluster_instance"],
    path: ["publicly_accessible"],
    exposed: true,
    opens: "gives the database a public address",
  },
];

const BY_TYPE: ReadonlyMap<string, Exposure> = new Map(
  EXPOSURES.flatMap((exposure) => exposure.types.map((type) => [type, exposure] as const)),
);

/** Finds resources that become reachable from the internet without a rule of a security group: by a public address, or by a route. */
export const exposes: Matcher = (guarded) =>
  guarded.plan.changes.flatMap((change): Match[] => {
    if (!change.managed || removes(change)) return [];
    const found = [...settings(change), ...routes(guarded, change)];
    if (found.length === 0) return [];
    const name = change.before === null || change.before === undefined ? "" : `${nameOf(change)}: `;
    return [{ address: change.address, loses: `${name}${found.join("; ")}`, change: found }];
  });

function settings(change: ResourceChange): string[] {
  const exposure = BY_TYPE.get(change.type);
  if (exposure === undefined || change.before === null || change.before === undefined) return [];
  const [earlier, later] = [before(change, exposure.path), after(change, exposure.path)];
  const isExposed = (value: unknown): boolean => String(value ?? false) === String(exposure.exposed);
  return !isExposed(earlier.value) && (later.unknown || isExposed(later.value)) ? [exposure.opens] : [];
}

/** Returns routes to an internet gateway, because such a route makes every subnet of its table public. */
function routes({ plan }: GuardedPlan, change: ResourceChange): string[] {
  if (change.type !== "aws_route" || (!change.actions.includes("create") && !change.actions.includes("update")))
    return [];
  const isPublic = (side: unknown): boolean =>
    (textOf(field(side, "gateway_id")) ?? "").startsWith("igw-") &&
    ["destination_cidr_block", "destination_ipv6_cidr_block"].some((key) => isInternet(textOf(field(side, key)) ?? ""));
  const table = textOf(field(change.after, "route_table_id"));
  // A table that is created by the same plan has no id yet.
  if (table === undefined || !isPublic(change.after) || isPublic(change.before)) return [];
  // A route that moves to another address of the state was there before.
  const others = plan.changes.filter((each) => each !== change && field(each.before, "route_table_id") === table);
  return others.some((each) => isPublic(each.before))
    ? []
    : [`opens the subnets of ${table} to the internet by a route to the gateway`];
}
