import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KnownBases } from "../../../operations/changes/known-bases";
import { type BaseRequest, type BaseTexts, loadBase, textsOfBase } from "../../../operations/changes/load-base";
import { startLoadingBase } from "../../../operations/changes/start-loading-base";
import { SMALLEST, TODAY, withDefinitions } from "../../support/definitions";
import { scratch } from "../../support/run-program";

const work = scratch();
const { FLEET_CACHE_DIR } = process.env;
const global = globalThis as { LOADING_CODE?: string; SYNTHESIS_CODE?: string };
const FILE = "clusters/a.example.com.yaml";

beforeEach(() => {
  rmSync(work.path, { recursive: true, force: true });
  process.env["FLEET_CACHE_DIR"] = work.path;
  Object.assign(global, { LOADING_CODE: "code under test", SYNTHESIS_CODE: "code under test" });
});
afterAll(() => {
  if (FLEET_CACHE_DIR === undefined) delete process.env["FLEET_CACHE_DIR"];
  else process.env["FLEET_CACHE_DIR"] = FLEET_CACHE_DIR;
  delete global.LOADING_CODE;
  delete global.SYNTHESIS_CODE;
  work.remove();
});

const requestFor = (directory: string): BaseRequest => ({
  base: { directory, shipped: "definitions" },
  names: undefined,
  today: TODAY,
});
const textsOf = ({ base, names, today }: BaseRequest): BaseTexts => textsOfBase(loadBase(base, names, today));
const bases = (): KnownBases => KnownBases.of(process.env) as KnownBases;

/** Calls back with a base that was loaded once. */
function withKnownBase<T>(use: (request: BaseRequest, directory: string) => T): T {
  return withDefinitions({ [FILE]: SMALLEST }, (directory) => {
    const request = requestFor(directory);
    bases().write(request, textsOf(request));
    return use(request, directory);
  });
}

test("a base that was loaded is known, without the texts of its clusters", () => {
  withKnownBase((request) => {
    const [{ text: _, ...cluster } = {}] = textsOf(request).clusters;

    expect(bases().read(request)).toEqual({ clusters: [cluster], refused: undefined, hasPrograms: false });
  });
});

test.each<[string, (request: BaseRequest, directory: string) => BaseRequest]>([
  ["on another day", (request) => ({ ...request, today: "2026-08-18" })],
  ["of other clusters", (request) => ({ ...request, names: ["a.example.com"] })],
  [
    "in another folder",
    (request) => ({ ...request, base: { ...request.base, directory: `${request.base.directory}/.` } }),
  ],
  ["with other definitions", (request, directory) => edited(request, join(directory, FILE))],
  ["with other layers", (request, directory) => edited(request, join(directory, "channels.yaml"))],
  ["with another file", (request, directory) => edited(request, join(directory, "clusters/b.example.com.yaml"))],
  [
    "of other code",
    (request) => {
      global.LOADING_CODE = "other code";
      return request;
    },
  ],
  [
    "without a store",
    (request) => {
      delete global.SYNTHESIS_CODE;
      return request;
    },
  ],
])("a base is not known %s", (_, changed) => {
  withKnownBase((request, directory) => {
    const other = changed(request, directory);

    expect(KnownBases.of(process.env)?.read(other)).toBeUndefined();
  });
});

function edited(request: BaseRequest, file: string): BaseRequest {
  appendFileSync(file, "# edited\n");
  return request;
}

test("a base with definitions that are refused, or with the program of a release, is loaded each time", () => {
  withDefinitions({ [FILE]: SMALLEST }, (directory) => {
    const request = requestFor(directory);
    const texts = textsOf(request);
    bases().write(request, { ...texts, hasPrograms: true });
    bases().write(request, { ...texts, refused: { clusters: ["b.example.com"], messages: [] } });

    expect(bases().read(request)).toBeUndefined();
  });
});

test("a damaged file is not read", () => {
  withKnownBase((request) => {
    const [file = ""] = readdirSync(work.path, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.includes("base-"),
    );
    const path = join(work.path, file);
    writeFileSync(path, readFileSync(path, "utf8").replace("a.example.com", "b.example.com"));

    expect(bases().read(request)).toBeUndefined();
  });
});

test("a comparison loads a base that is known only if it needs the texts of clusters", async () => {
  const [known, loaded] = withKnownBase((request) => [
    startLoadingBase(request).loaded(() => true),
    startLoadingBase(request).loaded(() => false),
  ]);

  expect((await known)?.clusters.map(({ text }) => typeof text)).toEqual(["undefined"]);
  expect((await loaded)?.clusters.map(({ text }) => typeof text)).toEqual(["string"]);
});
