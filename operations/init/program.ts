/** Facts about the program in the files of a new repository. */
export interface Program {
  readonly name: string;
  readonly version: string;
  /** The dependency in package.json: the version, or the address of the installed package file. */
  readonly spec: string;
  /** Version of cdktf-cli that belongs to the program. */
  readonly cdktfCli: string;
  /** The command that installs the packages of package.json. */
  readonly install: string;
  /** The least version of Node, as in `engines`. */
  readonly node: string;
  /** Text of each tier by its name. */
  readonly tiers: ReadonlyMap<string, string>;
  /** Channel -> release. */
  readonly channels: Readonly<Record<string, string>>;
  /** Range of Services by default, which no network may overlap. */
  readonly serviceRange: string;
}

/** The repository that is begun. */
export interface Repository {
  /** Name of its folder. */
  readonly folder: string;
  /** Name of its first account and cluster; undefined if there is none. */
  readonly account: string | undefined;
  readonly cluster: string | undefined;
}
