import { elementsOf, readXml } from "../support/drawings/xml";
import { runFleet, runFleetProcess } from "../support/run-fleet";

/** Other tests run commands in their own process, which costs a tenth. */
test.each([
  "capacity render.eks.example.com --today 2026-11-30",
  "cidr --address 10.128.0.1",
  "explain staging.dev.example.com workers[general].max_size",
  "guard --rules",
  "upgrade edge.acme.example.net --to 1.35 --today 2026-11-30",
  "versions 2026.12 --json --today 2026-11-30",
])("fleet %s prints the same in a process of its own", async (line) => {
  const inProcess = await runFleet(line.split(" "));

  expect(inProcess.stdout).not.toBe("");
  expect(await runFleetProcess(line.split(" "))).toEqual(inProcess);
});

test("fleet graph draws a picture with a name for each stack", async () => {
  const { code, stdout, stderr } = await runFleetProcess(["graph", "staging.*", "--format", "svg"]);

  expect([code, stderr]).toEqual([0, ""]);
  expect(elementsOf(readXml(stdout), "title").map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining(["staging-dev-example-com-networking", "staging-dev-example-com-addons"]),
  );
});
