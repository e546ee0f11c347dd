import { join } from "node:path";
import type { Problem } from "../../language/problem";
import { descend, type MapTree, placeOf } from "../../language/yaml/tree";
import { type PinnedProgram, pinnedProgram } from "../programs/pinned-program";
import { ProgramError } from "../programs/program-error";
import { pinOf } from "../programs/program-pin";
import { chosenRelease } from "./chosen-layers";
import { Layers } from "./layers";

/** The layers that lie under a cluster, and the program that they belong to if it is another one. */
interface OfCluster {
  readonly layers: Layers;
  readonly program: PinnedProgram | undefined;
}

/**
 * Chooses the layers of clusters: those whose release names a version of the program get the defaults of that version. It reads them
 * as this program does, for checks of the whole fleet and for answers; their stacks come from the other program itself.
 */
export class LayersByProgram {
  private readonly found = new Map<string, OfCluster>();
  private readonly failed: Problem[] = [];

  constructor(readonly own: Layers) {}

  /** Returns the layers of the cluster with this file. */
  of(root: MapTree): OfCluster {
    const name = chosenRelease(root, this.own);
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const program = this.programOf(name);
    const same = [...this.found.values()].find((each) => each.program?.folder === program?.folder);
    const layers = program === undefined ? this.own : new Layers(this.own.files.readBy(program.definitions));
    const found = same ?? { layers, program };
    this.found.set(name, found);
    return found;
  }

  /** Problems of the layers, without mistakes in the defaults of other programs, which nobody can correct. */
  problems(): Problem[] {
    const others = [...this.found.values()].filter(({ program }) => program !== undefined);
    const ofOthers = others.flatMap(({ layers, program }) =>
      layers.problems.filter(({ place }) => !place?.file.startsWith(join(program?.definitions ?? "", "/"))),
    );
    return [...this.own.problems, ...new Set(ofOthers), ...this.failed];
  }

  private programOf(release: string): PinnedProgram | undefined {
    const { own, root } = this.own.release(release);
    if (own?.program === undefined) return undefined;
    try {
      return pinnedProgram(pinOf(own.program));
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      const place = root === undefined ? null : placeOf(descend(root, ["program"]).tree);
      this.failed.push({ rule: "release-program", severity: "error", place, path: "program", message: error.message });
      return undefined;
    }
  }
}
