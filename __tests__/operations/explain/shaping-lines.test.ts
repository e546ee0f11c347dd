import { shapingLines } from "../../../operations/explain/shaping-lines";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const FILE = "clusters/platform/staging.dev.example.com.yaml";
const options = { directory: SAMPLE_FLEET, shipped: "definitions", select: "staging.dev.example.com", today: TODAY };

test("the lines that shape a resource are found, first those that the message is about", () => {
  const [group, vpc, addon, unknown] = shapingLines(options, [
    {
      stack: "eks-workers",
      address: "aws_eks_node_group.workers_general_CE6D1FA2",
      message:
        "InvalidParameterException: minimum capacity 4 cannot be greater. Instance type m6i.large is not supported. general-1a2b",
    },
    { stack: "networking", address: "aws_vpc.network_39EEAA36", message: "VpcLimitExceeded" },
    {
      stack: "addons",
      address: "aws_eks_addon.addons_coredns_63ED9C2D",
      message: "v1.14.3-eksbuild.11 is not supported.",
    },
    { stack: "addons", address: "aws_eks_addon.gone", message: "" },
  ]);
  const shown = (lines: typeof group): string[] => (lines ?? []).map(({ path, place }) => `${place.file} ${path}`);

  expect(shown(group)[0]).toBe(`${SAMPLE_FLEET}/${FILE} tfvars.workers[general].instance_type`);
  expect(shown(group)).toContain(`${SAMPLE_FLEET}/${FILE} tfvars.workers[general].name`);
  expect(shown(vpc)).toEqual([`${SAMPLE_FLEET}/${FILE} tfvars.networking.vpc_cidr`]);
  expect(shown(addon)[0]).toMatch(/^definitions\/releases\/\S+\.yaml release\./);
  expect(unknown).toEqual([]);
});

test("of a resource whose attributes are named, only the lines that shape one of them are found, and none if a release does", () => {
  const address = "aws_eks_node_group.workers_general_CE6D1FA2";
  const linesFor = (attribute: string): string[] => {
    const [lines] = shapingLines(options, [{ stack: "eks-workers", address, message: "", attributes: [attribute] }]);
    return (lines ?? []).map(({ path, place }) => `${place.file} ${path}`);
  };

  expect(linesFor("scaling_config.max_size")).toEqual([`${SAMPLE_FLEET}/${FILE} tfvars.workers[general].max_size`]);
  expect(linesFor("version")).toEqual([]);
});
