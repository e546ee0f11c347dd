import { capacityReport, sizeReport } from "../../../../operations/capacity/report";
import { elementsOf, readXml } from "../../../support/drawings/xml";
import { runFleet } from "../../../support/run-fleet";
import type { Run } from "../../../support/run-program";

const TODAY = ["--today", "2026-11-30"];
const capacity = (...args: string[]): Promise<Run> => runFleet(["capacity", ...args, ...TODAY]);

test("capacity prints the fullest subnets first, and the first that runs out at the end", async () => {
  const { code, stderr, stdout } = await capacity("staging.*", "karpenter.*", "--growth", "10%");

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([
    "karpenter.dev.example.com",
    "tier     subnet          zone          needs  full    pods  pools  runs out",
    "                                     at most          that     at",
    "                                                       fit  least",
    "intra    10.68.192.0/24  eu-            6 of   2 %  0 of 0      0  never",
    "                         central-1a      251",
    "intra    10.68.193.0/24  eu-            6 of   2 %  0 of 0      0  never",
    "                         central-1b      251",
    "private  10.68.0.0/20    eu-           80 of   2 %   58 of  1,302  2027-11-12",
    "                         central-1a    4,091            58",
    "private  10.68.16.0/20   eu-           80 of   2 %   58 of    342  2028-11-25",
    "                         central-1b    4,091            58",
    "",
    "staging.dev.example.com",
    "tier     subnet          zone           needs at  full  pods that  runs out",
    "                                            most              fit",
    "intra    10.64.192.0/24  eu-west-1a     6 of 251   2 %     0 of 0  never",
    "intra    10.64.193.0/24  eu-west-1b     6 of 251   2 %     0 of 0  never",
    "intra    10.64.194.0/24  eu-west-1c     6 of 251   2 %     0 of 0  never",
    "private  10.64.0.0/20    eu-west-1a  80 of 4,091   2 %   58 of 58  2030-05-10",
    "private  10.64.16.0/20   eu-west-1b  80 of 4,091   2 %   58 of 58  2030-05-10",
    "private  10.64.32.0/20   eu-west-1c  80 of 4,091   2 %   58 of 58  2030-05-10",
    "",
    "With 10 % per month, private 10.68.0.0/20 in eu-central-1a of karpenter.dev.example.com runs out of addresses first, on 2027-11-12.",
    "",
  ]);
});

test("capacity without growth has no forecast, and marks an existing VPC", async () => {
  const { stdout } = await capacity("shared.*");

  expect(stdout).toBe(
    "shared.eks.example.com\nno subnets to count: the sizes of an existing VPC's subnets are not in the definition\n",
  );
});

test("capacity reports that no subnet runs out", async () => {
  const { stdout } = await capacity("shared.*", "--growth", "1/year");

  expect(stdout.split("\n").at(-2)).toBe("With 1 pod per year, no subnet runs out of addresses within 100 years.");
});

test("the answers are JSON that fits their schemas", async () => {
  const full: unknown = JSON.parse((await capacity("--growth", "5", "--json")).stdout);
  const sizes: unknown = JSON.parse((await runFleet(["size", "--json"])).stdout);

  expect(capacityReport.parse(full)).toEqual(full);
  expect(sizeReport.parse(sizes)).toEqual(sizes);
});

test("capacity draws a bar for each subnet", async () => {
  const { code, stdout } = await capacity("staging.*", "--svg");

  expect(code).toBe(0);
  expect(elementsOf(readXml(stdout), "text").map(({ textContent }) => textContent)).toContain(
    "private 10.64.16.0/20 eu-west-1b",
  );
});

test("size prints what each addon requests", async () => {
  const { stdout } = await runFleet(["size", "render.*"]);

  expect(stdout.split("\n")).toEqual([
    "render.eks.example.com, 5 nodes",
    "addon         pods   CPU   memory  volumes",
    "external_dns     1  0.02  0.1 GiB    0 GiB",
    "all              1  0.02  0.1 GiB    0 GiB",
    "Not counted, because their charts set the requests:",
    "  aws_ebs_csi_driver",
    "  aws_load_balancer_controller",
    "  aws_node_termination_handler",
    "  cluster_autoscaler",
    "  coredns",
    "  eks_node_monitoring_agent",
    "  metrics_server",
    "  nvidia_device_plugin",
    "",
  ]);
});

test.each([
  [
    "--growth ten",
    '--growth must be 10% (per month), 20 (pods per week), or either with /week, /month or /year, such as 50%/year, but is "ten"',
  ],
  ["--svg --json", "--svg and --json cannot be combined. Remove one of them"],
  ["--out bars.svg", "--out requires --svg"],
])("%s is refused", async (line, message) => {
  expect(await capacity(...line.split(" "))).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
});
