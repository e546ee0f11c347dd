import type { PipelineSettings } from "../../fleet/model/cluster";
import { TERRAFORM, TOFU } from "./pins";
import { INSTALL } from "./read-command";

export type Binary = NonNullable<PipelineSettings["terraform_binary_name"]>;

/** Returns the program that runs the stacks, as `TERRAFORM_BINARY_NAME` names it. */
export function binaryOf({ terraform_binary_name: name = "terraform" }: PipelineSettings): Binary {
  return name;
}

/** Returns the variable that names OpenTofu; nothing for Terraform, which every command runs by default. */
export function binaryVariable(settings: PipelineSettings): Readonly<Record<string, string>> {
  return binaryOf(settings) === "tofu" ? { TERRAFORM_BINARY_NAME: "tofu" } : {};
}

/** Returns the lines of a script that install a program of pinned version and checksum into a folder. */
export function binaryLines(binary: Binary, folder: string): readonly string[] {
  const { sha256, version } = binary === "tofu" ? TOFU : TERRAFORM;
  const archive = `${binary}_${version}_linux_amd64.zip`;
  const place =
    binary === "tofu"
      ? `https://github.com/opentofu/opentofu/releases/download/v${version}`
      : `https://releases.hashicorp.com/terraform/${version}`;
  return [
    `curl -fsSLO ${place}/${archive}`,
    `echo "${sha256.linux_amd64}  ${archive}" | sha256sum -c -`,
    `unzip -qo ${archive} ${binary} -d ${folder}`,
    `rm ${archive}`,
  ];
}

/** Returns the lines of a script that install what jobs need, in images that have Node, curl and unzip. */
export function setUpLines(binary: Binary = "terraform"): readonly string[] {
  return [...binaryLines(binary, "/usr/local/bin"), INSTALL];
}

/** Returns the lines that a generated script has, whichever program it installs. */
export function setUpLinesIn(text: string): readonly string[] {
  return setUpLines(text.includes(`/tofu_${TOFU.version}_`) ? "tofu" : "terraform");
}
