import { AMI_TYPES } from "../../../../aws/ami";
import { acceleratorOf, architectureOf } from "../../../../aws/instance-types";
import type { GroupTranslation } from "./group-translation";
import { typesOf } from "./instances";
import { kubeletSettings } from "./kubelet-settings";

type Family = "AL2023" | "BOTTLEROCKET" | "WINDOWS";

/** Families of eksctl: the operating system here, and the variant. Others have no image here. */
const FAMILIES: Readonly<Record<string, readonly [Family, string]>> = {
  AmazonLinux2023: ["AL2023", ""],
  Bottlerocket: ["BOTTLEROCKET", ""],
  BottlerocketFips: ["BOTTLEROCKET", "FIPS"],
  WindowsServer2019CoreContainer: ["WINDOWS", "CORE_2019"],
  WindowsServer2019FullContainer: ["WINDOWS", "FULL_2019"],
  WindowsServer2022CoreContainer: ["WINDOWS", "CORE_2022"],
  WindowsServer2022FullContainer: ["WINDOWS", "FULL_2022"],
  WindowsServer2025CoreContainer: ["WINDOWS", "CORE_2025"],
  WindowsServer2025FullContainer: ["WINDOWS", "FULL_2025"],
};

const DEFAULT_FAMILY = "AmazonLinux2023";

/** Translates the image of a group, and what runs on it before its nodes join. */
export function translateImage(translation: GroupTranslation): void {
  const { group, item, note } = translation;
  const written = group.at("amiFamily");
  const name = String(written.peek() ?? DEFAULT_FAMILY);
  const known = FAMILIES[name];
  const [family, variant] = known ?? ["AL2023", ""];
  if (known === undefined) {
    written.leave(`this program has no images of ${name}: its nodes run Amazon Linux 2023`);
    note(`A group runs ${name}, which this program does not support. Test its pods on Amazon Linux 2023 first.`);
  } else written.text();
  const ami = group.at("ami");
  if (typeof ami.peek() === "string" && String(ami.peek()).startsWith("ami-") && known !== undefined) {
    item.set("ami_type", "CUSTOM");
    item.set("ami_family", family);
    item.set("ami_id", ami.text());
  } else {
    if (["auto", "auto-ssm"].includes(String(ami.peek()))) ami.skip("the release names the image");
    else ami.leave(known === undefined ? `is built from ${name}` : "an id such as ami-0123456789abcdef0 is required");
    const [first = ""] = typesOf(group);
    const type = amiType(family, variant, first);
    item.set("ami_type", type === "AL2023_x86_64_STANDARD" ? undefined : type);
  }
  group.at("releaseVersion").leave("the release names the version of the image");
  const runtime = group.at("containerRuntime");
  if (runtime.peek() === "containerd") runtime.skip("always containerd");
  else runtime.leave("nodes always run containerd");
  bootstrap(translation, family);
  kubelet(translation, family);
}

function amiType(family: Family, variant: string, instanceType: string): string {
  const architecture = architectureOf(instanceType) === "arm64" ? "ARM_64" : "x86_64";
  const accelerator = acceleratorOf(instanceType);
  if (family === "WINDOWS") return `WINDOWS_${variant}_x86_64`;
  const plain = family === "AL2023" ? `AL2023_${architecture}_STANDARD` : `BOTTLEROCKET_${architecture}`;
  const special =
    accelerator === "none"
      ? variant === ""
        ? plain
        : `${plain}_${variant}`
      : `${family}_${architecture}_${accelerator.toUpperCase()}`;
  return (AMI_TYPES as readonly string[]).includes(special) ? special : plain;
}

function bootstrap({ group, item }: GroupTranslation, family: Family): void {
  const commands = group.at("preBootstrapCommands");
  if (family === "BOTTLEROCKET") commands.leave("Bottlerocket has no shell");
  else {
    const lines = commands.texts();
    item.set("pre_bootstrap_script", lines === undefined ? undefined : `${lines.join("\n")}\n`);
  }
  group
    .at("overrideBootstrapCommand")
    .leave("nodes join by nodeadm here: use the keys of the group, node_config or pre_bootstrap_script");
  const bottlerocket = group.at("bottlerocket");
  if (family !== "BOTTLEROCKET") {
    bottlerocket.leave("the image of the group is not Bottlerocket");
    return;
  }
  const settings = bottlerocket.at("settings").value() as Record<string, unknown> | undefined;
  const admin = bottlerocket.at("enableAdminContainer").flag();
  const hasSsh = group.at("ssh", "allow").peek() === true;
  const enabled = admin ?? (hasSsh ? true : undefined);
  const own = {
    ...settings,
    ...(enabled !== undefined && { "host-containers": { ...containers(settings), admin: { enabled } } }),
  };
  item.set("bottlerocket_settings", Object.keys(own).length === 0 ? undefined : own);
}

function containers(settings: Readonly<Record<string, unknown>> | undefined): object {
  const found = settings?.["host-containers"];
  return typeof found === "object" && found !== null ? found : {};
}

function kubelet({ group, item }: GroupTranslation, family: Family): void {
  item.set("kubelet.max_pods", group.at("maxPodsPerNode").number());
  const dns = group.at("clusterDNS").text();
  item.set("kubelet.cluster_dns", dns === undefined ? undefined : [dns]);
  const extra = group.at("kubeletExtraConfig");
  if (family !== "AL2023") {
    extra.leave("use the keys of kubelet that the operating system supports");
    return;
  }
  for (const [key, value] of Object.entries(kubeletSettings(extra))) item.set(`kubelet.${key}`, value);
}
