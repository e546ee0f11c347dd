import { field, items, textOf } from "../../plans/json";
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
    const found = [
      ...settings(change),
      ...routes(guarded, change),
      ...inlineRoutes(change),
      ...associations(guarded, change),
    ];
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

/** Tables whose routes are inside of them. */
const TABLES = ["aws_route_table", "aws_default_route_table"];

/** True if a route leads to the internet by a gateway. */
function leadsOut(route: unknown): boolean {
  const ranges = ["destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block", "ipv6_cidr_block"];
  return (
    (textOf(field(route, "gateway_id")) ?? "").startsWith("igw-") &&
    ranges.some((key) => isInternet(textOf(field(route, key)) ?? ""))
  );
}

/** Returns the tables of the plan that lead to the internet, before it or after it. */
function publicTables({ plan }: GuardedPlan): ReadonlySet<string> {
  const tables = plan.changes.flatMap((change) =>
    [change.before, change.after].flatMap((side) => {
      if (change.type === "aws_route") return leadsOut(side) ? [textOf(field(side, "route_table_id"))] : [];
      const isPublic = TABLES.includes(change.type) && items(field(side, "route")).some(leadsOut);
      return isPublic ? [textOf(field(side, "id"))] : [];
    }),
  );
  return new Set(tables.flatMap((id) => id ?? []));
}

/** Returns the change of a subnet, or of a whole VPC, to a table that leads to the internet. */
function associations(guarded: GuardedPlan, change: ResourceChange): string[] {
  if (!/^aws_(?:main_)?route_table_association$/.test(change.type)) return [];
  const [earlier, later] = [change.before, change.after].map((side) => textOf(field(side, "route_table_id")));
  if (earlier === undefined || later === undefined || earlier === later) return [];
  const tables = publicTables(guarded);
  if (!tables.has(later) || tables.has(earlier)) return [];
  const what = ["subnet_id", "gateway_id", "vpc_id"].map((key) => textOf(field(change.before, key))).find(Boolean);
  return [`connects ${what ?? "a subnet"} with the table ${later}, which leads to the internet`];
}

/** Returns routes to an internet gateway inside of a table that had none. */
function inlineRoutes({ before: earlier, after: later, type }: ResourceChange): string[] {
  const table = textOf(field(earlier, "id"));
  if (!TABLES.includes(type) || table === undefined) return [];
  const isPublic = (side: unknown): boolean => items(field(side, "route")).some(leadsOut);
  return isPublic(later) && !isPublic(earlier)
    ? [`opens the subnets of ${table} to the internet by a route to the gateway`]
    : [];
}

/** Returns routes to an internet gateway, because such a route makes every subnet of its table public. */
function routes({ plan }: GuardedPlan, change: ResourceChange): string[] {
  if (change.type !== "aws_route" || (!change.actions.includes("create") && !change.actions.includes("update")))
    return [];
  const table = textOf(field(change.after, "route_table_id"));
  // A table that is created by the same plan has no id yet.
  if (table === undefined || !leadsOut(change.after) || leadsOut(change.before)) return [];
  // A route that moves to another address of the state was there before.
  const others = plan.changes.filter((each) => each !== change && field(each.before, "route_table_id") === table);
  return others.some((each) => leadsOut(each.before))
    ? []
    : [`opens the subnets of ${table} to the internet by a route to the gateway`];
}
