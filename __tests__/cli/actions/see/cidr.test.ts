import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cidrReport } from "../../../../operations/cidr/report";
import { readXml } from "../../../support/drawings/xml";
import { runFleet } from "../../../support/run-fleet";
import { type Run, scratch } from "../../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const cidr = (args: readonly string[], selection?: string): Promise<Run> => runFleet(["cidr", ...args], { selection });

const ACME = [
  "acme",
  "",
  "pool           addresses     used       free  largest free",
  "10.128.0.0/10  4,194,304  132,096  4,062,208  10.160.0.0/11",
  "",
  "range            addresses  use       of",
  "10.128.0.0/16       65,536  cluster   shop.acme.example.net",
  "10.129.0.0/22        1,024  cluster   edge.acme.example.net",
];

test("cidr prints the account of the selected cluster, with the ranges of all its clusters", async () => {
  const { code, stderr, stdout } = await cidr(["edge.*"]);

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").slice(0, ACME.length)).toEqual(ACME);
  expect(stdout).not.toContain("sandbox");
  expect((await cidr([], "edge.acme.example.net")).stdout).toBe(stdout);
});

test("an address is searched in all clusters, whichever are selected", async () => {
  const found = {
    code: 0,
    stdout: [
      "10.64.16.9 is used by staging.dev.example.com.",
      "",
      "what    range          account  cluster                  where",
      "pool    10.64.0.0/10   sandbox",
      "VPC     10.64.0.0/16   sandbox  staging.dev.example.com",
      "subnet  10.64.16.0/20  sandbox  staging.dev.example.com  private eu-west-1b",
      "",
    ].join("\n"),
    stderr: "",
  };

  expect(await cidr(["10.64.16.9"])).toEqual(found);
  expect(await cidr(["--address", "10.64.16.9"], "edge.acme.example.net")).toEqual(found);
});

test.each([
  [
    "10.9.9.9",
    "No cluster uses 10.9.9.9. It is free in pool 10.0.0.0/10 of account production, in the free range 10.8.0.0/13.",
  ],
  ["8.8.8.8", "No cluster uses 8.8.8.8. No pool contains it."],
  [
    "2001:db8::1",
    "No cluster uses 2001:db8::1. No pool contains it. AWS chooses the IPv6 ranges of VPCs, so definitions do not contain them.",
  ],
  ["10.130.0.1", "10.130.0.1 is reserved in account acme for Acme's head office, over a VPN."],
  ["172.20.0.1", "No cluster uses 172.20.0.1. It is not an address of a VPC."],
  ["10.2.0.0/15", "Addresses of 10.2.0.0/15 are used by batch.eks.example.com, private.eks.example.com."],
])("%s: %s", async (address, sentence) => {
  const { code, stdout } = await cidr([address]);

  expect([code, stdout.split("\n")[0]]).toEqual([0, sentence]);
});

test("the next free ranges of a size are listed by account", async () => {
  expect((await cidr(["--free", "/16"])).stdout.split("\n")).toEqual([
    "account     free /16  next",
    "acme              61  10.131.0.0/16 10.132.0.0/16 10.133.0.0/16 10.134.0.0/16",
    "                      10.135.0.0/16",
    "production        55  10.8.0.0/16 10.9.0.0/16 10.10.0.0/16 10.11.0.0/16",
    "                      10.12.0.0/16",
    "sandbox           58  10.70.0.0/16 10.71.0.0/16 10.72.0.0/16 10.73.0.0/16",
    "                      10.74.0.0/16",
    "",
  ]);
});

test.each([[["shop.*"]], [["10.64.16.9"]], [["--free", "20"]]])(
  "%j has an answer as JSON that fits its schema",
  async (args) => {
    const answer: unknown = JSON.parse((await cidr([...args, "--json"])).stdout);

    expect(cidrReport.parse(answer)).toEqual(answer);
  },
);

test("a picture is printed, or written to a file, which is replaced", async () => {
  const file = join(work.path, "new/space.svg");
  const { code, stdout } = await cidr(["--svg"]);
  const written = await cidr(["--svg", "--out", file]);

  expect([code, readXml(stdout).documentElement?.tagName]).toEqual([0, "svg"]);
  expect(written).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(file, "utf8")).toBe(stdout);
  writeFileSync(file, "old");
  await cidr(["--svg", "--out", file]);
  expect(readFileSync(file, "utf8")).toBe(stdout);
});

test("a picture that cannot be written leaves nothing behind", async () => {
  const folder = join(work.path, "file/space.svg");
  writeFileSync(join(work.path, "file"), "");
  const { code, stdout, stderr } = await cidr(["--svg", "--out", folder]);

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(join(work.path, "file"));
  expect(existsSync(folder)).toBe(false);
});

test.each<[readonly string[], string]>([
  [["10.3.4.500"], '"10.3.4.500" is not an IP address or a range, such as 10.64.16.9, 10.64.0.0/16 or 2001:db8::/32'],
  [["--address", "here"], '"here" is not an IP address or a range, such as 10.64.16.9, 10.64.0.0/16 or 2001:db8::/32'],
  [["10.3.4.5", "10.3.4.6"], "one address can be searched at a time, but 2 are given"],
  [["edge.*", "10.128.0.1"], "an address is searched in all clusters. Remove edge.*"],
  [["10.3.4.5", "shop.*"], "an address is searched in all clusters. Remove shop.*"],
  [["10.3.4.5", "--free", "20"], "an address and --free cannot be combined. Remove one of them"],
  [["--free", "20", "--svg"], "--free and --svg cannot be combined. Remove one of them"],
  [["--svg", "--json"], "--svg and --json cannot be combined. Remove one of them"],
  [["--out", "space.svg"], "--out requires --svg"],
  [["--free", "15"], '--free must be the prefix length of a VPC, 16 to 24, but is "15"'],
  [["--free", "25"], '--free must be the prefix length of a VPC, 16 to 24, but is "25"'],
])("%j is refused", async (args, message) => {
  expect(await cidr(args)).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
});
