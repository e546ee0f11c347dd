import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadBase, textsOfBase } from "../../../operations/changes/load-base";
import { startLoadingBase } from "../../../operations/changes/start-loading-base";
import { TODAY } from "../../support/definitions";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

const SAMPLE = { base: { directory: SAMPLE_FLEET, shipped: "definitions" }, names: undefined, today: TODAY };
const textsHere = ({ base, names, today }: typeof SAMPLE) => textsOfBase(loadBase(base, names, today));

test("another process loads the same clusters of a base", async () => {
  const loading = startLoadingBase(SAMPLE, 1);

  expect(await loading.loaded()).toEqual(textsHere(SAMPLE));
  loading.stop();
});

test("another process reports the same refused definitions", async () => {
  mkdirSync(join(work.path, "clusters"));
  writeFileSync(join(work.path, "clusters/a.example.com.yaml"), "meta: [");
  const broken = { ...SAMPLE, base: { ...SAMPLE.base, directory: work.path } };
  const loading = startLoadingBase(broken, 1);
  const texts = await loading.loaded();
  loading.stop();

  expect([texts.clusters, texts.refused?.clusters]).toEqual([[], ["a.example.com"]]);
  expect(texts).toEqual(textsHere(broken));
});

test("this process loads the base if the other one ends before it answers", async () => {
  const loading = startLoadingBase(SAMPLE, 1);
  loading.stop();

  expect((await loading.loaded()).clusters.length).toBeGreaterThan(1);
});
