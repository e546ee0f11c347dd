import type { Config } from "../config";
import type { GroupTranslation } from "./group-translation";

const DEFAULT_TYPE = "m5.large";

/** Returns the instance types of a group, as eksctl completes them. */
export function typesOf(group: Config): readonly string[] {
  const single = group.at("instanceType").peek();
  const lists = [group.at("instanceTypes").peek(), group.at("instancesDistribution", "instanceTypes").peek()];
  const list = lists.find((each): each is string[] => Array.isArray(each) && each.length > 0);
  if (list !== undefined) return list;
  return typeof single === "string" && single !== "mixed" ? [single] : [DEFAULT_TYPE];
}

/** Translates instance types, and how instances are bought. */
export function translateInstances(translation: GroupTranslation): void {
  const { group, item } = translation;
  const selector = group.at("instanceSelector");
  const selects = selector.entries().length > 0;
  const written = ["instanceType", "instanceTypes"].some((key) => group.at(key).isSet);
  const template = group.at("launchTemplate");
  const mixed = group.at("instancesDistribution");
  const single = group.at("instanceType");
  if (single.peek() === "mixed") single.skip("instancesDistribution names the types");
  else single.text();
  group.at("instanceTypes").value();
  if (selects && !written && !mixed.isSet) instanceSelector(translation);
  else {
    selector.skip("the types are listed");
    const types = typesOf(group);
    const isDefault = !written && !mixed.isSet;
    const key = types.length === 1 ? "instance_type" : "instance_types";
    item.set(key, types.length === 1 ? types[0] : types, isDefault ? "eksctl's default" : undefined);
  }
  launchTemplate(template, translation);
  if (mixed.isSet) distribution(mixed, translation);
  if (group.at("spot").flag() === true) item.set("capacity_type", "SPOT");
  const market = group.at("instanceMarketOptions", "marketType");
  const kind = { "capacity-block": "CAPACITY_BLOCK", spot: "SPOT" }[String(market.peek())];
  if (kind === undefined) market.leave("must be capacity-block or spot");
  else {
    market.text();
    item.set("capacity_type", kind);
  }
}

function distribution(config: Config, { item }: GroupTranslation): void {
  config.at("instanceTypes").value();
  const spot = 100 - (config.at("onDemandPercentageAboveBaseCapacity").number() ?? 100);
  if (spot > 0) item.set("capacity_type", "SPOT");
  item.set("spot_price", config.at("maxPrice").number());
  item.set("on_demand_base_capacity", config.at("onDemandBaseCapacity").number());
  item.set("on_demand_percentage_above_base_capacity", 100 - spot);
  const strategy = config.at("spotAllocationStrategy").text();
  item.set(
    "spot_allocation_strategy",
    strategy ?? "lowest-price",
    strategy === undefined ? "Auto Scaling's default" : undefined,
  );
  const pools = config.at("spotInstancePools");
  if ((strategy ?? "lowest-price") === "lowest-price") item.set("spot_instance_pools", pools.number());
  else pools.skip(`${strategy} uses no number of pools`);
  const rebalances = config.at("capacityRebalance");
  if (rebalances.peek() === true) rebalances.leave("install aws_node_termination_handler, which drains nodes in time");
  else rebalances.skip("is off");
}

function instanceSelector({ group, item, managed, note }: GroupTranslation): void {
  const selector = group.at("instanceSelector");
  if (managed) {
    selector.leave("list the types that eksctl found in instance_types: aws eks describe-nodegroup");
    item.set("instance_type", DEFAULT_TYPE, "eksctl selected the types when it created the group");
    note("A managed group has an instanceSelector. List the types that eksctl found in instance_types.");
    return;
  }
  const exactly = (value: number): object => ({ min: value, max: value });
  const vcpus = selector.at("vCPUs").number();
  const memory = memoryMib(selector.at("memory").text());
  const gpus = selector.at("gpus").number();
  const architecture = selector.at("cpuArchitecture");
  architecture.skip("the image decides about the architecture");
  for (const key of ["allow", "deny"])
    selector.at(key).leave("is a regular expression: use allowed_instance_types or excluded_instance_types");
  selector.at("neuron_devices").leave("use accelerator_count and accelerator_manufacturers");
  item.set("instance_requirements", {
    vcpu_count: vcpus === undefined ? { min: 0 } : exactly(vcpus),
    memory_mib: memory === undefined ? { min: 0 } : exactly(memory),
    ...(gpus !== undefined && { accelerator_count: gpus === 0 ? { max: 0 } : exactly(gpus) }),
    burstable_performance: "included",
  });
}

function memoryMib(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([GM]i?B?)?$/i.exec(text ?? "") ?? [];
  if (amount === undefined) return undefined;
  return Math.round(Number(amount) * (/^m/i.test(unit ?? "") ? 1 : 1024));
}

function launchTemplate(config: Config, { item, note }: GroupTranslation): void {
  if (!config.isSet) return;
  const version = config.at("version").text();
  const id = config.at("id").text();
  if (version !== undefined && /^\d+$/.test(version)) {
    item.set("launch_template", { id, version: Number(version) });
    return;
  }
  config.at("version").leave("a number is required, because a name such as $Latest moves");
  item.set("launch_template", { id }, "add the version that is used");
  note("A group has a launch template without the number of its version. Set launch_template.version.");
}
