import type { Section } from "../../draft";
import type { Config } from "../config";
import type { Translation } from "../translation";

/** A group of nodes that is being translated. */
export interface GroupTranslation extends Translation {
  readonly group: Config;
  readonly item: Section;
  readonly managed: boolean;
}
