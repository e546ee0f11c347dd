import { TERRAFORM } from "./pins";
import { INSTALL } from "./read-command";

/** Returns the lines of a script that install what jobs need, in images that have Node, curl and unzip. */
export function setUpLines(): readonly string[] {
  const { sha256, version } = TERRAFORM;
  const archive = `terraform_${version}_linux_amd64.zip`;
  return [
    `curl -fsSLO https://releases.hashicorp.com/terraform/${version}/${archive}`,
    `echo "${sha256.linux_amd64}  ${archive}" | sha256sum -c -`,
    `unzip -qo ${archive} -d /usr/local/bin`,
    INSTALL,
  ];
}
