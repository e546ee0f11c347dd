import { mostAdapters } from "../../../../aws/efa";
import type { Config } from "../config";
import type { GroupTranslation } from "./group-translation";
import { typesOf } from "./instances";

/** Translates where instances run: subnets and zones, reservations, placement groups. */
export function translatePlacement(translation: GroupTranslation): void {
  const { group, item } = translation;
  if (group.at("privateNetworking").flag() !== true) {
    item.set("subnet_tier", "public", "eksctl's default");
    item.set("associate_public_ip_address", true);
  }
  zones(translation);
  group.at("outpostARN").leave("nodes on Outposts are not supported");
  item.set("instance_name", instanceName(group));
  const placement = group.at("placement");
  const name = placement.at("groupName").text();
  item.set("placement_group", name === undefined ? undefined : { existing_name: name });
  placement.at("spreadLevel").leave("belongs to the placement group, which exists");
  efa(translation, name);
  item.set("capacity_reservation", reservation(group.at("capacityReservation")));
  item.set("cpu_credits", group.at("cpuCredits").text());
  item.set("enclave_enabled", group.at("enclaveEnabled").flag());
}

function zones({ config, group, item }: GroupTranslation): void {
  const local = group.at("localZones").texts();
  const named = group.at("availabilityZones").texts();
  const subnets = group.at("subnets");
  const known = (subnets.peek() as readonly string[] | undefined)?.map((subnet) => zoneOf(config, subnet));
  const found = known?.every((zone) => zone !== undefined) ? known : undefined;
  if (found === undefined) subnets.leave("the zone of each subnet is required: set availability_zones of the group");
  else subnets.value();
  const list = local ?? named ?? found;
  item.set("availability_zones", list === undefined || list.length === 0 ? undefined : [...new Set(list)]);
}

/** Returns the zone of a subnet that the file names by its zone, its alias or its id. */
function zoneOf(config: Config, subnet: string): string | undefined {
  if (/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(subnet)) return subnet;
  const tiers = ["private", "public"].flatMap((tier) => config.at("vpc", "subnets", tier).entries());
  for (const [alias, each] of tiers) {
    const { az, id } = each.peek() as { readonly az?: string; readonly id?: string };
    if (alias === subnet || id === subnet)
      return az ?? (/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(alias) ? alias : undefined);
  }
  return undefined;
}

/** eksctl puts `-Node` behind the names of its instances. */
function instanceName(group: Config): string | undefined {
  const name = group.at("instanceName").text();
  const prefix = group.at("instancePrefix").text();
  if (name === undefined && prefix === undefined) return undefined;
  return [prefix, name ?? String(group.at("name").peek())].filter((part) => part !== undefined).join("-");
}

function efa({ group, item }: GroupTranslation, placement: string | undefined): void {
  const enabled = group.at("efaEnabled");
  if (enabled.peek() !== true) {
    enabled.skip("is off");
    return;
  }
  const counts = typesOf(group).map(mostAdapters);
  const least = Math.min(...counts.map((count) => count ?? 0));
  if (least < 1) {
    enabled.leave("the number of adapters of the instance type is not known here: set efa_interface_count");
    return;
  }
  enabled.value();
  item.set("efa_interface_count", least);
  if (placement === undefined) item.set("placement_group", { strategy: "cluster" }, "eksctl creates one for EFA");
}

function reservation(config: Config): object | undefined {
  const id = config.at("capacityReservationTarget", "capacityReservationID").text();
  const group = config.at("capacityReservationTarget", "capacityReservationResourceGroupARN").text();
  const preference = config.at("capacityReservationPreference").text();
  if (id !== undefined) return { id };
  if (group !== undefined) return { resource_group_arn: group };
  return preference === undefined ? undefined : { preference };
}
