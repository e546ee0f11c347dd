import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { programFolder } from "../../language/program-folder";
import { KnownBases } from "./known-bases";
import { type BaseRequest, type BaseTexts, clusterNames, loadBase, textsOfBase } from "./load-base";

/** Fewer clusters than this are loaded sooner by this process than another starts. */
const WORTH_A_PROCESS = 50;

/** A base that an earlier run loaded, that another process loads, or that this one loads when it is needed. */
export interface LoadingBase {
  /**
   * Returns the base's clusters.
   *
   * @param suffices false if the clusters' texts are needed, which what an earlier run loaded does not contain
   */
  loaded(suffices?: (known: BaseTexts) => boolean): Promise<BaseTexts>;
  /** Ends the other process. */
  stop(): void;
}

/**
 * Starts to load a base's definitions in another process, if they are many.
 *
 * @param worthAProcess number of clusters from which on another process loads them
 */
export function startLoadingBase(request: BaseRequest, worthAProcess = WORTH_A_PROCESS): LoadingBase {
  const bases = KnownBases.of(process.env);
  const keeping = (texts: BaseTexts): BaseTexts => {
    bases?.write(request, texts);
    return texts;
  };
  const here = (): BaseTexts => keeping(textsOfBase(loadBase(request.base, request.names, request.today)));
  const known = bases?.read(request);
  if (known !== undefined)
    return { loaded: async (suffices = () => true) => (suffices(known) ? known : here()), stop: () => {} };
  const count = request.names?.length ?? clusterNames(request.base).length;
  if (count < worthAProcess || availableParallelism() < 2) return { loaded: async () => here(), stop: () => {} };

  const child = fork(join(programFolder(), "launch.mjs"), ["operations/changes/base-process.ts"], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const stop = (): void => void child.kill("SIGKILL");
  process.on("exit", stop);
  const answer = new Promise<BaseTexts | undefined>((resolve) => {
    child.on("message", (texts: BaseTexts) => resolve(keeping(texts)));
    child.on("error", () => resolve(undefined));
    child.on("exit", () => resolve(undefined));
  });
  child.send(request, () => {}); // if it has ended, its exit is noticed
  return {
    // Whatever stops the other process stops this one too, which reports the error.
    loaded: async () => (await answer) ?? here(),
    stop: () => {
      process.off("exit", stop);
      stop();
    },
  };
}
