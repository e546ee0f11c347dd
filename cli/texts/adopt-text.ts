import type { AdoptReport } from "../../operations/import/adopt/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

/** Returns the summary of an adoption, without the files and their problems. */
export function adoptText(report: AdoptReport, terminal: Terminal): string {
  const { cluster, creates, files, imports, left, network, notes, owners, problems, traps, updates, written } = report;
  const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
  const changes = (list: AdoptReport["creates"]) =>
    bullets(list.map(({ address, stack, what }) => `${stack}: ${address} ${what}`));
  const count = (stack: string) => imports.filter((each) => each.stack === stack).length;
  const stacks = [...new Set(imports.map(({ stack }) => stack))].map((stack) => [stack, count(stack)]);
  const tagged = updates.filter(({ what }) => what === TAGS).length;
  const described = updates.filter(isDescription).length;
  const others = updates.filter((each) => each.what !== TAGS && !isDescription(each));
  const parts = [
    written
      ? Object.keys(files)
          .map((file) => `wrote ${file}`)
          .join("\n")
      : "nothing was written",
    section("Would replace resources, which is refused", traps.length, changes(traps)),
    section("Imports", imports.length, table(["stack", { title: "resources", align: "right" }], stacks, terminal)),
    section("The VPC is used as an existing one, and not imported", network.reasons.length, bullets(network.reasons)),
    section("Creates", creates.length, changes(creates)),
    section("Changes in place", others.length, changes(others)),
    described === 0 ? "" : `Rules of security groups get other descriptions: ${described}`,
    tagged === 0 ? "" : `Resources get the tags of the definition: ${tagged}`,
    section("Not imported", left.length, bullets(left)),
    section("Owners", owners.length, bullets(owners)),
    section("To decide", notes.length, bullets(notes)),
    ...(written
      ? [next(cluster)]
      : problems.length > 0
        ? ["Fix the errors of the layers, and run the command again."]
        : []),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

const TAGS = "gets the tags of the definition";

const isDescription = ({ address, what }: AdoptReport["updates"][number]): boolean =>
  address.startsWith("aws_vpc_security_group_") && what.startsWith("description changes");

function section(title: string, count: number, text: string): string {
  return count === 0 ? "" : `${title}: ${count}\n${text}`;
}

function next(cluster: string): string {
  return `Next (docs/operations/adopt-a-cluster.md):
  npx fleet validate               the definition, among the others
  npx fleet plan ${cluster}         what Terraform imports and changes; nothing may be replaced or destroyed
  then a pull request, and one stack after the other`;
}
